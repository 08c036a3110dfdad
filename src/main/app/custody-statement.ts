// What an act that moves cards says, read out of its bytes, and whether it would be said so now.
import {
  custodyStatement,
  type CustodyStatement,
  type DispatchAcceptance,
} from '../../shared/central/custody.ts';
import { canonicalBytes } from '../../shared/central/statement.ts';
import { buildAcceptance } from '../domain/custody.ts';
import type { StoredCase } from '../ports/case-store.ts';
import type { CustodyKind, OutboxItem } from '../ports/outbox-store.ts';
import { heldByOther } from './case-record.ts';
import { isClosed } from './custody-desk.ts';
import type { OpenDesk } from './desk.ts';

export const isCustody = (kind: OutboxItem['kind']): kind is CustodyKind =>
  kind === 'dispatch-acceptance' || kind === 'card-return';

/** Number of the dispatch a custody act is about; null for a return. */
export const numberOf = (desk: OpenDesk, about: string): string | null =>
  desk.session.store.custody.findDispatch(about)?.dispatch.number ?? null;

/** The statement in an outbox row of a custody act. */
export const statementOf = ({ body }: Pick<OutboxItem, 'body'>): CustodyStatement =>
  custodyStatement.parse(JSON.parse(new TextDecoder().decode(body)));

/** True when the prepared bytes say what would be said now: nothing was scanned, handed over or sent since. */
export function stillTrue(desk: OpenDesk, item: OutboxItem): boolean {
  const statement = statementOf(item);
  if (statement.type === 'kualik/dispatch-acceptance') return sameParcel(desk, statement, item);
  return statement.cards.every(({ applicationId, cardNumber }) => {
    const stored = desk.session.store.cases.find(applicationId);
    return stored?.head.card?.number === cardNumber && isReturnable(desk, stored);
  });
}

function sameParcel(desk: OpenDesk, statement: DispatchAcceptance, item: OutboxItem): boolean {
  const { custody } = desk.session.store;
  const stored = custody.findDispatch(statement.dispatchId);
  if (stored === null || isClosed(stored)) return false;
  const { actId, registrationPoint, officerIin, departmentBin, stationId, at } = statement;
  const signing = { actId, registrationPoint, officerIin, departmentBin, stationId, at };
  const now = buildAcceptance(stored.dispatch, custody.marks(statement.dispatchId), signing);
  return desk.deps.clock.sha256(canonicalBytes(now)) === item.sha256;
}

/** It lies here, nobody else has it at a counter, and nothing of ours is signed or prepared about it. */
export function isReturnable(desk: OpenDesk, stored: StoredCase): boolean {
  const { stage, intent } = stored.state;
  return (
    (stage === 'at-point' || stage === 'at-counter') &&
    intent === null &&
    !heldByOther(desk, stored) &&
    !desk.session.store.custody.returning(stored.applicationId)
  );
}
