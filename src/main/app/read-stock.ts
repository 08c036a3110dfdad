// Lists of the point: what lies here by place or by age, and the acts of return signed lately.
import type { RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import { no, ok } from '../../shared/kernel/result.ts';
import { readScan } from '../domain/custody.ts';
import { maySeeStock } from './custody-desk.ts';
import { nowText, type OpenDesk } from './desk.ts';
import { statementOf } from './custody-statement.ts';

/** A zone or nine digits name one card; anything else is looked for as the lists do. */
export function readStock(
  desk: OpenDesk,
  request: RequestOf<'stock.cards'>,
): ResultOf<'stock.cards'> {
  if (!maySeeStock(desk)) return no('not-allowed');
  const read = readScan(request.search);
  const cardNumber = read.ok && read.value.by === 'number' ? read.value.cardNumber : null;
  return ok(desk.session.store.custody.stockPage({ ...request, cardNumber }, nowText(desk)));
}

const LATELY_MS = 30 * 86_400_000;

/** Newest first. */
export function readReturns(desk: OpenDesk): ResultOf<'stock.returns'> {
  if (!maySeeStock(desk)) return no('not-allowed');
  const since = new Date(desk.deps.clock.now().getTime() - LATELY_MS).toISOString();
  const rows = desk.session.store.custody
    .returnsSince(since)
    .flatMap(({ actId, at, state, body }) => {
      const statement = statementOf({ body });
      if (statement.type !== 'kualik/card-return') return [];
      if (state === 'taken-back' || state === 'dropped') return [];
      const remakes = statement.cards.filter(({ remake }) => remake).length;
      return [{ actId, at, state, cards: statement.cards.length, remakes }];
    });
  return ok({ rows });
}
