// What became of an act that moves cards, or of a placement: taken back, accepted, refused.
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { canTakeBack, nextDispatch } from '../domain/act-machine.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { record } from './case-record.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';
import { putBack } from './place-card.ts';
import { numberOf, statementOf } from './custody-statement.ts';
import { dispatchesDoubted } from './pull-dispatches.ts';

/** Parcels, stock and outbox moved together. */
export function tellCustody(desk: OpenDesk): void {
  desk.deps.push({ topic: 'stock' });
  desk.deps.push({ topic: 'outbox' });
  desk.deps.push({ topic: 'cases', ids: null });
}

/** While the node cannot have seen it: scans stand as before, returned cards lie here again. */
export function takeBackCustody(
  desk: OpenDesk,
  item: OutboxItem,
): Result<{ applicationId: string }, 'act-sent'> {
  if (!canTakeBack(item.state, item.maybeSeen)) return no('act-sent');
  const { store } = desk.session;
  store.transaction(() => {
    store.outbox.update(item.id, {
      state: nextDispatch('queued', 'taken-back')!,
      stateAt: nowText(desk),
    });
    if (item.kind === 'placement') putBack(desk, item);
    const { id: act, kind } = item;
    journal(desk, 'act-taken-back', numberOf(desk, item.applicationId), { act, kind });
  });
  tellCustody(desk);
  return ok({ applicationId: item.applicationId });
}

/** The node has it: returned cards are gone from the point before the feed says so. Call inside a transaction. */
export function custodyAccepted(desk: OpenDesk, item: OutboxItem): void {
  dispatchesDoubted(desk);
  desk.deps.push({ topic: 'stock' });
  if (item.kind !== 'card-return') return;
  const statement = statementOf(item);
  if (statement.type !== 'kualik/card-return') return;
  for (const { applicationId, remake } of statement.cards) {
    const stored = desk.session.store.cases.find(applicationId);
    if (stored !== null)
      record(desk, stored, { type: remake ? 'card-to-be-remade' : 'card-returned' });
  }
}

/** The node's "no": the list is asked for again, a place that is not so is put back. Call inside a transaction. */
export function custodyRefused(desk: OpenDesk, item: OutboxItem): void {
  if (item.kind === 'placement') putBack(desk, item);
  else dispatchesDoubted(desk); // somebody else may have taken the parcel over
  desk.deps.push({ topic: 'stock' });
}
