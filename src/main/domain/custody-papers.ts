// Papers of the point: acceptance of a dispatch, return of cards, difference of a count; no name stands on any.
import type { CardReturn, Dispatch, DispatchAcceptance } from '../../shared/central/custody.ts';
import { canonicalText } from '../../shared/central/statement.ts';
import type { PaperOf } from '../../shared/contract/papers.ts';
import type { CountDto } from '../../shared/contract/stock.ts';
import { made, qrText, standingOf, type Making, type Recorded } from './papers.ts';

/** Bytes of a count that its paper names by their hash: number, times, sums and both lists. */
export const countText = (count: CountDto): string => canonicalText(count);

/** The signed acceptance in words; null when nothing stands behind it (taken back, refused by the node). */
export function dispatchActOf(
  dispatch: Pick<Dispatch, 'number' | 'sentAt' | 'cards'>,
  act: Recorded,
  statement: DispatchAcceptance,
  making: Making,
): PaperOf<'dispatch-act'> | null {
  const standing = standingOf(act.state);
  if (standing === null || standing === 'refused') return null;
  const tickets = new Map(dispatch.cards.map((card) => [card.applicationId, card.ticket]));
  return {
    kind: 'dispatch-act',
    ...made(making),
    actId: act.id,
    number: dispatch.number,
    sentAt: dispatch.sentAt,
    signedAt: statement.at,
    standing,
    cards: statement.cards.map(({ applicationId, cardNumber, outcome, place, note }) => ({
      ticket: tickets.get(applicationId) ?? '—',
      cardNumber,
      outcome,
      place,
      note,
    })),
    extra: statement.extra.map(({ cardNumber, note }) => ({ cardNumber, note })),
    sha256: act.sha256,
    qr: qrText('dispatch-act', null, act.sha256),
  };
}

/** The signed return in words; null as above. */
export function returnActOf(
  act: Recorded,
  statement: CardReturn,
  making: Making,
): PaperOf<'return-act'> | null {
  const standing = standingOf(act.state);
  if (standing === null || standing === 'refused') return null;
  return {
    kind: 'return-act',
    ...made(making),
    actId: act.id,
    signedAt: statement.at,
    standing,
    cards: statement.cards.map(({ ticket, cardNumber, reason, remake, note }) => ({
      ticket,
      cardNumber,
      reason,
      remake,
      note,
    })),
    sha256: act.sha256,
    qr: qrText('return-act', null, act.sha256),
  };
}

/** What a closed count came to; `sha256` is that of `countText`. Null while it is running. */
export function countDifferenceOf(
  count: CountDto,
  sha256: string,
  making: Making,
): PaperOf<'count-difference'> | null {
  const { countId, begunAt, closedAt, expected, seen } = count;
  if (closedAt === null) return null;
  return {
    kind: 'count-difference',
    ...made(making),
    countId,
    begunAt,
    closedAt,
    expected,
    seen,
    missing: count.missing.map(({ ticket, cardNumber, place }) => ({ ticket, cardNumber, place })),
    extra: count.extra.map(({ cardNumber, ticket }) => ({ cardNumber, ticket })),
    sha256,
    qr: qrText('count-difference', null, sha256),
  };
}
