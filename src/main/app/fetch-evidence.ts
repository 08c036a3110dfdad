// Fetches what the node added to accepted acts, verifies it here, and keeps it beside the signature.
import { signatureValue } from '../../shared/cades/cades-t.ts';
import { readCrlAnswer } from '../../shared/cades/crl.ts';
import { readOcspAnswer } from '../../shared/cades/ocsp.ts';
import type { RevocationAnswer } from '../../shared/cades/revocation.ts';
import { signerCertificate } from '../../shared/cades/signer-certificate.ts';
import { buildChain } from '../../shared/cades/chain.ts';
import { verifyTimeStamp } from '../../shared/cades/timestamp.ts';
import type { ActEvidenceReply } from '../../shared/central/evidence.ts';
import type { Evidence } from '../ports/evidence-store.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { journal, noteLine, nowText, type OpenDesk } from './desk.ts';

const AT_ONCE = 20;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10 * 60_000;
/** Clocks of token time, station, node and authority; an act may also have waited for the line. */
const SKEW_MS = 10 * 60_000;

const bytes = (text: string | null): Uint8Array | null =>
  text === null ? null : Uint8Array.from(Buffer.from(text, 'base64'));

/** Acts whose evidence is due to be asked for. */
export const evidenceDue = (desk: OpenDesk): boolean =>
  desk.session.store.evidence.due(nowText(desk), 1).length > 0;

/** Asks for a few; a dead authority only means that the node answers "not yet". */
export async function fetchEvidence(desk: OpenDesk, signal: AbortSignal): Promise<void> {
  const { store } = desk.session;
  for (const actId of store.evidence.due(nowText(desk), AT_ONCE)) {
    if (signal.aborted) return;
    const item = store.outbox.find(actId);
    if (item === null || item.cms === null) continue;
    const answer = await desk.deps.node.actEvidence(actId);
    if (signal.aborted) return;
    if (!answer.ok) {
      later(desk, actId);
      noteLine(desk, answer.failure);
      if (answer.failure.kind === 'no-answer') return;
      continue;
    }
    if (answer.value.timeStamp === null) {
      later(desk, actId);
      continue;
    }
    const read = verifyEvidence(desk, item, answer.value);
    keep(desk, item, read);
    // A stamp alone is worth keeping; what the CA says is still waited for.
    if (typeof read !== 'string' && read.facts.revocation === null) later(desk, actId);
  }
}

function later(desk: OpenDesk, actId: string): void {
  const { evidence } = desk.session.store;
  const wait = Math.min(
    LONGEST_WAIT_MS,
    FIRST_WAIT_MS * 2 ** Math.min(evidence.attempts(actId), 10),
  );
  const at = new Date(desk.deps.clock.now().getTime() + wait).toISOString();
  desk.session.store.transaction(() => evidence.waitUntil(actId, at));
}

function keep(desk: OpenDesk, item: OutboxItem, read: Evidence | string): void {
  const { store } = desk.session;
  const ticket = store.cases.find(item.applicationId)?.dossier.ticket ?? null;
  store.transaction(() => {
    if (typeof read === 'string') {
      store.evidence.refuse(item.id, read);
      journal(desk, 'evidence-refused', ticket, { act: item.id, code: read });
    } else {
      store.evidence.keep(read);
      const { timeStampedAt, revocation } = read.facts;
      journal(desk, 'evidence-kept', ticket, {
        act: item.id,
        timeStampedAt,
        revocation: revocation ?? 'none',
      });
    }
  });
  if (typeof read === 'string') desk.deps.log('evidence-refused', { code: read });
  desk.deps.push({ topic: 'outbox' });
}

/**
 * The stamp must be over this very signature, by an authority of the trust list, at a time it can have;
 * a revocation answer must say "good" of this signer. The refusal's code, when something is wrong.
 */
export function verifyEvidence(
  desk: OpenDesk,
  item: Pick<OutboxItem, 'id' | 'cms' | 'createdAt' | 'acceptedAt'>,
  reply: ActEvidenceReply,
): Evidence | string {
  const timeStamp = bytes(reply.timeStamp);
  if (item.cms === null || timeStamp === null) return 'missing';
  const { clock, trust } = desk.deps;
  const now = clock.now();
  const current = trust.current();
  const stamp = verifyTimeStamp({
    token: timeStamp,
    stamped: signatureValue(item.cms),
    nonce: null,
    ...current.of('tsa', now),
    between: {
      from: new Date(Date.parse(item.createdAt) - SKEW_MS),
      to: new Date(now.getTime() + SKEW_MS),
    },
  });
  if (!stamp.ok) return stamp.code;
  if (current.tsaPolicies.length > 0 && !current.tsaPolicies.includes(stamp.policy))
    return 'policy-unknown';
  const proof = { ocsp: bytes(reply.ocsp), crl: bytes(reply.crl), deltaCrl: bytes(reply.deltaCrl) };
  // As of when the CA was asked; an answer from before the acceptance would prove nothing of it.
  const at = new Date(reply.askedAt ?? now);
  if (at.getTime() < Date.parse(item.createdAt) - SKEW_MS) return 'proof-too-old';
  const answer = revocationThen(desk, item.cms, proof, at);
  if (answer !== null && answer.status !== 'good')
    return answer.status === 'unavailable' ? answer.why : answer.status;
  return {
    actId: item.id,
    timeStamp,
    ...proof,
    facts: {
      timeStampedAt: stamp.at.toISOString(),
      tsa: stamp.tsa.subjectCommonName ?? stamp.tsa.serialHex,
      revocation: answer?.source ?? null,
    },
  };
}

/** What the proof says of the signer as of the acceptance; null when none was sent. */
function revocationThen(
  desk: OpenDesk,
  cms: Uint8Array,
  { ocsp, crl, deltaCrl }: Pick<Evidence, 'ocsp' | 'crl' | 'deltaCrl'>,
  now: Date,
): RevocationAnswer | null {
  if (ocsp === null && crl === null) return null;
  const certificate = signerCertificate(cms);
  const trust = desk.deps.trust.current().of('officer', now);
  const path = buildChain({ leaf: certificate, ...trust, now });
  const issuer = path.ok ? path.path[1] : undefined;
  if (issuer === undefined) return { status: 'unavailable', why: 'no-responder', detail: 'path' };
  if (ocsp !== null)
    return readOcspAnswer({ response: ocsp, certificate, issuer, nonce: null, now });
  return readCrlAnswer({ base: crl!, delta: deltaCrl, certificate, issuer, now });
}
