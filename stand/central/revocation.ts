// Revocation at the node: asks the CA's services for itself, and passes stations' questions on.
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { NcaCertificate } from '../../src/shared/cades/certificate-types.ts';
import { readCrlAnswer } from '../../src/shared/cades/crl.ts';
import { buildOcspRequest, readOcspAnswer } from '../../src/shared/cades/ocsp.ts';
import type { RevocationAnswer } from '../../src/shared/cades/revocation.ts';
import type { revocationRequest, RevocationReply } from '../../src/shared/central/evidence.ts';
import { ServiceDead, type CaServices } from './ca-services.ts';
import { HOUR, type NodeContext } from './context.ts';
import { refuse } from './refusal.ts';

/** DER that proves an answer, kept with the act. */
export interface RevocationProof {
  readonly ocsp: Uint8Array | null;
  readonly crl: Uint8Array | null;
  readonly deltaCrl: Uint8Array | null;
}

export const NO_PROOF: RevocationProof = { ocsp: null, crl: null, deltaCrl: null };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** OCSP first; when it says nothing, fresh lists. "Unknown" is an answer and ends the question. */
export function revocationOf(
  services: CaServices,
  certificate: NcaCertificate,
  now: Date,
): { readonly answer: RevocationAnswer; readonly proof: RevocationProof } {
  const { issuer } = services;
  const nonce = randomBytes(16);
  const asked = tried(() => services.ocsp(buildOcspRequest({ certificate, issuer, nonce })));
  if (asked !== null) {
    const answer = readOcspAnswer({ response: asked, certificate, issuer, nonce, now });
    if (answer.status !== 'unavailable') return { answer, proof: { ...NO_PROOF, ocsp: asked } };
  }
  const lists = tried(() => services.lists());
  if (lists === null)
    return {
      answer: { status: 'unavailable', why: 'no-answer', detail: 'neither OCSP nor lists' },
      proof: NO_PROOF,
    };
  return {
    answer: readCrlAnswer({ ...lists, certificate, issuer, now }),
    proof: { ocsp: null, crl: lists.base, deltaCrl: lists.delta },
  };
}

function tried<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ServiceDead) return null;
    throw error;
  }
}

/**
 * Refuses a revoked certificate and one its CA does not know. While nothing can be learnt, an answer
 * of the last hours (trust list) serves; without one the officer is asked to wait, never refused.
 */
export function demandNotRevoked(
  node: NodeContext,
  certificate: NcaCertificate,
  patience: 'log-in' | 'act',
): RevocationProof {
  const { services, lastGood } = node;
  if (services === null) return NO_PROOF;
  const now = node.now();
  const { answer, proof } = revocationOf(services, certificate, now);
  switch (answer.status) {
    case 'good':
      lastGood.set(certificate.sha256, answer.asOf);
      return proof;
    case 'revoked':
      return refuse('certificate-refused', { reason: 'revoked' });
    case 'unknown':
      return refuse('certificate-refused', { reason: 'status-unknown' });
    case 'unavailable': {
      const known = lastGood.get(certificate.sha256)?.getTime() ?? 0;
      const fresh = now.getTime() - known <= node.trust.officerHours * HOUR;
      // Nothing is signed at log-in that another relies on.
      if (fresh || patience === 'log-in') return NO_PROOF;
      return refuse('unavailable', { reason: 'revocation-unavailable' });
    }
  }
}

/** A station's question, passed on as it is. */
export function passOn(
  node: NodeContext,
  question: z.infer<typeof revocationRequest>,
): RevocationReply {
  const { services } = node;
  if (services === null || question.issuerSha256 !== services.issuer.sha256)
    return { kind: 'unavailable', why: 'no-responder' };
  if (question.kind === 'ocsp') {
    const response = tried(() => services.ocsp(Buffer.from(question.request, 'base64')));
    return response === null
      ? { kind: 'unavailable', why: 'no-answer' }
      : { kind: 'ocsp', response: base64(response) };
  }
  const lists = tried(() => services.lists());
  return lists === null
    ? { kind: 'unavailable', why: 'no-answer' }
    : { kind: 'crl', base: base64(lists.base), delta: base64(lists.delta) };
}
