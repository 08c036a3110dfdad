// Signed acts and counter reports with their dispatch state.
import type { OutboxItem, OutboxStore } from '../../ports/outbox-store.ts';
import type { Connection } from './open-store.ts';

interface Row {
  id: string;
  application_id: string;
  kind: OutboxItem['kind'];
  state: OutboxItem['state'];
  body: Buffer;
  sha256: string;
  cms: Buffer | null;
  created_at: string;
  state_at: string;
  attempts: number;
  maybe_seen: number;
  next_try_at: string | null;
  last_answer: string | null;
  accepted_at: string | null;
}

const itemOf = (row: Row): OutboxItem => ({
  id: row.id,
  applicationId: row.application_id,
  kind: row.kind,
  state: row.state,
  body: row.body,
  sha256: row.sha256,
  cms: row.cms,
  createdAt: row.created_at,
  stateAt: row.state_at,
  attempts: row.attempts,
  maybeSeen: row.maybe_seen === 1,
  nextTryAt: row.next_try_at,
  lastAnswer:
    row.last_answer === null ? null : (JSON.parse(row.last_answer) as OutboxItem['lastAnswer']),
  acceptedAt: row.accepted_at,
});

export function sqliteOutbox(db: Connection): OutboxStore {
  const one = db.prepare<[string], Row>('SELECT * FROM outbox WHERE id = ?');
  const write = db.prepare(`
    INSERT INTO outbox (id, application_id, kind, state, body, sha256, cms, created_at, state_at,
                        attempts, maybe_seen, next_try_at, last_answer, accepted_at)
    VALUES (@id, @application_id, @kind, @state, @body, @sha256, @cms, @created_at, @state_at,
            @attempts, @maybe_seen, @next_try_at, @last_answer, @accepted_at)
    ON CONFLICT (id) DO UPDATE SET
      state = excluded.state, cms = excluded.cms, state_at = excluded.state_at,
      attempts = excluded.attempts, maybe_seen = excluded.maybe_seen, next_try_at = excluded.next_try_at,
      last_answer = excluded.last_answer, accepted_at = excluded.accepted_at`);
  const due = db.prepare<[string], Row>(
    `SELECT * FROM outbox WHERE state = 'queued' AND (next_try_at IS NULL OR next_try_at <= ?) ORDER BY n`,
  );
  const open = db.prepare<[], Row>(
    `SELECT * FROM outbox WHERE state IN ('intended', 'queued', 'sending', 'refused') ORDER BY n`,
  );
  const accepted = db.prepare<[string, number], Row>(
    `SELECT * FROM outbox WHERE state = 'accepted' AND accepted_at >= ? ORDER BY accepted_at DESC LIMIT ?`,
  );
  const acceptedCount = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM outbox WHERE state = 'accepted' AND accepted_at >= ?`,
  );
  const counts = db.prepare<[], { waiting: number | null; refused: number | null }>(
    `SELECT sum(state IN ('queued', 'sending')) AS waiting, sum(state = 'refused') AS refused FROM outbox`,
  );
  const put = (item: OutboxItem): void => {
    write.run({
      id: item.id,
      application_id: item.applicationId,
      kind: item.kind,
      state: item.state,
      body: Buffer.from(item.body),
      sha256: item.sha256,
      cms: item.cms === null ? null : Buffer.from(item.cms),
      created_at: item.createdAt,
      state_at: item.stateAt,
      attempts: item.attempts,
      maybe_seen: item.maybeSeen ? 1 : 0,
      next_try_at: item.nextTryAt,
      last_answer: item.lastAnswer === null ? null : JSON.stringify(item.lastAnswer),
      accepted_at: item.acceptedAt,
    });
  };
  const find = (id: string): OutboxItem | null => {
    const row = one.get(id);
    return row === undefined ? null : itemOf(row);
  };
  return {
    find,
    add: put,
    update(id, change) {
      const item = find(id);
      if (item === null) throw new Error('outbox item to be changed is not there');
      put({ ...item, ...change });
    },
    due: (now) => due.all(now).map(itemOf),
    open: () => open.all().map(itemOf),
    acceptedSince: (at, limit) => accepted.all(at, limit).map(itemOf),
    acceptedCountSince: (at) => acceptedCount.get(at)?.n ?? 0,
    counts() {
      const row = counts.get();
      return { waiting: row?.waiting ?? 0, refused: row?.refused ?? 0 };
    },
  };
}
