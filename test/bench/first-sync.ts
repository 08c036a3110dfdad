// First sync of the bench region against PouchDB replicating the same documents.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import PouchDB from 'pouchdb';
import {
  logInAs,
  startWorkstation,
  until,
  type Workstation,
  type WorkstationStand,
} from '../support/workstation.ts';
import { ms, timed, type Figure } from './measure.ts';

export interface Synced {
  readonly desk: Workstation;
  readonly figures: Figure[];
}

export async function benchFirstSync(stand: WorkstationStand): Promise<Synced> {
  const desk = await startWorkstation(stand, {
    times: { newsWaitMs: 20_000, retryMs: 1000, tickMs: 1000, takeBackMs: 3_600_000 },
  });
  const ours = await timed(async () => {
    const entered = await logInAs(desk, stand, 'reviewer-almaty');
    if (!entered.ok) throw new Error(entered.refusal.code);
    await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'sync', 600_000);
  });
  const { all } = await desk.get('queue.counts', {});
  const bytes = desk.core.desk.deps.node.bytesReceived();

  // The other side gets the same documents without a network between: two LevelDB files.
  const { store } = desk.core.desk.session!;
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-pouch-'));
  const source = new PouchDB(path.join(dir, 'source'));
  const target = new PouchDB(path.join(dir, 'target'));
  const rows = store.cases.page(
    {
      view: 'all',
      sort: 'filed',
      descending: false,
      search: '',
      held: 'any',
      findings: 'any',
      after: null,
      limit: all,
    },
    new Date().toISOString(),
  ).rows;
  for (let start = 0; start < rows.length; start += 500) {
    const docs = rows.slice(start, start + 500).flatMap(({ applicationId }) => {
      const stored = store.cases.find(applicationId);
      return stored ? [{ _id: applicationId, head: stored.head, dossier: stored.dossier }] : [];
    });
    await source.bulkDocs(docs);
  }
  const theirs = await timed(() => source.replicate.to(target, { batch_size: 500 }));
  await Promise.all([source.destroy(), target.destroy()]);
  fs.rmSync(dir, { recursive: true, force: true });
  return {
    desk,
    figures: [
      {
        what: `first sync of ${all.toLocaleString('en')} applications`,
        ours: `${ms(ours.took)} (${Math.round(all / (ours.took / 1000))} a second, ${(bytes / 1e6).toFixed(1)} MB)`,
        beside: `${ms(theirs.took)} PouchDB 9 replicate`,
        note: 'ours: log-in, HTTPS, parsed, hashed, rules computed, searchable, encrypted, durable; PouchDB: LevelDB to LevelDB in one process, no network',
      },
    ],
  };
}
