// Papers of the point out of what is kept here: signed bytes of custody acts, closed counts.
import type { PaperDto } from '../../shared/contract/papers.ts';
import {
  countDifferenceOf,
  countText,
  dispatchActOf,
  returnActOf,
} from '../domain/custody-papers.ts';
import type { Making, Recorded } from '../domain/papers.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import type { OpenDesk } from './desk.ts';
import { statementOf } from './custody-statement.ts';

const recordedOf = ({ id, state, sha256 }: OutboxItem): Recorded => ({ id, state, sha256 });

/** Our acceptance of this dispatch; null when it was taken over by others or by nobody yet. */
export function dispatchAct(desk: OpenDesk, dispatchId: string, making: Making): PaperDto | null {
  const { custody, outbox } = desk.session.store;
  const stored = custody.findDispatch(dispatchId);
  const item = stored?.act ? outbox.find(stored.act.actId) : null;
  if (!stored || item === null) return null;
  const statement = statementOf(item);
  return statement.type === 'kualik/dispatch-acceptance'
    ? dispatchActOf(stored.dispatch, recordedOf(item), statement, making)
    : null;
}

export function returnAct(desk: OpenDesk, actId: string, making: Making): PaperDto | null {
  const item = desk.session.store.outbox.find(actId);
  if (item?.kind !== 'card-return') return null;
  const statement = statementOf(item);
  return statement.type === 'kualik/card-return'
    ? returnActOf(recordedOf(item), statement, making)
    : null;
}

export function countDifferencePaper(
  desk: OpenDesk,
  countId: string,
  making: Making,
): PaperDto | null {
  const result = desk.session.store.custody.findCount(countId)?.result ?? null;
  if (result === null) return null;
  const bytes = new TextEncoder().encode(countText(result));
  return countDifferenceOf(result, desk.deps.clock.sha256(bytes), making);
}
