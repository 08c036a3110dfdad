// What the queue shows: the question asked, the pages read so far, the row pointed at.
import { create } from 'zustand';
import type {
  QueueCounts,
  QueuePage,
  QueueQuery,
  QueueRow,
} from '../../../shared/contract/queue.ts';
import { call, type AnyRefusal } from '../../shared/bridge.ts';
import { navigate } from '../../shared/state/navigation.ts';
import { keepPlace, onReturn } from '../../shared/state/place.ts';
import { useTold } from '../../shared/state/session.ts';

export type Question = Pick<
  QueueQuery,
  'view' | 'sort' | 'descending' | 'search' | 'held' | 'findings'
>;

export const FIRST_PAGE = 100;
const MORE = 200;
/** One message carries at most this many rows (contract). */
const MOST = 500;

interface State {
  readonly question: Question;
  readonly rows: readonly QueueRow[];
  readonly next: string | null;
  readonly total: number;
  readonly cutOffAt: string | null;
  /** No page has come yet for this question. */
  readonly waiting: boolean;
  readonly refusal: AnyRefusal | null;
  /** Refusal of "next most urgent", shown above the list. */
  readonly nextRefusal: AnyRefusal | null;
  readonly taking: boolean;
  readonly pointed: string | null;
  readonly counts: QueueCounts | null;
  readonly damaged: string | null;
  readonly scrollTop: number;
}

export const PLAIN_QUESTION: Question = {
  view: 'pending',
  sort: 'urgency',
  descending: false,
  search: '',
  held: 'any',
  findings: 'any',
};

export const useQueue = create<State>(() => ({
  question: PLAIN_QUESTION,
  rows: [],
  next: null,
  total: 0,
  cutOffAt: null,
  waiting: true,
  refusal: null,
  nextRefusal: null,
  taking: false,
  pointed: null,
  counts: null,
  damaged: null,
  scrollTop: 0,
}));

const get = useQueue.getState;
const set = useQueue.setState;

/** Answers of an older question are dropped: only the newest reading may write. */
let reading = 0;
let readingMore = false;

async function page(question: Question, after: string | null, limit: number) {
  return call('queue.page', { ...question, after, limit });
}

/** Keeps the pointed row when it is still there, else points at the first. */
export const pointAgain = (rows: readonly QueueRow[], pointed: string | null): string | null =>
  rows.some((row) => row.applicationId === pointed) ? pointed : (rows[0]?.applicationId ?? null);

function show(value: QueuePage, rows: readonly QueueRow[]): void {
  set((now) => ({
    rows,
    next: value.next,
    total: value.total,
    cutOffAt: value.productionCutOffAt,
    waiting: false,
    refusal: null,
    pointed: pointAgain(rows, now.pointed),
  }));
}

/** Reads the question from its start; as many rows as are on the screen now when `keep` is true. */
export async function readQueue(keep = false): Promise<void> {
  const mine = ++reading;
  const question = get().question;
  const wanted = keep ? Math.max(FIRST_PAGE, get().rows.length) : FIRST_PAGE;
  let rows: readonly QueueRow[] = [];
  let after: string | null = null;
  do {
    const answer = await page(question, after, Math.min(MOST, wanted - rows.length));
    if (mine !== reading) return;
    if (!answer.ok) return set({ refusal: answer.refusal, waiting: false });
    rows = [...rows, ...answer.value.rows];
    after = answer.value.next;
    if (after === null || rows.length >= wanted) show(answer.value, rows);
  } while (after !== null && rows.length < wanted);
}

/** Reads the next page once; called as the list is scrolled towards its end. */
export async function readMore(): Promise<void> {
  const { next, question } = get();
  if (next === null || readingMore) return;
  readingMore = true;
  const mine = reading;
  const answer = await page(question, next, MORE);
  readingMore = false;
  if (mine !== reading || !answer.ok) return;
  show(answer.value, [...get().rows, ...answer.value.rows]);
}

export async function readCounts(): Promise<void> {
  const answer = await call('queue.counts', {});
  if (answer.ok) set({ counts: answer.value });
}

/** Asks another question; the old rows stay until the new ones come, so nothing blinks. */
export function ask(change: Partial<Question>): Promise<void> {
  const before = get().question;
  const question = { ...before, ...change };
  const other = question.view !== before.view;
  set({ question, scrollTop: 0, pointed: null, ...(other ? { rows: [], waiting: true } : {}) });
  return readQueue();
}

/** Moves the pointer by `by` rows; returns the index it stands at, or -1 in an empty list. */
export function movePointer(by: number): number {
  const { rows, pointed } = get();
  if (rows.length === 0) return -1;
  const at = rows.findIndex((row) => row.applicationId === pointed);
  const to = Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by));
  set({ pointed: rows[to]?.applicationId ?? null });
  return to;
}

/** Opens a row: the case, or for an unreadable one the panel that says what was wrong. */
export function openRow(row: QueueRow): void {
  set({ pointed: row.applicationId });
  if (row.stage === 'damaged') set({ damaged: row.applicationId });
  else navigate({ screen: 'case', applicationId: row.applicationId });
}

export function openPointed(): void {
  const { rows, pointed } = get();
  const row = rows.find((each) => each.applicationId === pointed);
  if (row !== undefined) openRow(row);
}

export const closeDamaged = (): void => set({ damaged: null });

/** Claims the most urgent free case and opens it. */
export async function takeNext(): Promise<void> {
  if (get().taking) return;
  set({ taking: true, nextRefusal: null });
  const answer = await call('queue.next', { after: null });
  set({ taking: false });
  if (answer.ok) navigate({ screen: 'case', applicationId: answer.value.applicationId });
  else set({ nextRefusal: answer.refusal });
}

// Behind the lock no names stay.
useTold.subscribe(({ session }) => {
  if (session === null || session.state === 'open') return;
  reading += 1;
  set(useQueue.getInitialState());
});

/** Scrolling changes it many times a second. */
const RESTS_MS = 250;
let resting: ReturnType<typeof setTimeout> | null = null;

useQueue.subscribe((now, before) => {
  const { question, pointed, scrollTop } = now;
  if (question === before.question && pointed === before.pointed && scrollTop === before.scrollTop)
    return;
  if (resting !== null) clearTimeout(resting);
  resting = setTimeout(() => keepPlace({ queue: { question, pointed, scrollTop } }), RESTS_MS);
});
onReturn(({ queue }) => {
  if (queue !== undefined) set(queue);
});
