// Queue pages and search at 50,000 cached applications, search against LIKE '%x%' on the same file.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { argonKeyVault } from '../../src/main/adapters/system/key-vault.ts';
import { saveCase } from '../../src/main/app/case-record.ts';
import type { OpenDesk } from '../../src/main/app/desk.ts';
import { fold } from '../../src/shared/kernel/fold.ts';
import {
  QUEUE,
  SQLITE_BINDING,
  type Workstation,
  type WorkstationStand,
} from '../support/workstation.ts';
import { percentile, spread, timed, type Figure } from './measure.ts';

const WANTED = 50_000;
const RUNS = 200;

/** Fills the cache with copies of these under other ids and tickets, through the program's own write path. */
export async function fillCache(desk: Workstation, ids: readonly string[]): Promise<number> {
  const open = desk.core.desk as OpenDesk;
  const { store } = open.session;
  const models = ids.flatMap((id) => store.cases.find(id) ?? []);
  let have = (await desk.get('queue.counts', {})).all;
  while (have < WANTED) {
    store.transaction(() => {
      for (let i = 0; i < 500 && have < WANTED; i++, have++) {
        const model = models[have % models.length]!;
        const applicationId = randomUUID();
        const registeredAt = new Date(Date.parse(model.dossier.registeredAt) - have * 1000);
        saveCase(open, {
          ...model,
          applicationId,
          head: { ...model.head, applicationId },
          dossier: {
            ...model.dossier,
            applicationId,
            ticket: `B-${have}`,
            registeredAt: registeredAt.toISOString(),
          },
        });
      }
    });
  }
  return have;
}

export async function benchQueue(stand: WorkstationStand, desk: Workstation): Promise<Figure[]> {
  const all = await desk.get('queue.page', { ...QUEUE, view: 'all', limit: 500 });
  const size = await fillCache(
    desk,
    all.rows.map(({ applicationId }) => applicationId),
  );
  const pages: number[] = [];
  let after: string | null = null;
  for (let i = 0; i < RUNS; i++) {
    const { took, value } = await timed(() =>
      desk.get('queue.page', { ...QUEUE, view: 'pending', after, limit: 50 }),
    );
    pages.push(took);
    after = value.next;
  }

  const { rows } = await desk.get('queue.page', { ...QUEUE, view: 'all', limit: 200 });
  const words = rows.flatMap(({ name, ticket }) => [name.split(' ')[0]!.slice(0, 6), ticket]);
  const searches: number[] = [];
  const likes: number[] = [];
  const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
  const vault = argonKeyVault(desk.userDir, null);
  const owner = { iin: officer.iin, bin: officer.department.bin };
  const unsealed = await vault.unseal(owner, stand.pin);
  if (!unsealed.ok) throw new Error('no cache key');
  const db = new Database(path.join(desk.userDir, 'cache', unsealed.profile.cacheFile), {
    nativeBinding: SQLITE_BINDING,
    readonly: true,
  });
  db.pragma("cipher = 'chacha20'");
  db.key(Buffer.from(`raw:${Buffer.from(unsealed.key).toString('hex')}`));
  db.pragma('cache_size = -65536');
  db.pragma('temp_store = MEMORY');
  db.exec('CREATE TEMP TABLE plain AS SELECT rowid AS id, text FROM search');
  const like = db.prepare(
    `SELECT a.application_id, a.name FROM plain p JOIN application a ON a.id = p.id
     WHERE p.text LIKE ? ORDER BY a.due_at LIMIT 50`,
  );
  for (let i = 0; i < RUNS; i++) {
    const word = words[i % words.length]!;
    searches.push(
      (
        await timed(() =>
          desk.get('queue.page', { ...QUEUE, view: 'all', search: word, limit: 50 }),
        )
      ).took,
    );
    likes.push((await timed(() => like.all(`%${fold(word)}%`))).took);
  }
  db.close();
  const faster = percentile(likes, 0.95) / percentile(searches, 0.95);
  return [
    {
      what: `queue page of 50 at ${size.toLocaleString('en')} cached`,
      ours: spread(pages),
      beside: '—',
      note: `${RUNS} pages one after another by keyset, whole answer with rows, total, flags`,
    },
    {
      what: `search at ${size.toLocaleString('en')} cached`,
      ours: spread(searches),
      beside: `${spread(likes)} LIKE '%x%'`,
      note: `${RUNS} names and tickets; ours answers a whole page with its total, LIKE two columns (×${faster.toFixed(1)} at p95)`,
    },
  ];
}
