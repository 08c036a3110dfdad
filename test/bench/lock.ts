// The lock at 50,000 cached applications: how soon the cache is closed, and how soon the PIN opens it again.
import { QUEUE, until, type Workstation, type WorkstationStand } from '../support/workstation.ts';
import { spread, timed, type Figure } from './measure.ts';
import { fillCache } from './queue.ts';

const RUNS = 20;

export async function benchLock(stand: WorkstationStand, desk: Workstation): Promise<Figure[]> {
  const { rows } = await desk.get('queue.page', { ...QUEUE, view: 'all', limit: 500 });
  const size = await fillCache(
    desk,
    rows.map(({ applicationId }) => applicationId),
  );
  const closed: number[] = [];
  const opened: number[] = [];
  const pages: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const began = performance.now();
    await desk.get('session.lock', {});
    await until(() => desk.core.desk.asleep, 'the closed cache', 60_000);
    closed.push(performance.now() - began);
    opened.push((await timed(() => desk.get('session.unlock', { pin: stand.pin }))).took);
    pages.push((await timed(() => desk.get('queue.page', QUEUE))).took);
  }
  const at = `at ${size.toLocaleString('en')} cached`;
  return [
    {
      what: `cache closed after the lock, ${at}`,
      ours: spread(closed),
      beside: '—',
      note: `${RUNS} locks of a calm desk with an empty outbox; looked at each 25 ms`,
    },
    {
      what: `unlocked after the PIN, ${at}`,
      ours: spread(opened),
      beside: `${spread(pages)} first queue page of 100`,
      note: `PIN proved by a signature, node’s session, Argon2id, cache opened; SoftHSM, PIN scheme`,
    },
  ];
}
