// Cards leave a point for the centre: a spoilt or wrong one is made anew, an uncollected one stays there.
import type { TimelineEntry } from '../../src/shared/central/application.ts';
import type { CardReturn } from '../../src/shared/central/custody.ts';
import type { ApplicationRow } from './application-row.ts';
import { moveCards, prolonged } from './card-moves.ts';
import { demandNoOther } from './claims.ts';
import { compareReturn } from './compare-custody.ts';
import { plusMs, type NodeContext } from './context.ts';
import type { Queryable } from './database.ts';
import { NodeRefused, refuse } from './refusal.ts';
import type { Session } from './session.ts';

type Said = CardReturn['cards'][number];

/**
 * The locked applications of the act in its order, each at this point and under nobody else's claim.
 * Refuses `not-found`, `out-of-scope`, `stage-mismatch`, `claimed-by-other`, `lease-unsettled` (all with
 * `ticket`), `statement-mismatch`. The own claim or issue lease of a card ends with its return.
 */
export async function demandReturnable(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  statement: CardReturn,
  actId: string,
  locked: ReadonlyMap<string, ApplicationRow>,
): Promise<ApplicationRow[]> {
  const rows: ApplicationRow[] = [];
  const leases: number[] = [];
  for (const { applicationId, ticket } of statement.cards) {
    const row = locked.get(applicationId) ?? refuse('not-found', { ticket });
    if (row.point !== session.officer.registrationPoint?.code) refuse('out-of-scope', { ticket });
    if (row.stage !== 'at-point') refuse('stage-mismatch', { stage: row.stage, ticket });
    const lease = await ofCard(ticket, () => demandNoOther(node, tx, session, row));
    if (lease !== null) leases.push(lease.no);
    rows.push(row);
  }
  compareReturn(statement, actId, session, { rows, now: node.now() });
  await tx.query("update lease set ended = 'released', until = $2 where no = any($1::bigint[])", [
    leases,
    node.now().toISOString(),
  ]);
  return rows;
}

/** A refusal says of which card of the act it speaks. */
async function ofCard<T>(ticket: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof NodeRefused)) throw error;
    throw new NodeRefused(error.code, { ...error.params, ticket });
  }
}

/** Moves the cards; the act was compared and stored. */
export async function takeBack(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  { actId, cards }: CardReturn,
  rows: readonly ApplicationRow[],
  paceMs: number,
): Promise<void> {
  const now = node.now();
  const by = { id: actId, officer: session.officer.fullName, stationId: session.stationId };
  const entry = (event: TimelineEntry['event'], note: string | null): TimelineEntry => ({
    at: now.toISOString(),
    event,
    note,
    by,
  });
  await moveCards(
    tx,
    rows.map((row, i) => {
      const { remake, note } = cards[i] as Said;
      const events = [entry('card-returned', note)];
      if (remake) events.push(entry('remake-ordered', null));
      return {
        id: row.id,
        stage: remake ? 'in-production' : 'returned',
        // A new card gets a new number when it is made.
        card: remake || row.card === null ? null : { ...row.card, place: null },
        timeline: prolonged(row.timeline, ...events),
        dispatchId: null,
        nextStageAt: remake && paceMs > 0 ? plusMs(now, paceMs) : null,
      };
    }),
  );
}
