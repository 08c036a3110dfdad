// Where a card lies at its point: reported by the counter, the newest word counts, the same twice is one.
import type { z } from 'zod';
import type { placementReply, placementRequest } from '../../src/shared/central/custody.ts';
import { bump, lockInScope } from './claims.ts';
import { MINUTE, record, type NodeContext } from './context.ts';
import { findRow } from './database.ts';
import { refuse } from './refusal.ts';
import { demandPoint } from './scope.ts';
import type { Session } from './session.ts';

const SKEW_MS = 5 * MINUTE;

/** Refuses `stage-mismatch` when the card is not at the point, `out-of-scope` when at another. */
export async function placeCard(
  node: NodeContext,
  session: Session,
  request: z.infer<typeof placementRequest>,
): Promise<z.infer<typeof placementReply>> {
  const point = demandPoint(session.officer);
  if (request.stationId !== session.stationId)
    return refuse('statement-mismatch', { field: 'stationId' });
  const said = Date.parse(request.at);
  if (said > node.now().getTime() + SKEW_MS) return refuse('statement-mismatch', { field: 'at' });
  const body = JSON.stringify(request);
  const { placementId } = request;
  const reply = await node.database.transaction(async (tx) => {
    const row = await lockInScope(tx, session, request.applicationId);
    const known = await findRow<{ body: unknown; recorded_at: Date }>(
      tx,
      'select body, recorded_at from placement where id = $1',
      [placementId],
    );
    if (known !== null) {
      if (JSON.stringify(known.body) !== body) return refuse('idempotency-mismatch');
      return { placementId, recordedAt: known.recorded_at.toISOString() };
    }
    if (row.point !== point) return refuse('out-of-scope');
    if (row.stage !== 'at-point' || row.card === null)
      return refuse('stage-mismatch', { stage: row.stage });
    const newer = await findRow(
      tx,
      'select id from placement where application_id = $1 and said_at > $2 limit 1',
      [row.id, request.at],
    );
    // Said offline and sent late: a newer word stands, and a place of a card returned since is none of this one.
    const stale = newer !== null || said < Date.parse(row.card.arrivedAt ?? '') - SKEW_MS;
    const recordedAt = node.now().toISOString();
    await tx.query(
      `insert into placement (id, application_id, officer_iin, body, said_at, recorded_at)
       values ($1, $2, $3, $4::json, $5, $6)`,
      [placementId, row.id, session.officer.iin, body, request.at, recordedAt],
    );
    await record(tx, node.now(), {
      event: 'card-placed',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      applicationId: row.id,
      detail: { placementId, place: request.place, stale },
    });
    if (stale) return { placementId, recordedAt };
    await tx.query('update application set card = $2::json where id = $1', [
      row.id,
      JSON.stringify({ ...row.card, place: request.place }),
    ]);
    await bump(tx, row.id);
    return { placementId, recordedAt };
  });
  node.wake.call();
  return reply;
}
