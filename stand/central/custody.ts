// Signed custody acts: checked in the order of signing.md, accepted exactly once, kept with their bytes.
import type { z } from 'zod';
import {
  custodyStatement,
  type custodyReply,
  type CustodyStatement,
} from '../../src/shared/central/custody.ts';
import type { actRequest } from '../../src/shared/central/messages.ts';
import { lockApplications } from './card-moves.ts';
import { record, type NodeContext } from './context.ts';
import { findRow, type Queryable } from './database.ts';
import { lockDispatch } from './dispatches.ts';
import { keepProof } from './evidence.ts';
import { NodeRefused, refuse } from './refusal.ts';
import { demandReturnable, takeBack } from './return-cards.ts';
import { demandNotRevoked, type RevocationProof } from './revocation.ts';
import { demandPoint } from './scope.ts';
import type { Session } from './session.ts';
import {
  decodeSigned,
  MAX_CUSTODY_BYTES,
  readCanonical,
  verifySigned,
  type SignedBytes,
} from './signed-input.ts';
import { demandAcceptable, takeOver } from './take-over.ts';

type Reply = z.infer<typeof custodyReply>;

interface Submission {
  readonly session: Session;
  readonly statement: CustodyStatement;
  readonly signed: SignedBytes;
  readonly proof: RevocationProof;
  readonly paceMs: number;
  readonly actId: string;
}

/** The first answer again for the same bytes of the same officer; null when the act is new. */
async function replay(
  db: Queryable,
  actId: string,
  session: Session,
  signed: SignedBytes,
): Promise<Reply | null> {
  const row = await findRow<{
    officer_iin: string;
    statement: Uint8Array;
    cms: Uint8Array;
    accepted_at: Date;
  }>(db, 'select officer_iin, statement, cms, accepted_at from custody_act where id = $1', [actId]);
  if (row === null) return null;
  const same =
    row.officer_iin === session.officer.iin &&
    signed.statement.equals(row.statement) &&
    signed.cms.equals(row.cms);
  return same
    ? { actId, acceptedAt: row.accepted_at.toISOString() }
    : refuse('idempotency-mismatch');
}

/** Accepts a custody act, or refuses it; idempotent by its id, also when the first answer was lost. */
export async function submitCustody(
  node: NodeContext,
  session: Session,
  paceMs: number,
  { actId, ...request }: z.infer<typeof actRequest>,
): Promise<Reply> {
  const signed = decodeSigned(request, MAX_CUSTODY_BYTES);
  try {
    const known = await replay(node.database, actId, session, signed);
    if (known !== null) return known;
    demandPoint(session.officer);
    const statement = readCanonical(custodyStatement, signed.statement);
    if (statement.officerIin !== session.officer.iin)
      return refuse('statement-mismatch', { field: 'officerIin' });
    const officer = { iin: session.officer.iin, bin: session.officer.department.bin };
    const certificate = verifySigned(node, signed, officer);
    const proof = demandNotRevoked(node, certificate, 'act');
    const act = { session, statement, signed, proof, paceMs, actId };
    const reply = await node.database.transaction((tx) => accept(node, tx, act));
    node.wake.call();
    return reply;
  } catch (error) {
    if (error instanceof NodeRefused)
      await record(node.database, node.now(), {
        event: 'custody-refused',
        stationId: session.stationId,
        officerIin: session.officer.iin,
        detail: { actId, code: error.code, ...error.params },
      });
    throw error;
  }
}

/** Locks what the act moves, looks once more for a parallel submission of it, compares, stores, moves. */
async function accept(node: NodeContext, tx: Queryable, act: Submission): Promise<Reply> {
  const { session, statement, actId, paceMs } = act;
  if (statement.type === 'kualik/dispatch-acceptance') {
    const locked = (await lockDispatch(tx, statement.dispatchId)) ?? refuse('not-found');
    const won = await replay(tx, actId, session, act.signed);
    if (won !== null) return won;
    demandAcceptable(node, session, statement, actId, locked);
    const reply = await store(node, tx, act, statement.dispatchId);
    await takeOver(node, tx, session, statement, paceMs);
    return reply;
  }
  const ids = statement.cards.map(({ applicationId }) => applicationId);
  const locked = await lockApplications(tx, ids);
  const won = await replay(tx, actId, session, act.signed);
  if (won !== null) return won;
  const rows = await demandReturnable(node, tx, session, statement, actId, locked);
  const reply = await store(node, tx, act, null);
  await takeBack(node, tx, session, statement, rows, paceMs);
  return reply;
}

async function store(
  node: NodeContext,
  tx: Queryable,
  { session, statement, signed, proof, actId }: Submission,
  dispatchId: string | null,
): Promise<Reply> {
  const now = node.now();
  await tx.query(
    `insert into custody_act (id, kind, dispatch_id, officer_iin, station_id, point, statement, cms, accepted_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      actId,
      statement.type,
      dispatchId,
      session.officer.iin,
      session.stationId,
      statement.registrationPoint,
      signed.statement,
      signed.cms,
      now.toISOString(),
    ],
  );
  await keepProof(tx, actId, proof, now);
  await record(tx, now, {
    event: 'custody-accepted',
    stationId: session.stationId,
    officerIin: session.officer.iin,
    detail: { actId, kind: statement.type, dispatchId, ...countsOf(statement) },
  });
  return { actId, acceptedAt: now.toISOString() };
}

/** How many cards of which outcome or reason: what an audit asks first. */
function countsOf(statement: CustodyStatement): Record<string, number> {
  const words =
    statement.type === 'kualik/dispatch-acceptance'
      ? [...statement.cards.map(({ outcome }) => outcome), ...statement.extra.map(() => 'extra')]
      : statement.cards.map(({ reason }) => reason);
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
