// Signs a prepared batch: one PIN, one log-in, then T2 item by item; anything doubtful ends the run, not an item.
import type { BatchDto, BatchItem, BatchRun } from '../../shared/contract/batch.ts';
import type { RefusalOf, RequestOf } from '../../shared/contract/channels.ts';
import { no, ok, type No, type Result } from '../../shared/kernel/result.ts';
import { batchOf, readBatch, type Batch } from './batch-desk.ts';
import { journal, type OpenDesk } from './desk.ts';
import { askedSigningFault } from './key-standing.ts';
import { reference } from './log-in.ts';
import { notePin, pinFacts } from './pin-facts.ts';
import { asSignature, signOnce } from './sign-act.ts';
import { makeCades, makeCadesHeld } from './sign-bytes.ts';
import { tokenRefusal } from './token-refusal.ts';

/** The screen is told at most this often. */
const TELL_MS = 100;

/** Only these are the item's own; every other refusal is of token, key or program and ends the run. */
const OF_THE_ITEM: ReadonlySet<string> = new Set([
  'intent-gone',
  'case-changed',
  'not-in-cache',
  'wrong-stage',
  'not-held',
  'lease-expired',
  'challenge-expired',
  'action-disabled',
  'picture-missing',
  'signature-not-made',
]);

type Make = Parameters<typeof signOnce>[2];
type Refusal = RefusalOf<'batch.sign'>;

/**
 * Answers once the PIN was taken (or refused: nothing is signed then); the rest follows by push.
 * A PIN-always token signs the first of the items with this PIN, and no other.
 */
export async function signBatch(
  desk: OpenDesk,
  { intentIds, pin }: RequestOf<'batch.sign'>,
): Promise<Result<BatchDto, Refusal>> {
  const batch = batchOf(desk);
  if (batch.run?.running) return no('batch-running');
  const wanted = new Set(intentIds);
  const items = batch.items.filter(
    ({ intentId, state }) => intentId !== null && wanted.has(intentId) && state !== 'signed',
  );
  if (items.length < wanted.size) return no('intent-gone');
  const { session, run: before } = batch;
  const run: BatchRun = {
    running: true,
    done: 0,
    all: items.length,
    secondsLeft: null,
    stopping: false,
    ended: null,
    params: {},
  };
  batch.run = run;
  // Before the PIN: a key that may sign nothing costs no try. The run stands already, so that no second one begins.
  const fault = await askedSigningFault(desk);
  if (desk.session !== session) return no('signed-out');
  if (fault !== null) {
    batch.run = before;
    return no('key-unusable', { reason: fault });
  }
  if (run.stopping) {
    batch.run = { ...run, running: false, ended: 'stopped' };
    return ok(readBatch(desk));
  }
  for (const item of items) Object.assign(item, { state: 'waiting', code: null, params: {} });
  if (pinFacts(desk).pinAlways) {
    const one = items.slice(0, 1);
    await inBackground(desk, batch, one, (bytes) => makeCades(desk, session.key, bytes, pin));
    return run.ended === null ? ok(readBatch(desk)) : no(run.ended as Refusal, run.params);
  }
  const held = await desk.deps.token.hold({ ...reference(session.key), pin });
  if (held.ok) notePin(desk, held);
  const left = desk.session !== session;
  // Said only now that each signature wants its PIN: this one is proved and not kept, the officer is asked.
  if (!held.ok || held.pinAlways || left) {
    batch.run = null;
    if (held.ok) await desk.deps.token.release();
    if (left) return no('signed-out');
    if (held.ok) return ok(readBatch(desk));
    notSigned(desk, items.length, held.refusal.code);
    return tokenRefusal(held.refusal);
  }
  void inBackground(desk, batch, items, (bytes) => makeCadesHeld(desk, session.key, bytes));
  return ok(readBatch(desk));
}

const notSigned = (desk: OpenDesk, batch: number, code: string): void =>
  desk.session.store.transaction(() => journal(desk, 'act-not-signed', null, { batch, code }));

/** Runs as a signature in progress, so that log-out waits for it; whatever happens, it ends told. */
async function inBackground(
  desk: OpenDesk,
  batch: Batch,
  items: readonly BatchItem[],
  make: Make,
): Promise<void> {
  const run = batch.run!;
  const watch = watchTokens(desk, batch.session.key.serial, run);
  try {
    await asSignature(desk, 'batch', () => runItems(desk, batch, items, make));
  } catch (error) {
    run.ended = 'incident';
    const number = desk.deps.clock.uuid().slice(0, 8);
    run.params = { number };
    desk.deps.log('batch-failed', { number, kind: error instanceof Error ? error.name : '?' });
  } finally {
    watch();
    await desk.deps.token.release();
    run.running = false;
    run.secondsLeft = null;
    for (const item of items) if (item.state === 'signing') item.state = 'waiting';
    tell(desk, batch, items);
    if (batch.session === desk.session) desk.wake();
  }
}

/** The certificate is pinned by the key itself; another token beside it is the officer's doubt, so it ends. */
function watchTokens(desk: OpenDesk, serial: string, run: BatchRun): () => void {
  return desk.deps.token.onPresence((event) => {
    if (event.type === 'inserted' && event.token.serial !== serial) run.ended ??= 'other-token';
    if (event.type === 'removed' && event.token.serial === serial) run.ended ??= 'token-removed';
  });
}

async function runItems(
  desk: OpenDesk,
  batch: Batch,
  items: readonly BatchItem[],
  make: Make,
): Promise<void> {
  const run = batch.run!;
  const { clock } = desk.deps;
  const began = clock.now().getTime();
  let toldAt = 0;
  let changed: BatchItem[] = [];
  const tellSoon = (item: BatchItem): void => {
    changed.push(item);
    const now = clock.now().getTime();
    if (now - toldAt < TELL_MS) return;
    toldAt = now;
    tell(desk, batch, [...new Set(changed)]);
    changed = [];
  };
  for (const item of items) {
    await clock.breathe(); // a cancel, a lock or a removed token is heard between two items
    if (!mayGoOn(desk, batch, run)) return;
    item.state = 'signing';
    tellSoon(item);
    const refused = await signItem(desk, item, make);
    if (refused !== null && !OF_THE_ITEM.has(refused.code)) {
      item.state = 'waiting';
      run.ended ??= refused.code;
      run.params = { ...refused.params };
      return;
    }
    item.state = refused === null ? 'signed' : 'not-signed';
    item.code = refused?.code ?? null;
    item.params = { ...refused?.params };
    run.done += 1;
    const each = (clock.now().getTime() - began) / run.done;
    run.secondsLeft = Math.ceil((each * (run.all - run.done)) / 1000);
    tellSoon(item);
  }
}

function mayGoOn(desk: OpenDesk, batch: Batch, run: BatchRun): boolean {
  if (run.ended !== null) return false;
  if (run.stopping) run.ended = 'stopped';
  if (desk.session !== batch.session || batch.session.locked !== null) run.ended = 'locked';
  return run.ended === null;
}

/** One item; `signOnce` sees that the case is still what the statement says. null = signed and kept. */
async function signItem(
  desk: OpenDesk,
  { intentId }: BatchItem,
  make: Make,
): Promise<No<string>['refusal'] | null> {
  const signed = await asSignature(desk, intentId!, () => signOnce(desk, intentId!, make));
  if (signed === null) return { code: 'intent-gone' };
  return signed.ok ? null : signed.refusal;
}

/** One word for many items: the rest of the screens need not hear of each. */
function tell(desk: OpenDesk, batch: Batch, items: readonly BatchItem[]): void {
  const run = { ...batch.run! };
  desk.deps.push({ topic: 'batch', run, items: items.map((item) => ({ ...item })) });
  desk.deps.push({ topic: 'cases', ids: items.map(({ applicationId }) => applicationId) });
  desk.deps.push({ topic: 'outbox' });
}
