// What the register of issue shows: filter, rows read so far, sums; the core filters and sums.
import { create } from 'zustand';
import type { Outcome, Totals } from '../../../shared/contract/papers.ts';
import type { RegisterFilter, RegisterRow } from '../../../shared/contract/register.ts';
import { call, type AnyRefusal } from '../../shared/bridge.ts';
import { keepPlace, onReturn } from '../../shared/state/place.ts';
import { useTold } from '../../shared/state/session.ts';

const PAGE = 100;
const OFFSET_MS = 5 * 60 * 60 * 1000;
const DAY_MS = 86_400_000;

/** The point's calendar date, so many days ago. */
export const dayAgo = (days: number): string =>
  new Date(Date.now() + OFFSET_MS - days * DAY_MS).toISOString().slice(0, 10);

export const SPANS = ['today', 'week', 'all'] as const;
export type Span = (typeof SPANS)[number];

interface State {
  readonly filter: RegisterFilter;
  readonly rows: readonly RegisterRow[];
  readonly next: string | null;
  readonly total: number;
  readonly totals: Totals | null;
  readonly officers: readonly string[];
  readonly waiting: boolean;
  readonly refusal: AnyRefusal | null;
  readonly exporting: boolean;
}

export const useRegister = create<State>(() => ({
  filter: { search: '', from: dayAgo(0), to: dayAgo(0), officer: null, outcome: null },
  rows: [],
  next: null,
  total: 0,
  totals: null,
  officers: [],
  waiting: true,
  refusal: null,
  exporting: false,
}));
const set = useRegister.setState;
const get = useRegister.getState;

let reading = 0;
let readingMore = false;

/** From the top; what came for an older filter is let go. */
export async function readRegister(): Promise<void> {
  const mine = ++reading;
  const answer = await call('register.page', { ...get().filter, after: null, limit: PAGE });
  if (mine !== reading) return;
  if (!answer.ok) return set({ refusal: answer.refusal, waiting: false });
  const { rows, next, total, totals, officers } = answer.value;
  set({ rows, next, total, totals, officers, refusal: null, waiting: false });
}

export async function readMore(): Promise<void> {
  const { next, filter } = get();
  if (next === null || readingMore) return;
  readingMore = true;
  const mine = reading;
  const answer = await call('register.page', { ...filter, after: next, limit: PAGE });
  readingMore = false;
  if (mine !== reading || !answer.ok) return;
  set({ rows: [...get().rows, ...answer.value.rows], next: answer.value.next });
}

export function filterBy(change: Partial<RegisterFilter>): void {
  set({ filter: { ...get().filter, ...change }, waiting: true });
  void readRegister();
}

export const spanOf = ({ from, to }: RegisterFilter): Span | null => {
  if (from === null && to === null) return 'all';
  if (to !== dayAgo(0)) return null;
  return from === dayAgo(0) ? 'today' : from === dayAgo(6) ? 'week' : null;
};

export const showSpan = (span: Span): void =>
  span === 'all'
    ? filterBy({ from: null, to: null })
    : filterBy({ from: dayAgo(span === 'today' ? 0 : 6), to: dayAgo(0) });

export const byOutcome = (outcome: Outcome | null): void => filterBy({ outcome });
export const openExport = (): void => set({ exporting: true });
export const closeExport = (): void => set({ exporting: false });

// Nobody's register stays behind the lock.
useTold.subscribe(({ session }) => {
  if (session === null || session.state === 'open') return;
  reading += 1;
  const day = dayAgo(0);
  const { filter, ...rest } = useRegister.getInitialState();
  set({ ...rest, filter: { ...filter, from: day, to: day } });
});

useRegister.subscribe(({ filter }, before) => {
  if (filter !== before.filter) keepPlace({ register: filter });
});
onReturn(({ register }) => {
  if (register !== undefined) set({ filter: register });
});
