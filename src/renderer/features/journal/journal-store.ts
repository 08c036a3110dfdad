// The audit journal: pages read so far, the filter, and the state of the hash chain.
import { create } from 'zustand';
import type { JournalKind, JournalRow } from '../../../shared/contract/journal.ts';
import { call, type AnyRefusal, type ReplyOf } from '../../shared/bridge.ts';
import { useTold } from '../../shared/state/session.ts';

export const KIND_GROUPS = {
  all: [],
  session: ['log-in', 'log-in-refused', 'log-out', 'locked', 'unlocked'],
  work: [
    'case-opened',
    'claimed',
    'claim-refused',
    'released',
    'override',
    'confirmed',
    'answered',
    'lines-moved',
    'dispatch-told',
    'card-scanned',
    'card-marked',
    'card-placed',
    'count-begun',
    'count-closed',
  ],
  acts: [
    'act-prepared',
    'act-signed',
    'act-not-signed',
    'act-accepted',
    'act-refused',
    'act-taken-back',
    'act-exported',
    'evidence-kept',
    'evidence-refused',
    'back-to-review',
    'hand-over-refused',
    'lease-taken',
    'lease-renewed',
    'lease-given-back',
    'lease-broken',
    'lease-untrusted',
    'clock-went-back',
    'card-checked',
    'card-mismatch',
    'by-eye-allowed',
    'live-picture-compared',
    'investigation-seen',
  ],
  refusals: [
    'log-in-refused',
    'claim-refused',
    'act-not-signed',
    'act-refused',
    'evidence-refused',
    'hand-over-refused',
    'card-mismatch',
    'lease-untrusted',
    'clock-went-back',
    'damaged-application',
    'picture-problem',
    'outage',
    'outage-ended',
    'incident',
  ],
  system: [
    'sync',
    'outage',
    'outage-ended',
    'pictures-dropped',
    'settings-changed',
    'update-begun',
    'journal-verified',
    'diagnostics-saved',
    'damaged-application',
    'picture-problem',
  ],
} as const satisfies Record<string, readonly JournalKind[]>;
export type KindGroup = keyof typeof KIND_GROUPS;

type Chain = ReplyOf<'journal.verify'>;
const PAGE = 200;

interface State {
  readonly group: KindGroup;
  readonly text: string;
  readonly rows: readonly JournalRow[];
  readonly next: number | null;
  readonly chain: Chain | null;
  readonly waiting: boolean;
  readonly verifying: boolean;
  readonly refusal: AnyRefusal | null;
}

export const useJournal = create<State>(() => ({
  group: 'all',
  text: '',
  rows: [],
  next: null,
  chain: null,
  waiting: true,
  verifying: false,
  refusal: null,
}));
const set = useJournal.setState;
const get = useJournal.getState;

let reading = 0;
let readingMore = false;

async function read(before: number | null) {
  const { group, text } = get();
  return call('journal.page', { kinds: [...KIND_GROUPS[group]], text, before, limit: PAGE });
}

export async function readJournal(): Promise<void> {
  const mine = ++reading;
  const answer = await read(null);
  if (mine !== reading) return;
  if (!answer.ok) return set({ refusal: answer.refusal, waiting: false });
  const { rows, next, chain } = answer.value;
  // A page says nothing of the chain: what was verified on this screen stays said.
  set({ rows, next, refusal: null, waiting: false, ...(chain === null ? {} : { chain }) });
}

export async function readOlder(): Promise<void> {
  const before = get().next;
  if (before === null || readingMore) return;
  readingMore = true;
  const mine = reading;
  const answer = await read(before);
  readingMore = false;
  if (mine !== reading || !answer.ok) return;
  set({ rows: [...get().rows, ...answer.value.rows], next: answer.value.next });
}

export function filterBy(change: Partial<Pick<State, 'group' | 'text'>>): void {
  set({ ...change });
  void readJournal();
}

export async function verifyChain(): Promise<void> {
  set({ verifying: true });
  const answer = await call('journal.verify', {});
  if (answer.ok) set({ chain: answer.value, verifying: false });
  else set({ refusal: answer.refusal, verifying: false });
  await readJournal();
}

// The next officer's journal is another one.
useTold.subscribe(({ session }) => {
  if (session === null || session.state === 'open') return;
  reading += 1;
  set(useJournal.getInitialState());
});
