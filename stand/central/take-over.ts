// A point takes a dispatch over: each card arrived, damaged or missing; accepted exactly once.
import type { Card, TimelineEntry } from '../../src/shared/central/application.ts';
import type { DispatchAcceptance } from '../../src/shared/central/custody.ts';
import type { ApplicationRow } from './application-row.ts';
import { lockApplications, moveCards, prolonged, type CardMove } from './card-moves.ts';
import { compareAcceptance } from './compare-custody.ts';
import { plusMs, record, type NodeContext } from './context.ts';
import type { Queryable } from './database.ts';
import { dispatchOf, type LockedDispatch } from './dispatches.ts';
import { refuse } from './refusal.ts';
import type { Session } from './session.ts';

type Said = DispatchAcceptance['cards'][number];

/** Compares the act with the locked list; refuses `out-of-scope`, `already-accepted`, `statement-mismatch`. */
export function demandAcceptable(
  node: NodeContext,
  session: Session,
  statement: DispatchAcceptance,
  actId: string,
  { row, cards }: LockedDispatch,
): void {
  if (row.point !== session.officer.registrationPoint?.code) refuse('out-of-scope');
  if (row.accepted_act !== null)
    refuse('already-accepted', {
      officerName: row.accepted_by ?? '',
      at: row.accepted_at?.toISOString() ?? '',
    });
  const dispatch = dispatchOf(row, cards);
  compareAcceptance(statement, actId, session, { dispatch, now: node.now() });
}

/** Writes who took the dispatch over and moves its cards; the act was compared and stored. */
export async function takeOver(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  statement: DispatchAcceptance,
  paceMs: number,
): Promise<void> {
  const { dispatchId, actId } = statement;
  const now = node.now();
  const rows = await lockApplications(
    tx,
    statement.cards.map(({ applicationId }) => applicationId),
  );
  await tx.query(
    'update dispatch set accepted_act = $2, accepted_at = $3, accepted_by = $4 where id = $1',
    [dispatchId, actId, now.toISOString(), session.officer.fullName],
  );
  await tx.query(
    `update dispatch_card set outcome = x.outcome
     from json_to_recordset($2::json) as x(n integer, outcome text)
     where dispatch_id = $1 and dispatch_card.n = x.n`,
    [dispatchId, JSON.stringify(statement.cards.map(({ outcome }, n) => ({ n, outcome })))],
  );
  await noteExtra(node, tx, session, statement);
  const moves: CardMove[] = [];
  for (const said of statement.cards) {
    const row = rows.get(said.applicationId);
    // The case went to another point meanwhile: its card goes after it, by its own life.
    const ours = row?.stage === 'sent' && row.dispatch_id === dispatchId && row.card !== null;
    if (!ours) continue;
    const here = row.point === statement.registrationPoint;
    moves.push(
      here
        ? arrival(row, row.card!, said, statement, session, now)
        : { ...asItWas(row), nextStageAt: paceMs > 0 ? plusMs(now, paceMs) : null },
    );
  }
  await moveCards(tx, moves);
}

const asItWas = ({ id, stage, card, timeline }: ApplicationRow): CardMove => ({
  id,
  stage,
  card,
  timeline,
  dispatchId: null,
  nextStageAt: null,
});

const EVENT = { arrived: 'arrived', missing: 'missing', damaged: 'card-damaged' } as const;

function arrival(
  row: ApplicationRow,
  card: Card,
  { outcome, place, note }: Said,
  { dispatchId, actId, at: saidAt }: DispatchAcceptance,
  { officer, stationId }: Session,
  now: Date,
): CardMove {
  const by = { id: actId, officer: officer.fullName, stationId };
  const entry: TimelineEntry = { at: now.toISOString(), event: EVENT[outcome], note, by };
  const timeline = prolonged(row.timeline, entry);
  // It may be found and come in a later dispatch; never by itself.
  if (outcome === 'missing') return { ...asItWas(row), timeline, dispatchId };
  return {
    ...asItWas(row),
    stage: 'at-point',
    timeline,
    card: {
      ...card,
      place,
      arrivedAt: saidAt,
      condition: outcome === 'damaged' ? 'damaged' : 'good',
    },
  };
}

/** Cards that were in the parcel and not on the list: whose, as far as the node knows. */
async function noteExtra(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  { extra, dispatchId, actId }: DispatchAcceptance,
): Promise<void> {
  if (extra.length === 0) return;
  const known = await tx.query<{ id: string; number: string }>(
    `select id, card->>'number' as number from application
     where card is not null and card->>'number' = any($1::text[])`,
    [extra.map(({ cardNumber }) => cardNumber)],
  );
  for (const { cardNumber } of extra)
    await record(tx, node.now(), {
      event: 'card-extra',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      applicationId: known.find(({ number }) => number === cardNumber)?.id,
      detail: { dispatchId, actId, cardNumber },
    });
}
