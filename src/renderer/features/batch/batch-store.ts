// The batch as the core told it, what the officer ticked, and the deeds of the screen. Never the PIN.
import { create } from 'zustand';
import type { IntentDto } from '../../../shared/contract/act.ts';
import type { BatchDto, BatchItem } from '../../../shared/contract/batch.ts';
import { call, onPush, type AnyRefusal, type Push, type ResultOf } from '../../shared/bridge.ts';
import { useTold } from '../../shared/state/session.ts';

interface State {
  readonly batch: BatchDto | null;
  /** Cases chosen before the statements are written. */
  readonly ticked: ReadonlySet<string>;
  /** Prepared items the officer leaves out of the signature. */
  readonly leftOut: ReadonlySet<string>;
  /** Statement that is open, by its intent. */
  readonly shown: IntentDto | null;
  readonly busy: boolean;
  readonly refusal: AnyRefusal | null;
}

export const useBatch = create<State>(() => ({
  batch: null,
  ticked: new Set(),
  leftOut: new Set(),
  shown: null,
  busy: false,
  refusal: null,
}));
const set = useBatch.setState;
const get = useBatch.getState;

export type BatchStage = 'choose' | 'sign' | 'run' | 'ended';

/** Where the work stands follows from what the core says alone. */
export function stageOf({ items, run }: BatchDto): BatchStage {
  if (items.length === 0) return 'choose';
  if (run?.running === true) return 'run';
  return run === null ? 'sign' : 'ended';
}

/** Items the next PIN would sign, in their order. */
export const toSign = ({ items }: BatchDto, leftOut: ReadonlySet<string>): BatchItem[] =>
  items.filter(
    ({ state, intentId }) => state === 'waiting' && intentId !== null && !leftOut.has(intentId),
  );

function take(answer: ResultOf<'batch.read' | 'batch.prepare' | 'batch.sign'>): void {
  set({ busy: false });
  if (!answer.ok) return set({ refusal: answer.refusal });
  const known = new Set(answer.value.ready.map(({ applicationId }) => applicationId));
  set((now) => ({
    batch: answer.value,
    ticked: new Set([...now.ticked].filter((id) => known.has(id))),
  }));
}

export const readBatch = async (): Promise<void> => take(await call('batch.read', {}));

export const tick = (id: string): void => set(({ ticked }) => ({ ticked: toggled(ticked, id) }));
export const leaveOut = (id: string): void =>
  set(({ leftOut }) => ({ leftOut: toggled(leftOut, id) }));

const toggled = (among: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(among);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** All, or none when all are. */
export function tickAll(): void {
  const ids = get().batch?.ready.map(({ applicationId }) => applicationId) ?? [];
  set({ ticked: new Set(get().ticked.size === ids.length ? [] : ids) });
}

export async function prepare(): Promise<void> {
  const applicationIds = (get().batch?.ready ?? [])
    .map(({ applicationId }) => applicationId)
    .filter((id) => get().ticked.has(id));
  if (applicationIds.length === 0 || get().busy) return;
  set({ busy: true, refusal: null, leftOut: new Set(), shown: null });
  take(await call('batch.prepare', { applicationIds }));
}

/** Opens the statement of an item, or closes it. */
export async function showStatement(intentId: string): Promise<void> {
  if (get().shown?.intentId === intentId) return set({ shown: null });
  const answer = await call('batch.statement', { intentId });
  set(answer.ok ? { shown: answer.value } : { refusal: answer.refusal });
}

/** True when the PIN was taken. */
export async function sign(pin: string): Promise<boolean> {
  const { batch, leftOut, busy } = get();
  if (batch === null || busy) return false;
  const intentIds = toSign(batch, leftOut).flatMap(({ intentId }) => intentId ?? []);
  if (intentIds.length === 0) return false;
  set({ busy: true, refusal: null });
  const answer = await call('batch.sign', { intentIds, pin });
  take(answer);
  if (!answer.ok) await readBatchQuietly();
  return answer.ok;
}

/** Items as they are now; the refusal that is shown stays. */
async function readBatchQuietly(): Promise<void> {
  const answer = await call('batch.read', {});
  if (answer.ok) set({ batch: answer.value });
}

/** Also while the PIN is still being looked at: then nothing is signed. */
export async function stop(): Promise<void> {
  const answer = await call('batch.stop', {});
  set(answer.ok ? { batch: answer.value } : { refusal: answer.refusal });
}

/** Back to choosing: what was prepared and not signed is dropped by the core. */
export async function drop(): Promise<void> {
  set({ refusal: null, leftOut: new Set(), shown: null });
  take(await call('batch.drop', {}));
}

/** The officer went to another screen: nothing prepared stays behind, a running batch goes on. */
export function leave(): void {
  const { batch } = get();
  const open = useTold.getState().session?.state === 'open';
  if (open && batch !== null && stageOf(batch) !== 'choose' && stageOf(batch) !== 'run')
    void drop();
}

/** Changes of items and run as they come; cases that changed make the list read again. */
export function watchBatch(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const stopPush = onPush((message) => {
    if (message.topic === 'batch') return merge(message);
    if (message.topic !== 'cases' || get().batch?.run?.running === true) return;
    timer ??= setTimeout(() => {
      timer = null;
      void readBatchQuietly();
    }, 500);
  });
  return () => {
    stopPush();
    if (timer !== null) clearTimeout(timer);
  };
}

function merge({ run, items }: Extract<Push, { topic: 'batch' }>): void {
  const changed = new Map(items.map((item) => [item.applicationId, item]));
  set(({ batch }) =>
    batch === null
      ? {}
      : {
          batch: {
            ...batch,
            run,
            items: batch.items.map((item) => changed.get(item.applicationId) ?? item),
          },
        },
  );
}

// Behind the lock no names stay.
useTold.subscribe(({ session }) => {
  if (session !== null && session.state !== 'open') set(useBatch.getInitialState());
});
