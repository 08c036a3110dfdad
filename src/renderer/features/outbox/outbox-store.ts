// The outbox as last read, and the deeds that lead out of it.
import { create } from 'zustand';
import type { OutboxDto, OutboxRow } from '../../../shared/contract/outbox.ts';
import { call, type AnyRefusal } from '../../shared/bridge.ts';
import { useTold } from '../../shared/state/session.ts';

type OutboxAction = OutboxRow['actions'][number];

interface State {
  readonly outbox: OutboxDto | null;
  readonly refusal: AnyRefusal | null;
  /** Row (or 'all') whose deed is on its way. */
  readonly busy: string | null;
  /** What was just done, said quietly. */
  readonly done: {
    readonly kind: 'taken-back' | 'backed' | 'exported';
    readonly ticket: string;
    readonly path?: string;
  } | null;
}

export const useOutbox = create<State>(() => ({
  outbox: null,
  refusal: null,
  busy: null,
  done: null,
}));
const set = useOutbox.setState;

export async function readOutbox(): Promise<void> {
  const answer = await call('outbox.read', {});
  if (answer.ok) set({ outbox: answer.value });
  else set({ refusal: answer.refusal });
}

export async function sendNow(busy = 'all'): Promise<void> {
  set({ busy, refusal: null, done: null });
  const answer = await call('outbox.sendNow', {});
  set(answer.ok ? { outbox: answer.value, busy: null } : { refusal: answer.refusal, busy: null });
}

/** Does the row's one clear action. */
export async function act(row: OutboxRow, action: OutboxAction): Promise<void> {
  if (action === 'send-now') return sendNow(row.id);
  set({ busy: row.id, refusal: null, done: null });
  if (action === 'take-back') {
    const answer = await call('act.takeBack', { actId: row.id });
    set({ busy: null, ...(answer.ok ? {} : { refusal: answer.refusal }) });
    if (answer.ok) set({ done: { kind: 'taken-back', ticket: row.ticket } });
    return readOutbox();
  }
  if (action === 'export') {
    const answer = await call('act.export', { actId: row.id });
    if (!answer.ok) return set({ busy: null, refusal: answer.refusal });
    const { path } = answer.value;
    return set({ busy: null, done: { kind: 'exported', ticket: row.ticket, path } });
  }
  const answer = await call('outbox.backToReview', { id: row.id });
  set({ busy: null });
  if (answer.ok) set({ outbox: answer.value, done: { kind: 'backed', ticket: row.ticket } });
  else set({ refusal: answer.refusal });
}

// Behind the lock no names stay.
useTold.subscribe(({ session }) => {
  if (session !== null && session.state !== 'open') set(useOutbox.getInitialState());
});
