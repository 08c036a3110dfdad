// The officer says yes to a new version: refused while work is in hand, then the verified copy goes to the installer.
import type { RefusalOf } from '../../shared/contract/channels.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { handOverBar } from '../domain/issue-lease.ts';
import { batchOf } from './batch-desk.ts';
import { journal, type Desk, type OpenDesk } from './desk.ts';
import { readClock } from './lease-clock.ts';

type Refused = RefusalOf<'updates.install'>;

/** A card left on the counter longer than this is not being handed over any more. */
const AT_COUNTER_MS = 15 * 60_000;

/**
 * Asked anew after the copy is made, for it takes a second. Nothing is lost by closing even then: what is signed
 * stands in the cache; but nobody is to sit before a closed window with a citizen at the counter.
 */
export async function installUpdate(desk: Desk): Promise<Result<Record<string, never>, Refused>> {
  const before = inHand(desk);
  if (before !== null) return no(before);
  const { updates, installer } = desk.deps;
  const staged = updates.state().install === 'command' ? await updates.stage() : null;
  if (staged === null) return no('update-not-ready');
  if (!staged.ok) return no(staged.code);
  const meanwhile = inHand(desk);
  if (meanwhile !== null) return no(meanwhile);
  updates.begun(staged.version);
  if (!(await installer.run(staged.staged))) {
    updates.begun(null);
    return no('update-not-run');
  }
  if (isOpen(desk)) journal(desk, 'update-begun', null, { version: staged.version });
  return ok({});
}

const isOpen = (desk: Desk): desk is OpenDesk => desk.session !== null;

/** What is on its way to be signed or sent; what waits for other officers' next log-in is not in hand. */
function inHand(desk: Desk): Refused | null {
  const asleep = desk.asleep?.locked ?? 'update-required';
  if (asleep !== 'update-required') return 'locked';
  if (!isOpen(desk)) return null;
  const { store, locked } = desk.session;
  // The lock of the hard date is opened by nobody: there the update is the way on.
  if (locked !== null && locked !== 'update-required') return 'locked';
  if (batchOf(desk).run?.running === true) return 'update-batch';
  if (store.outbox.open().some(({ state }) => state !== 'refused')) return 'update-act';
  return cardOnCounter(desk) ? 'update-hand-over' : null;
}

function cardOnCounter(desk: OpenDesk): boolean {
  const { store } = desk.session;
  const clock = store.transaction(() => readClock(desk));
  const now = desk.deps.clock.now().getTime();
  return store.cases.counterClaims().some(({ applicationId }) => {
    const lease = store.cases.find(applicationId)?.state.lease ?? null;
    if (lease === null || handOverBar(lease, clock) === 'claim-over') return false;
    const last = store.cases.facts(applicationId).at(-1);
    return last !== undefined && now - Date.parse(last.at) < AT_COUNTER_MS;
  });
}
