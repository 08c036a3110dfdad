// Cards at the point: what a scan says, how a parcel stands against its list, what the signed acts say.
import type {
  Arrival,
  CardReturn,
  Dispatch,
  DispatchAcceptance,
  DispatchCard,
  ReturnReason,
} from '../../shared/central/custody.ts';
import { mrzSigns, readTd1 } from '../../shared/kernel/mrz.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';

export type ScanRead =
  | { readonly by: 'number'; readonly cardNumber: string }
  | { readonly by: 'ticket'; readonly ticket: string };

const LONGEST_TICKET = 60;

/** Text of a scanner or of a hand: a zone (TD1), the nine digits of a card, else the code of a ticket. */
export function readScan(text: string): Result<ScanRead, 'not-a-card' | 'mrz-unreadable'> {
  const typed = text.replace(/[\s-]/g, '');
  if (/^\d{9}$/.test(typed)) return ok({ by: 'number', cardNumber: typed });
  if (mrzSigns(text) !== null || text.includes('<')) {
    const zone = readTd1(text);
    if (!zone.ok)
      return zone.refusal.code === 'not-td1'
        ? no('not-a-card')
        : no('mrz-unreadable', zone.refusal.params);
    const { number } = zone.value;
    return /^\d{9}$/.test(number) ? ok({ by: 'number', cardNumber: number }) : no('not-a-card');
  }
  const ticket = text.trim();
  return ticket === '' || ticket.length > LONGEST_TICKET
    ? no('not-a-card')
    : ok({ by: 'ticket', ticket });
}

/** What is known of one card of a parcel: scanned, or marked by hand; `extra` is not on the list. */
export interface Mark {
  readonly cardNumber: string;
  readonly outcome: Arrival | 'extra';
  readonly place: string | null;
  readonly note: string | null;
  readonly scannedAt: string;
}

export interface Progress {
  readonly expected: number;
  readonly arrived: number;
  readonly damaged: number;
  readonly missing: number;
  readonly unscanned: number;
  readonly extra: number;
}

/** How far the parcel is; arrived + damaged + missing + unscanned = expected, always. */
export function progressOf(cards: readonly DispatchCard[], marks: readonly Mark[]): Progress {
  const count = (outcome: Mark['outcome']): number =>
    marks.filter((mark) => mark.outcome === outcome).length;
  const [arrived, damaged, missing] = [count('arrived'), count('damaged'), count('missing')];
  const unscanned = cards.length - arrived - damaged - missing;
  return { expected: cards.length, arrived, damaged, missing, unscanned, extra: count('extra') };
}

export interface Scanned {
  readonly outcome: 'counted' | 'again' | 'extra';
  /** What is to be kept; null = nothing new. */
  readonly mark: Mark | null;
}

/** One scan of a card of the parcel: a card in the hand is not missing, and a damaged one stays damaged. */
export function scanOnto(
  cards: readonly DispatchCard[],
  marks: readonly Mark[],
  scan: { readonly cardNumber: string; readonly place: string | null; readonly at: string },
): Scanned {
  const { cardNumber, place, at: scannedAt } = scan;
  const before = marks.find((mark) => mark.cardNumber === cardNumber);
  if (!cards.some((card) => card.cardNumber === cardNumber)) {
    const mark: Mark = { cardNumber, outcome: 'extra', place: null, note: null, scannedAt };
    return { outcome: 'extra', mark: before === undefined ? mark : null };
  }
  if (before !== undefined && before.outcome !== 'missing') return { outcome: 'again', mark: null };
  return {
    outcome: 'counted',
    mark: { cardNumber, outcome: 'arrived', place, note: null, scannedAt },
  };
}

/** Who signs, where and when; custody acts answer no challenge: the node compares them with its list. */
export interface CustodySigning {
  readonly actId: string;
  readonly registrationPoint: string;
  readonly officerIin: string;
  readonly departmentBin: string;
  readonly stationId: string;
  readonly at: string;
}

/** Each card of the list once, in its order; what was not scanned is missing. */
export function buildAcceptance(
  dispatch: Pick<Dispatch, 'dispatchId' | 'contentsSha256' | 'cards'>,
  marks: readonly Mark[],
  signing: CustodySigning,
): DispatchAcceptance {
  const known = new Map(marks.map((mark) => [mark.cardNumber, mark]));
  return {
    type: 'kualik/dispatch-acceptance',
    version: 1,
    ...signing,
    dispatchId: dispatch.dispatchId,
    contentsSha256: dispatch.contentsSha256,
    cards: dispatch.cards.map(({ applicationId, cardNumber }) => {
      const mark = known.get(cardNumber);
      const outcome = mark === undefined || mark.outcome === 'extra' ? 'missing' : mark.outcome;
      const place = outcome === 'arrived' ? (mark?.place ?? null) : null;
      return { applicationId, cardNumber, outcome, place, note: mark?.note ?? null };
    }),
    extra: marks
      .filter(({ outcome }) => outcome === 'extra')
      .map(({ cardNumber, note }) => ({ cardNumber, note }))
      .toSorted((a, b) => a.cardNumber.localeCompare(b.cardNumber)),
  };
}

export interface ReturnedCard {
  readonly applicationId: string;
  readonly ticket: string;
  readonly cardNumber: string;
  readonly reason: ReturnReason;
  readonly note: string | null;
}

/** A damaged or wrong card is asked to be made anew; an uncollected one is not. */
export const buildReturn = (
  cards: readonly ReturnedCard[],
  signing: CustodySigning,
): CardReturn => ({
  type: 'kualik/card-return',
  version: 1,
  ...signing,
  cards: cards
    .map(({ applicationId, ticket, cardNumber, reason, note }) => ({
      applicationId,
      ticket,
      cardNumber,
      reason,
      remake: reason !== 'uncollected',
      note,
    }))
    .toSorted((a, b) => a.ticket.localeCompare(b.ticket)),
});
