// Officers' signed acts: checked in the order of signing.md, accepted exactly once, kept with their bytes.
import type { z } from 'zod';
import { dossier as dossierSchema, type Head } from '../../src/shared/central/application.ts';
import type { ActReply, actRequest } from '../../src/shared/central/messages.ts';
import { actStatement, type ActStatement } from '../../src/shared/central/statement.ts';
import { isDamaged, type ApplicationRow } from './application-row.ts';
import { bump, demandLeaseOfAct, lockInScope } from './claims.ts';
import { compareStatement } from './compare-statement.ts';
import { nextSeq, plusMs, record, type NodeContext } from './context.ts';
import { findRow, type Queryable } from './database.ts';
import { keepProof } from './evidence.ts';
import { NodeRefused, refuse } from './refusal.ts';
import { demandNotRevoked, type RevocationProof } from './revocation.ts';
import { demandRole } from './scope.ts';
import type { Session } from './session.ts';
import { decodeSigned, readCanonical, verifySigned, type SignedBytes } from './signed-input.ts';

interface ActRow {
  readonly officer_iin: string;
  readonly statement: Uint8Array;
  readonly cms: Uint8Array;
  readonly accepted_at: Date;
  readonly stage: ActReply['stage'];
}

/** `stage` = where the act moved the application; where it stands now is in the feed. */
const replyOf = (actId: string, row: ActRow): ActReply => ({
  actId,
  acceptedAt: row.accepted_at.toISOString(),
  stage: row.stage,
});

const findActRow = (db: Queryable, actId: string): Promise<ActRow | null> =>
  findRow<ActRow>(
    db,
    'select officer_iin, statement, cms, accepted_at, stage from act where id = $1',
    [actId],
  );

/** The same bytes of the same officer get the first answer again; anything else is refused. */
function replay(actId: string, row: ActRow, session: Session, signed: SignedBytes): ActReply {
  const same =
    row.officer_iin === session.officer.iin &&
    signed.statement.equals(row.statement) &&
    signed.cms.equals(row.cms);
  return same ? replyOf(actId, row) : refuse('idempotency-mismatch');
}

/** Accepts an act, or refuses it; idempotent by its id, also when the first answer was lost. */
export async function submitAct(
  node: NodeContext,
  session: Session,
  paceMs: number,
  request: z.infer<typeof actRequest>,
): Promise<ActReply> {
  const signed = decodeSigned(request);
  try {
    const known = await findActRow(node.database, request.actId);
    if (known !== null) return replay(request.actId, known, session, signed);
    const statement = readCanonical(actStatement, signed.statement);
    demandRole(session.officer, statement.type === 'kualik/hand-over' ? 'issuer' : 'reviewer');
    if (statement.officerIin !== session.officer.iin)
      return refuse('statement-mismatch', { field: 'officerIin' });
    const officer = { iin: session.officer.iin, bin: session.officer.department.bin };
    const certificate = verifySigned(node, signed, officer);
    const proof = demandNotRevoked(node, certificate, 'act');
    const reply = await node.database.transaction(async (tx) => {
      const row = await lockInScope(tx, session, statement.applicationId);
      // A parallel submission of the same act may have won while we waited for the lock.
      const won = await findActRow(tx, request.actId);
      if (won !== null) return replay(request.actId, won, session, signed);
      return accept(node, tx, {
        session,
        row,
        statement,
        signed,
        proof,
        paceMs,
        actId: request.actId,
      });
    });
    node.wake.call();
    return reply;
  } catch (error) {
    if (error instanceof NodeRefused)
      await record(node.database, node.now(), {
        event: 'act-refused',
        stationId: session.stationId,
        officerIin: session.officer.iin,
        detail: { actId: request.actId, code: error.code, ...error.params },
      });
    throw error;
  }
}

interface Submission {
  readonly session: Session;
  readonly row: ApplicationRow;
  readonly statement: ActStatement;
  readonly signed: SignedBytes;
  readonly proof: RevocationProof;
  readonly paceMs: number;
  readonly actId: string;
}

async function accept(node: NodeContext, tx: Queryable, act: Submission): Promise<ActReply> {
  const { session, row, statement } = act;
  if (statement.revision !== row.revision) refuse('revision-mismatch', { revision: row.revision });
  const needed = statement.type === 'kualik/hand-over' ? 'at-point' : 'pending';
  if (row.stage !== needed || isDamaged(row)) refuse('stage-mismatch', { stage: row.stage });
  const lease = await demandLeaseOfAct(node, tx, session, row, new Date(statement.at));
  const dossier = dossierSchema.parse(JSON.parse(row.dossier));
  const now = node.now();
  compareStatement(statement, act.actId, {
    row,
    dossier,
    lease,
    session,
    config: node.config,
    now,
  });
  const stored: ActRow = {
    officer_iin: session.officer.iin,
    statement: act.signed.statement,
    cms: act.signed.cms,
    accepted_at: now,
    stage: STAGE_AFTER[statement.type],
  };
  const inserted = await tx.query(
    `insert into act (id, application_id, kind, officer_iin, station_id, statement, cms, accepted_at, stage)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
    [
      act.actId,
      row.id,
      statement.type,
      stored.officer_iin,
      session.stationId,
      stored.statement,
      stored.cms,
      now.toISOString(),
      stored.stage,
    ],
  );
  if (inserted.length === 0) refuse('idempotency-mismatch'); // the id belongs to another case's act
  await keepProof(tx, act.actId, act.proof, now);
  await tx.query("update lease set ended = 'decided', until = $2 where no = $1", [
    lease.no,
    now.toISOString(),
  ]);
  await record(tx, now, {
    event: 'act-accepted',
    stationId: session.stationId,
    officerIin: session.officer.iin,
    applicationId: row.id,
    detail: { actId: act.actId, kind: statement.type },
  });
  await move(tx, act, now);
  return replyOf(act.actId, stored);
}

const STAGE_AFTER = {
  'kualik/approval': 'in-production',
  'kualik/annulment': 'annulled',
  'kualik/hand-over': 'issued',
} as const satisfies Record<ActStatement['type'], ActReply['stage']>;

/** The application's new stage, decision and time line; production starts its clock. */
async function move(tx: Queryable, act: Submission, now: Date): Promise<void> {
  const { statement, row, paceMs } = act;
  const at = now.toISOString();
  const stage = STAGE_AFTER[statement.type];
  if (statement.type === 'kualik/hand-over') {
    const { officer, stationId } = act.session;
    const by = { id: act.actId, officer: officer.fullName, stationId };
    const timeline = [...row.timeline, { at, event: 'issued', note: null, by }];
    await tx.query('update application set stage = $2, timeline = $3::json where id = $1', [
      row.id,
      stage,
      JSON.stringify(timeline),
    ]);
    return bump(tx, row.id);
  }
  const approved = statement.type === 'kualik/approval';
  const decision: Head['decision'] = {
    kind: approved ? 'approve' : 'annul',
    at,
    actId: act.actId,
    reasons: approved ? [] : statement.reasons.map(({ code }) => code),
  };
  const events = approved ? ['approved', 'production-started'] : ['annulled'];
  const timeline = [...row.timeline, ...events.map((event) => ({ at, event, note: null }))];
  const seq = await nextSeq(tx);
  await tx.query(
    `update application set stage = $2, timeline = $3::json, decision = $4::json, next_stage_at = $5,
       seq = $6, point_seq = $7 where id = $1`,
    [
      row.id,
      stage,
      JSON.stringify(timeline),
      JSON.stringify(decision),
      approved && paceMs > 0 ? plusMs(now, paceMs).toISOString() : null,
      seq,
      approved ? seq : null, // from production on the registration point sees it, with its dossier
    ],
  );
}

/** What became of an act: the way back from a lost answer. Only its own officer is told. */
export async function findAct(
  node: NodeContext,
  session: Session,
  actId: string,
): Promise<ActReply> {
  const row = await findActRow(node.database, actId);
  if (row === null) return refuse('not-found');
  return row.officer_iin === session.officer.iin ? replyOf(actId, row) : refuse('out-of-scope');
}
