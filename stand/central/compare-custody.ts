// Compares every field of a signed custody act with the node's own record; the first difference refuses.
import type {
  CardReturn,
  CustodyStatement,
  Dispatch,
  DispatchAcceptance,
} from '../../src/shared/central/custody.ts';
import type { ApplicationRow } from './application-row.ts';
import { MINUTE } from './context.ts';
import { refuse } from './refusal.ts';
import type { Session } from './session.ts';

const SKEW_MS = 5 * MINUTE;

const demand = (field: string, same: boolean): void => {
  if (!same) refuse('statement-mismatch', { field });
};

/** What every custody act says of itself; `notBefore` = when the cards came to be where they move from. */
function compareCommon(
  statement: CustodyStatement,
  actId: string,
  session: Session,
  time: { readonly now: Date; readonly notBefore: Date },
): void {
  demand('actId', statement.actId === actId);
  demand(
    'registrationPoint',
    statement.registrationPoint === session.officer.registrationPoint?.code,
  );
  demand('officerIin', statement.officerIin === session.officer.iin);
  demand('departmentBin', statement.departmentBin === session.officer.department.bin);
  demand('stationId', statement.stationId === session.stationId);
  const at = Date.parse(statement.at);
  const { now, notBefore } = time;
  demand('at', at <= now.getTime() + SKEW_MS && at >= notBefore.getTime() - SKEW_MS);
}

/** The whole list, each card once and in its order; extra cards are none of the list. */
export function compareAcceptance(
  statement: DispatchAcceptance,
  actId: string,
  session: Session,
  own: { readonly dispatch: Dispatch; readonly now: Date },
): void {
  const { dispatch, now } = own;
  compareCommon(statement, actId, session, { now, notBefore: new Date(dispatch.sentAt) });
  demand('contentsSha256', statement.contentsSha256 === dispatch.contentsSha256);
  demand('cards', statement.cards.length === dispatch.cards.length);
  dispatch.cards.forEach((card, i) => {
    const said = statement.cards[i];
    demand(`cards.${i}.applicationId`, said?.applicationId === card.applicationId);
    demand(`cards.${i}.cardNumber`, said?.cardNumber === card.cardNumber);
    demand(`cards.${i}.place`, said?.outcome !== 'missing' || said.place === null);
    demand(`cards.${i}.note`, said?.outcome !== 'damaged' || said.note !== null);
  });
  const numbers = statement.extra.map(({ cardNumber }) => cardNumber);
  const onList = new Set(dispatch.cards.map(({ cardNumber }) => cardNumber));
  demand('extra', new Set(numbers).size === numbers.length);
  demand('extra', !numbers.some((number) => onList.has(number)));
}

/** Each card once, as recorded; a spoilt one is made anew and says why, an uncollected one is not. */
export function compareReturn(
  statement: CardReturn,
  actId: string,
  session: Session,
  own: { readonly rows: readonly ApplicationRow[]; readonly now: Date },
): void {
  const arrivals = own.rows.map(({ card }) => Date.parse(card?.arrivedAt ?? '') || 0);
  const notBefore = new Date(Math.max(0, ...arrivals));
  compareCommon(statement, actId, session, { now: own.now, notBefore });
  const ids = statement.cards.map(({ applicationId }) => applicationId);
  demand('cards', new Set(ids).size === ids.length);
  own.rows.forEach((row, i) => {
    const said = statement.cards[i];
    demand(`cards.${i}.ticket`, said?.ticket === row.ticket);
    demand(`cards.${i}.cardNumber`, said?.cardNumber === row.card?.number);
    const uncollected = said?.reason === 'uncollected';
    demand(`cards.${i}.reason`, !uncollected || row.card?.condition === 'good');
    demand(`cards.${i}.remake`, said?.remake === !uncollected);
    demand(`cards.${i}.note`, uncollected || said?.note !== null);
  });
}
