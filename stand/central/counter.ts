// The issuance counter: find by ticket, and reports of refusals at the counter (cl. 4.3: no proxy).
import type { z } from 'zod';
import type { Dossier } from '../../src/shared/central/application.ts';
import type { reportReply, reportRequest, ticketReply } from '../../src/shared/central/messages.ts';
import { headOf, SELECT_APPLICATION, type ApplicationRow } from './application-row.ts';
import { bump, lockInScope } from './claims.ts';
import { record, type NodeContext } from './context.ts';
import { findRow } from './database.ts';
import { refuse } from './refusal.ts';
import { demandRole, inScope, scopeOf } from './scope.ts';
import type { Session } from './session.ts';

/** The ticket is opaque: compared whole, never parsed. */
export async function findTicket(
  node: NodeContext,
  session: Session,
  ticket: string,
): Promise<z.infer<typeof ticketReply>> {
  const row = await findRow<ApplicationRow>(
    node.database,
    `${SELECT_APPLICATION} where a.ticket = $1`,
    [ticket],
  );
  if (row === null) return refuse('not-found');
  if (!inScope(scopeOf(session.officer), row)) return refuse('out-of-scope');
  const head = headOf(row, node.now());
  return { head, dossier: JSON.parse(row.dossier) as Dossier, card: head.card };
}

type ReportReply = z.infer<typeof reportReply>;

/** Records a refusal at the counter; the card stays. The same report twice is one report. */
export async function recordReport(
  node: NodeContext,
  session: Session,
  report: z.infer<typeof reportRequest>,
): Promise<ReportReply> {
  demandRole(session.officer, 'issuer');
  if (report.stationId !== session.stationId)
    return refuse('statement-mismatch', { field: 'stationId' });
  const body = JSON.stringify(report);
  const reply = await node.database.transaction(async (tx): Promise<ReportReply> => {
    const row = await lockInScope(tx, session, report.applicationId);
    const known = await findRow<{ body: unknown; recorded_at: Date }>(
      tx,
      'select body, recorded_at from report where id = $1',
      [report.reportId],
    );
    if (known !== null) {
      if (JSON.stringify(known.body) !== body) return refuse('idempotency-mismatch');
      return { reportId: report.reportId, recordedAt: known.recorded_at.toISOString() };
    }
    if (row.stage !== 'at-point') return refuse('stage-mismatch', { stage: row.stage });
    const recordedAt = node.now().toISOString();
    await tx.query(
      `insert into report (id, application_id, officer_iin, body, recorded_at)
       values ($1, $2, $3, $4::json, $5)`,
      [report.reportId, row.id, session.officer.iin, body, recordedAt],
    );
    await record(tx, node.now(), {
      event: 'hand-over-refused',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      applicationId: row.id,
      detail: { reason: report.reason },
    });
    const { officer, stationId } = session;
    const by = { id: report.reportId, officer: officer.fullName, stationId };
    const entry = { at: recordedAt, event: 'hand-over-refused', note: report.reason, by };
    // The head holds at most 60 entries; the first three (filed, registered, routed) stay.
    const kept = row.timeline.length < 60 ? row.timeline : row.timeline.toSpliced(3, 1);
    await tx.query('update application set timeline = $2::json where id = $1', [
      row.id,
      JSON.stringify([...kept, entry]),
    ]);
    await bump(tx, row.id);
    return { reportId: report.reportId, recordedAt };
  });
  node.wake.call();
  return reply;
}
