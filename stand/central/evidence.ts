// Evidence beside accepted acts: a time-stamp over each signature, and what was known of its certificate.
import { randomBytes } from 'node:crypto';
import { signatureValue } from '../../src/shared/cades/cades-t.ts';
import { signerCertificate } from '../../src/shared/cades/signer-certificate.ts';
import {
  buildTimeStampRequest,
  readTimeStampReply,
  verifyTimeStamp,
} from '../../src/shared/cades/timestamp.ts';
import type { ActEvidenceReply } from '../../src/shared/central/evidence.ts';
import { ServiceDead, type CaServices } from './ca-services.ts';
import { plusMs, record, type NodeContext } from './context.ts';
import { findRow, type Queryable } from './database.ts';
import { refuse } from './refusal.ts';
import { revocationOf, type RevocationProof } from './revocation.ts';
import type { Session } from './session.ts';

const AT_ONCE = 20;
const LONGEST_WAIT_MS = 60_000;

interface EvidenceRow {
  readonly act_id: string;
  readonly time_stamp: Uint8Array | null;
  readonly ocsp: Uint8Array | null;
  readonly crl: Uint8Array | null;
  readonly delta_crl: Uint8Array | null;
  readonly proof_at: Date | null;
}

/** Within the act's own transaction: what proves the certificate at acceptance; the stamp follows. */
export async function keepProof(
  tx: Queryable,
  actId: string,
  { ocsp, crl, deltaCrl }: RevocationProof,
  now: Date,
): Promise<void> {
  const kept = await tx.query(
    `insert into evidence (act_id, ocsp, crl, delta_crl, proof_at, attempts, next_try_at)
     values ($1, $2, $3, $4, $5, 0, $6) on conflict do nothing returning act_id`,
    [
      actId,
      ocsp,
      crl,
      deltaCrl,
      ocsp === null && crl === null ? null : now.toISOString(),
      now.toISOString(),
    ],
  );
  if (kept.length === 0) refuse('idempotency-mismatch'); // the id belongs to an act of another kind
}

interface DueRow {
  readonly act_id: string;
  readonly cms: Uint8Array;
  readonly time_stamp: Uint8Array | null;
  readonly proof_at: Date | null;
  readonly attempts: number;
}

/** Adds what is missing and due. A dead service leaves the act accepted and is asked again later. */
export async function addEvidence(node: NodeContext): Promise<void> {
  const { services, database } = node;
  if (services === null) return;
  const due = await database.query<DueRow>(
    `select e.act_id, a.cms, e.time_stamp, e.proof_at, e.attempts
     from evidence e join signed_act a on a.id = e.act_id
     where (e.time_stamp is null or e.proof_at is null) and e.next_try_at <= $1
     order by e.next_try_at limit ${AT_ONCE}`,
    [node.now().toISOString()],
  );
  for (const row of due) {
    const stamped = row.time_stamp !== null || (await stampRow(node, row));
    const proved = row.proof_at !== null || (await proveRow(node, services, row));
    if (stamped && proved) continue;
    const wait = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(row.attempts, 6));
    await database.query(
      'update evidence set attempts = attempts + 1, next_try_at = $2 where act_id = $1',
      [row.act_id, plusMs(node.now(), wait).toISOString()],
    );
  }
}

async function stampRow(node: NodeContext, { act_id: actId, cms, attempts }: DueRow) {
  const token = await stampOf(node, cms).catch((error: unknown) =>
    error instanceof ServiceDead ? 'no answer' : String(error),
  );
  const note = (event: string, detail: Record<string, unknown>) =>
    record(node.database, node.now(), { event, detail: { actId, ...detail } });
  if (typeof token === 'string') {
    if (attempts === 0) await note('stamp-failed', { error: token });
    return false;
  }
  await node.database.query('update evidence set time_stamp = $2 where act_id = $1', [
    actId,
    token,
  ]);
  await note('act-stamped', {});
  return true;
}

/** The act was accepted on an older answer: what the CA says now stands beside it. */
async function proveRow(node: NodeContext, services: CaServices, { act_id: actId, cms }: DueRow) {
  const certificate = signerCertificate(Uint8Array.from(cms));
  const now = node.now();
  const { answer, proof } = revocationOf(services, certificate, now);
  if (answer.status === 'unavailable') return false;
  await node.database.query(
    'update evidence set ocsp = $2, crl = $3, delta_crl = $4, proof_at = $5 where act_id = $1',
    [actId, proof.ocsp, proof.crl, proof.deltaCrl, now.toISOString()],
  );
  // Revoked meanwhile: the officer's station sees it in the evidence, the head in this journal.
  if (answer.status !== 'good')
    await record(node.database, now, {
      event: 'act-proof-bad',
      detail: { actId, status: answer.status },
    });
  return true;
}

/** The token over this signature, verified; else why there is none. */
async function stampOf(node: NodeContext, cms: Uint8Array): Promise<Uint8Array | string> {
  const stamped = signatureValue(Uint8Array.from(cms));
  const nonce = randomBytes(16);
  const reply = await node.services!.stamp(buildTimeStampRequest(stamped, nonce));
  const token = readTimeStampReply(reply);
  if (token === null) return 'refused by the authority';
  const verified = verifyTimeStamp({
    token,
    stamped,
    nonce,
    ...node.trust.of('tsa', node.now()),
    // The training authority has the machine's clock, the node may have another.
    between: { from: new Date(0), to: new Date(8.64e15) },
  });
  return verified.ok ? token : `${verified.code}: ${verified.detail}`;
}

const text = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString('base64');

/** For the act's own officer. */
export async function readEvidence(
  node: NodeContext,
  session: Session,
  actId: string,
): Promise<ActEvidenceReply> {
  const row = await findRow<EvidenceRow & { officer_iin: string }>(
    node.database,
    `select a.officer_iin, e.time_stamp, e.ocsp, e.crl, e.delta_crl, e.proof_at
     from signed_act a left join evidence e on e.act_id = a.id where a.id = $1`,
    [actId],
  );
  if (row === null) return refuse('not-found');
  if (row.officer_iin !== session.officer.iin) return refuse('out-of-scope');
  return {
    actId,
    timeStamp: text(row.time_stamp),
    askedAt: row.proof_at?.toISOString() ?? null,
    ocsp: text(row.ocsp),
    crl: text(row.crl),
    deltaCrl: text(row.delta_crl),
  };
}
