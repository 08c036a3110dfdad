// The issue lease of this counter as the core tells it: cards that may be handed over with a dead line.
import { create } from 'zustand';
import type { IssueLeaseDto } from '../../../shared/contract/stock.ts';
import { call, type AnyRefusal, type ResultOf } from '../bridge.ts';
import { useTold } from '../state/session.ts';

interface State {
  readonly leases: IssueLeaseDto | null;
  readonly refusal: AnyRefusal | null;
  /** The line at the counter asks for the page of leases. */
  readonly wanted: boolean;
  readonly busy: 'take' | 'giveBack' | 'break' | null;
}

export const useLeases = create<State>(() => ({
  leases: null,
  refusal: null,
  wanted: false,
  busy: null,
}));
const set = useLeases.setState;

const told = (answer: ResultOf<'leases.take'> | ResultOf<'leases.read'>): boolean => {
  set(
    answer.ok
      ? { leases: answer.value, refusal: null, busy: null }
      : { refusal: answer.refusal, busy: null },
  );
  return answer.ok;
};

export async function readLeases(): Promise<void> {
  const answer = await call('leases.read', {});
  if (answer.ok) set({ leases: answer.value });
}

export async function takeLease(): Promise<void> {
  set({ busy: 'take', refusal: null });
  told(await call('leases.take', {}));
}

export async function giveLeaseBack(): Promise<void> {
  set({ busy: 'giveBack', refusal: null });
  told(await call('leases.giveBack', {}));
}

/** True when it is broken. */
export async function breakLease(issueLeaseId: string, why: string): Promise<boolean> {
  set({ busy: 'break', refusal: null });
  return told(await call('leases.break', { issueLeaseId, why }));
}

useTold.subscribe(({ session }) => {
  if (session !== null && session.state !== 'open')
    useLeases.setState({ leases: null, refusal: null, busy: null });
});
