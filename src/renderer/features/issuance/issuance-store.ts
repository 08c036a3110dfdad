// What the issuance desk holds: the list, the card at the counter, answers, old card, result.
import { create } from 'zustand';
import type { IntentDto } from '../../../shared/contract/act.ts';
import type {
  HandOverDto,
  ISSUANCE_VIEWS,
  IssuanceRow,
} from '../../../shared/contract/issuance.ts';
import type { ActState } from '../../../shared/contract/queue.ts';
import type { AnyRefusal, RequestOf } from '../../shared/bridge.ts';
import { useTold } from '../../shared/state/session.ts';

export type View = (typeof ISSUANCE_VIEWS)[number];
export type RefuseReason = RequestOf<'issuance.refuse'>['reason'];
export type QuestionCode = HandOverDto['questions'][number]['code'];
export type Answer = 'right' | 'wrong' | 'skipped';
export type OldCard = 'surrendered' | 'not-presented';

export type Result =
  | { readonly kind: 'refused'; readonly reason: RefuseReason; readonly name: string }
  | {
      readonly kind: 'signed';
      readonly actId: string;
      readonly name: string;
      readonly card: string;
      readonly state: Exclude<ActState, 'intended'>;
    };

export interface IssuanceState {
  readonly view: View;
  readonly search: string;
  readonly rows: readonly IssuanceRow[];
  readonly counts: Readonly<Partial<Record<View, number>>>;
  readonly next: string | null;
  readonly listed: boolean;
  readonly ticket: string;
  readonly finding: boolean;
  readonly card: HandOverDto | null;
  /** Why the ticket asked for cannot be issued here and now. */
  readonly problem: { readonly asked: string; readonly refusal: AnyRefusal } | null;
  readonly answers: Readonly<Partial<Record<QuestionCode, Answer>>>;
  readonly active: number;
  readonly oldCard: OldCard | null;
  readonly oldCardReason: string;
  /** What keeps the hand-over from being signed, said beside the field it is about. */
  readonly missing: 'old-card' | 'old-card-reason' | null;
  readonly refusal: AnyRefusal | null;
  readonly panel: { readonly intent: IntentDto | null; readonly refusal: AnyRefusal | null } | null;
  readonly result: Result | null;
}

/** One citizen's part; nothing of the former one may be left for the next. */
export const NOBODY = {
  ticket: '',
  finding: false,
  card: null,
  problem: null,
  answers: {},
  active: 0,
  oldCard: null,
  oldCardReason: '',
  missing: null,
  refusal: null,
  panel: null,
  result: null,
} as const satisfies Partial<IssuanceState>;

export const useDesk = create<IssuanceState>(() => ({
  view: 'ready',
  search: '',
  rows: [],
  counts: {},
  next: null,
  listed: false,
  ...NOBODY,
}));

// Behind the lock nobody's card stays on the desk.
useTold.subscribe(({ session }) => {
  if (session !== null && session.state !== 'open') {
    useDesk.setState({ ...NOBODY, rows: [], counts: {}, next: null, listed: false, search: '' });
  }
});
