// What is half done on a case: one row each, replaced as the officer works.
import { caseDraft } from '../../../shared/contract/draft.ts';
import type { DraftStore } from '../../ports/draft-store.ts';
import type { Connection } from './open-store.ts';

export function sqliteDrafts(db: Connection): DraftStore {
  const one = db.prepare<[string], { body: string }>(
    'SELECT body FROM draft WHERE application_id = ?',
  );
  const write = db.prepare(`
    INSERT INTO draft (application_id, body, saved_at) VALUES (?, ?, ?)
    ON CONFLICT (application_id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`);
  const drop = db.prepare('DELETE FROM draft WHERE application_id = ?');
  const all = db.prepare<[], { application_id: string }>('SELECT application_id FROM draft');
  return {
    find(applicationId) {
      const row = one.get(applicationId);
      if (row === undefined) return null;
      // One of another program version that is not understood is no draft: the case is worked on anew.
      const read = caseDraft.safeParse(JSON.parse(row.body));
      return read.success ? read.data : null;
    },
    save: (applicationId, draft, at) => void write.run(applicationId, JSON.stringify(draft), at),
    drop: (applicationId) => void drop.run(applicationId),
    ids: () => all.all().map(({ application_id }) => application_id),
  };
}
