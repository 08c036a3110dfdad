// Who may do what with the cards of a point, and the dispatches as the screens read them.
import { ARRIVALS } from '../../shared/central/custody.ts';
import type { ResultOf } from '../../shared/contract/channels.ts';
import type { DispatchDto, DispatchRow } from '../../shared/contract/stock.ts';
import { no, ok } from '../../shared/kernel/result.ts';
import { progressOf, type CustodySigning } from '../domain/custody.ts';
import type { StoredDispatch } from '../ports/custody-store.ts';
import type { OpenDesk } from './desk.ts';
import { saidAt } from './lease-clock.ts';

/** Step 19: cards move through the hands of the issuers of a point. */
export const atCounter = (desk: OpenDesk): boolean =>
  desk.session.officer.roles.includes('issuer') && desk.session.officer.registrationPoint !== null;

/** A head reads what his issuers do. */
export const maySeeStock = (desk: OpenDesk): boolean =>
  atCounter(desk) || desk.session.officer.roles.includes('head');

/** Who signs, where and when; null for an officer of no point. */
export function custodySigning(desk: OpenDesk): CustodySigning | null {
  const { officer } = desk.session;
  return officer.registrationPoint === null
    ? null
    : {
        actId: desk.deps.clock.uuid(),
        registrationPoint: officer.registrationPoint.code,
        officerIin: officer.iin,
        departmentBin: officer.department.bin,
        stationId: desk.deps.station.stationId,
        at: saidAt(desk),
      };
}

/** Taken over, or our acceptance is signed: nothing is scanned onto it any more. */
export const isClosed = ({ dispatch, act }: StoredDispatch): boolean =>
  dispatch.accepted !== null || act !== null;

function rowOf(desk: OpenDesk, stored: StoredDispatch): DispatchRow {
  const { dispatch, act } = stored;
  const { dispatchId, number, sentAt, accepted, cards } = dispatch;
  return {
    dispatchId,
    number,
    sentAt,
    counts: progressOf(cards, desk.session.store.custody.marks(dispatchId)),
    act: act as DispatchRow['act'], // the store gives only states that left the desk
    accepted: accepted === null ? null : { at: accepted.at, officerName: accepted.officerName },
  };
}

/** One dispatch with every card of its list and what was scanned beside it. */
export function dispatchDto(desk: OpenDesk, stored: StoredDispatch): DispatchDto {
  const marks = desk.session.store.custody.marks(stored.dispatch.dispatchId);
  const known = new Map(marks.map((mark) => [mark.cardNumber, mark]));
  return {
    ...rowOf(desk, stored),
    cards: stored.dispatch.cards.map((card) => {
      const mark = known.get(card.cardNumber);
      const outcome = ARRIVALS.find((each) => each === mark?.outcome) ?? null;
      return {
        ...card,
        outcome,
        place: mark?.place ?? null,
        note: mark?.note ?? null,
        scannedAt: outcome === null ? null : (mark?.scannedAt ?? null),
      };
    }),
    extra: marks
      .filter(({ outcome }) => outcome === 'extra')
      .map(({ cardNumber, note, scannedAt }) => ({ cardNumber, note, scannedAt })),
    place: stored.place,
  };
}

/** Dispatches on the way and those taken over lately, newest first. */
export function readDispatches(desk: OpenDesk): ResultOf<'stock.dispatches'> {
  if (!maySeeStock(desk)) return no('not-allowed');
  return ok({ rows: desk.session.store.custody.dispatches().map((each) => rowOf(desk, each)) });
}

export function readDispatch(
  desk: OpenDesk,
  { dispatchId }: { readonly dispatchId: string },
): ResultOf<'stock.dispatch'> {
  if (!maySeeStock(desk)) return no('not-allowed');
  const stored = desk.session.store.custody.findDispatch(dispatchId);
  return stored === null ? no('dispatch-unknown') : ok(dispatchDto(desk, stored));
}
