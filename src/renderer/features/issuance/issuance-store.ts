// What the issuance desk holds: the list, the card at the counter, answers, old card, result.
import { create } from 'zustand';
import type { IntentDto } from '../../../shared/contract/act.ts';
import type {
  CardCheckDto,
  HandOverDto,
  ISSUANCE_VIEWS,
  IssuanceRow,
  LiveAdvice,
} from '../../../shared/contract/issuance.ts';
import type { ActState } from '../../../shared/contract/queue.ts';
import type { AnyRefusal, RequestOf } from '../../shared/bridge.ts';
import { useTold } from '../../shared/state/session.ts';

export type View = (typeof ISSUANCE_VIEWS)[number];
export type RefuseReason = RequestOf<'issuance.refuse'>['reason'];
export type QuestionCode = HandOverDto['questions'][number]['code'];
export type Answer = 'right' | 'wrong' | 'skipped';
export type OldCard = 'surrendered' | 'not-presented';

/** What keeps the hand-over from being signed, said beside the field it is about. */
export type Missing = 'present' | 'card' | 'old-card' | 'old-card-reason';
/** A scan that fits nothing here: told, never swallowed. */
export type Unfit = 'zone-without-person' | 'strange';

/** A card that was read and agrees, with the text the core reads again when it writes the statement. */
export interface ReadCard {
  readonly text: string;
  readonly check: CardCheckDto;
}

export type CameraProblem = 'no-camera' | 'refused' | 'busy' | 'failed';

/** The open panel of the camera: film, then one still and its advice. In memory alone, for this ticket alone. */
export interface LiveView {
  readonly step: 'starting' | 'filming' | 'comparing' | 'compared' | 'problem';
  readonly video: HTMLVideoElement | null;
  readonly still: HTMLCanvasElement | null;
  readonly advice: LiveAdvice | null;
  readonly problem: CameraProblem | null;
  readonly refusal: AnyRefusal | null;
}

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
  /** Only cards that wait so many days; 0 = all. */
  readonly waitingDays: number;
  readonly waiting: readonly number[];
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
  /** The officer confirmed that the person stands here in person (cl. 4.3). */
  readonly present: boolean;
  readonly cardTyped: string;
  readonly inHand: ReadCard | null;
  /** The last card read was not this ticket's: nothing is handed over until one agrees. */
  readonly stopped: CardCheckDto | null;
  readonly cardProblem: AnyRefusal | null;
  readonly unfit: Unfit | null;
  readonly oldCard: OldCard | null;
  readonly oldCardReason: string;
  /** Read off the old card; null = its number was compared by eye. */
  readonly oldRead: ReadCard | null;
  readonly live: LiveView | null;
  readonly missing: Missing | null;
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
  present: false,
  cardTyped: '',
  inHand: null,
  stopped: null,
  cardProblem: null,
  unfit: null,
  oldCard: null,
  oldCardReason: '',
  oldRead: null,
  live: null,
  missing: null,
  refusal: null,
  panel: null,
  result: null,
} as const satisfies Partial<IssuanceState>;

export const useDesk = create<IssuanceState>(() => ({
  view: 'ready',
  waitingDays: 0,
  waiting: [],
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
