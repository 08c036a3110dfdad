// A parcel is scanned in: each scan is kept at once, so that a crash loses none.
import type { RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import type { DispatchDto } from '../../shared/contract/stock.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { readScan, scanOnto, type Mark, type ScanRead } from '../domain/custody.ts';
import type { StoredDispatch } from '../ports/custody-store.ts';
import { atCounter, dispatchDto, isClosed } from './custody-desk.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';

type Open = Result<StoredDispatch, 'not-allowed' | 'dispatch-unknown' | 'dispatch-closed'>;

function openDispatch(desk: OpenDesk, dispatchId: string): Open {
  if (!atCounter(desk)) return no('not-allowed');
  const stored = desk.session.store.custody.findDispatch(dispatchId);
  if (stored === null) return no('dispatch-unknown');
  return isClosed(stored) ? no('dispatch-closed') : ok(stored);
}

/** The number of the card a scan names, as far as this station can tell; null = none it knows. */
export function cardOfScan(desk: OpenDesk, read: ScanRead): string | null {
  return read.by === 'number'
    ? read.cardNumber
    : (desk.session.store.cases.findByTicket(read.ticket)?.head.card?.number ?? null);
}

/** One scan: counted, seen before, or a card that is not on the list. */
export function scanCard(
  desk: OpenDesk,
  { dispatchId, text }: RequestOf<'stock.scan'>,
): ResultOf<'stock.scan'> {
  const { store } = desk.session;
  return store.transaction((): ResultOf<'stock.scan'> => {
    const open = openDispatch(desk, dispatchId);
    if (!open.ok) return open;
    const read = readScan(text);
    if (!read.ok) return read;
    const { dispatch, place } = open.value;
    const said = read.value;
    const listed = dispatch.cards.find((card) =>
      said.by === 'ticket' ? card.ticket === said.ticket : card.cardNumber === said.cardNumber,
    );
    const cardNumber = listed?.cardNumber ?? cardOfScan(desk, said);
    if (cardNumber === null) return no('not-a-card');
    const marks = store.custody.marks(dispatchId);
    const scan = { cardNumber, place, at: nowText(desk) };
    const { outcome, mark } = scanOnto(dispatch.cards, marks, scan);
    const ticket = listed?.ticket ?? store.custody.cardByNumber(cardNumber)?.ticket ?? null;
    if (mark !== null) {
      store.custody.mark(dispatchId, mark);
      journal(desk, 'card-scanned', ticket, { dispatch: dispatch.number, outcome });
    }
    return ok({ outcome, cardNumber, ticket, dispatch: dispatchDto(desk, open.value) });
  });
}

/** By hand: an outcome, or null to take it back. */
export function markCard(
  desk: OpenDesk,
  { dispatchId, cardNumber, outcome, place, note: typed }: RequestOf<'stock.mark'>,
): Result<
  DispatchDto,
  'not-allowed' | 'dispatch-unknown' | 'dispatch-closed' | 'not-a-card' | 'note-missing'
> {
  const { store } = desk.session;
  return store.transaction(() => {
    const open = openDispatch(desk, dispatchId);
    if (!open.ok) return open;
    const { dispatch, place: box } = open.value;
    const listed = dispatch.cards.find((card) => card.cardNumber === cardNumber);
    const before = store.custody.marks(dispatchId).find((mark) => mark.cardNumber === cardNumber);
    if (listed === undefined && before === undefined) return no('not-a-card');
    if (outcome === null) store.custody.unmark(dispatchId, cardNumber);
    else {
      if ((listed === undefined) !== (outcome === 'extra')) return no('not-a-card');
      const note = typed?.trim() || null;
      if (outcome === 'damaged' && note === null)
        return no('note-missing', { ticket: listed?.ticket ?? cardNumber });
      // A card that is found by hand goes into the box that is being filled, as a scanned one does.
      const found = outcome === 'arrived' && before?.outcome !== 'arrived';
      const mark: Mark = {
        cardNumber,
        outcome,
        place: outcome === 'arrived' ? (place ?? (found ? box : null)) : null,
        note,
        scannedAt: before?.scannedAt ?? nowText(desk),
      };
      store.custody.mark(dispatchId, mark);
    }
    journal(desk, 'card-marked', listed?.ticket ?? null, {
      dispatch: dispatch.number,
      outcome: outcome ?? 'unmarked',
    });
    return ok(dispatchDto(desk, open.value));
  });
}

/** The box that the next scanned cards go to. */
export function fillBox(
  desk: OpenDesk,
  { dispatchId, place }: RequestOf<'stock.box'>,
): ResultOf<'stock.box'> {
  const { custody } = desk.session.store;
  return desk.session.store.transaction((): ResultOf<'stock.box'> => {
    const open = openDispatch(desk, dispatchId);
    if (!open.ok) return open;
    custody.setPlace(dispatchId, place);
    return ok(dispatchDto(desk, { ...open.value, place }));
  });
}
