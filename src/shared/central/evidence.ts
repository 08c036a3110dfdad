// Revocation questions through the node, and the evidence it adds to an accepted act.
import { z } from 'zod';
import { base64, instant, sha256, uuid } from './common.ts';

/** The node passes the question on to the CA's own services: a station speaks to no other host. */
export const revocationRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ocsp'),
    /** SHA-256 of the issuing CA's certificate: which services to ask. */
    issuerSha256: sha256,
    /** DER of an OCSPRequest (RFC 6960) with the station's own nonce. */
    request: base64.max(4_000),
  }),
  z.strictObject({ kind: z.literal('crl'), issuerSha256: sha256 }),
]);

/** DER as the CA's service sent it; the station verifies it itself. */
export const revocationReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ocsp'), response: base64.max(100_000) }),
  z.strictObject({ kind: z.literal('crl'), base: base64, delta: base64.nullable() }),
  z.strictObject({
    kind: z.literal('unavailable'),
    why: z.enum(['no-responder', 'no-answer']),
  }),
]);
export type RevocationReply = z.infer<typeof revocationReply>;

/** What stands beside an act at the node; null = not there yet, ask again later. */
export const actEvidenceReply = z.strictObject({
  actId: uuid,
  /** TimeStampToken (RFC 3161) over the signature value. */
  timeStamp: base64.max(100_000).nullable(),
  /** When the CA was asked, at acceptance or as soon as it answered again: the answer is judged as of then. */
  askedAt: instant.nullable(),
  /** OCSPResponse, or else the lists. */
  ocsp: base64.max(100_000).nullable(),
  crl: base64.nullable(),
  deltaCrl: base64.nullable(),
});
export type ActEvidenceReply = z.infer<typeof actEvidenceReply>;
