// The stock counted against the list: begun, scanned, closed with its difference.
import type { RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import type { CountDto } from '../../shared/contract/stock.ts';
import { no, ok } from '../../shared/kernel/result.ts';
import { readScan } from '../domain/custody.ts';
import { countDifference } from '../domain/stock-count.ts';
import type { StoredCount } from '../ports/custody-store.ts';
import { atCounter, maySeeStock } from './custody-desk.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';
import { cardOfScan } from './scan-dispatch.ts';

/** A running count against the stock as it is now; a closed one as it was closed. */
function countDto(desk: OpenDesk, stored: StoredCount): CountDto {
  if (stored.result !== null) return stored.result;
  const { custody } = desk.session.store;
  const { countId, begunAt, closedAt } = stored;
  const difference = countDifference(custody.stock(), custody.countScans(countId));
  return {
    countId,
    begunAt,
    closedAt,
    expected: difference.expected,
    seen: difference.seen,
    missing: [...difference.missing],
    extra: difference.extra.map((cardNumber) => {
      const known = custody.cardByNumber(cardNumber);
      return { cardNumber, ticket: known?.ticket ?? null, stage: known?.stage ?? null };
    }),
  };
}

/** The running count, else the newest closed one. */
export function readCount(desk: OpenDesk): ResultOf<'stock.count'> {
  if (!maySeeStock(desk)) return no('not-allowed');
  const last = desk.session.store.custody.lastCount();
  return ok(last === null ? null : countDto(desk, last));
}

const running = (desk: OpenDesk): StoredCount | null => {
  const last = desk.session.store.custody.lastCount();
  return last === null || last.closedAt !== null ? null : last;
};

/** Begins one; a count that is running goes on, so that no scan of it is lost. */
export function beginCount(desk: OpenDesk): ResultOf<'stock.beginCount'> {
  if (!atCounter(desk)) return no('not-allowed');
  const { store } = desk.session;
  return store.transaction(() => {
    const open = running(desk);
    if (open !== null) return ok(countDto(desk, open));
    const countId = desk.deps.clock.uuid();
    const begunAt = nowText(desk);
    store.custody.beginCount(countId, begunAt);
    const begun = countDto(desk, { countId, begunAt, closedAt: null, result: null });
    journal(desk, 'count-begun', null, { expected: begun.expected });
    return ok(begun);
  });
}

/** One scan: seen, seen before, or not of this stock. */
export function scanInCount(
  desk: OpenDesk,
  { text }: RequestOf<'stock.countScan'>,
): ResultOf<'stock.countScan'> {
  if (!atCounter(desk)) return no('not-allowed');
  const { store } = desk.session;
  return store.transaction((): ResultOf<'stock.countScan'> => {
    const open = running(desk);
    if (open === null) return no('no-count');
    const read = readScan(text);
    if (!read.ok) return read;
    const cardNumber = cardOfScan(desk, read.value);
    if (cardNumber === null) return no('not-a-card');
    const inStock = store.custody.stock().some((card) => card.cardNumber === cardNumber);
    const before = store.custody
      .countScans(open.countId)
      .find((scan) => scan.cardNumber === cardNumber);
    if (before === undefined)
      store.custody.countScan(open.countId, { cardNumber, inStock }, nowText(desk));
    const counted = inStock || before?.inStock === true;
    const outcome = counted ? (before === undefined ? 'counted' : 'again') : 'extra';
    const ticket = store.custody.cardByNumber(cardNumber)?.ticket ?? null;
    return ok({ outcome, cardNumber, ticket, count: countDto(desk, open) });
  });
}

/** Closes it: from now on the difference stands as it was at this moment. */
export function closeCount(desk: OpenDesk): ResultOf<'stock.closeCount'> {
  if (!atCounter(desk)) return no('not-allowed');
  const { store } = desk.session;
  const closed = store.transaction((): ResultOf<'stock.closeCount'> => {
    const open = running(desk);
    if (open === null) return no('no-count');
    const result: CountDto = { ...countDto(desk, open), closedAt: nowText(desk) };
    store.custody.closeCount(open.countId, nowText(desk), result);
    journal(desk, 'count-closed', null, {
      expected: result.expected,
      seen: result.seen,
      missing: result.missing.length,
      extra: result.extra.length,
    });
    return ok(result);
  });
  desk.deps.push({ topic: 'stock' });
  return closed;
}
