// OCSP of RFC 6960 with the nonce of RFC 8954: the question is built here, the answer read strictly.
import type { NcaCertificate } from './certificate-types.ts';
import { readCertificate } from './certificate.ts';
import { issuedBy } from './chain.ts';
import { DerError, readDer, sameBytes, type DerNode } from './der.ts';
import { child, expectTag, oidText, TAG, timeValue, wholeBits } from './der-values.ts';
import { context, nothing, octets, oid, sequence } from './der-write.ts';
import { OID } from './oids.ts';
import {
  answered,
  CRL_REASONS,
  NotAvailable,
  REVOCATION_SKEW_MS,
  type RevocationAnswer,
} from './revocation.ts';
import { digest, publicKeyBits, signedBy } from './signed-by.ts';

/** An answer with its responder's certificate is 2–3 KB. */
export const OCSP_LIMITS = { maxBytes: 64 * 1024, maxDepth: 24, maxNodes: 4000 } as const;
/** An answer that names no next update is used this long. */
const WITHOUT_NEXT_UPDATE_MS = 60 * 60_000;

export interface OcspQuestion {
  readonly certificate: NcaCertificate;
  readonly issuer: NcaCertificate;
  /** 16–32 random bytes (RFC 8954). */
  readonly nonce: Uint8Array;
}

/** CertID with SHA-256 names: which certificate is meant. */
export const certificateId = (certificate: NcaCertificate, issuer: NcaCertificate): Uint8Array =>
  sequence(
    sequence(oid(OID.sha256), nothing()),
    octets(digest('sha256', issuer.subjectDer)),
    octets(digest('sha256', publicKeyBits(issuer))),
    certificate.serialDer,
  );

/** DER of an OCSPRequest for one certificate, unsigned. @throws RangeError for a nonce of another length */
export function buildOcspRequest({ certificate, issuer, nonce }: OcspQuestion): Uint8Array {
  if (nonce.length < 16 || nonce.length > 32) throw new RangeError('nonce of 16 to 32 bytes');
  const extension = sequence(oid(OID.ocspNonce), octets(octets(nonce)));
  return sequence(
    sequence(
      sequence(sequence(certificateId(certificate, issuer))),
      context(2, sequence(extension)),
    ),
  );
}

export interface OcspAnswerInput {
  readonly response: Uint8Array;
  readonly certificate: NcaCertificate;
  readonly issuer: NcaCertificate;
  /** The nonce that was asked; null only for an answer kept from before (cache, evidence). */
  readonly nonce: Uint8Array | null;
  /** When the answer is judged: now, or the time of the signature it is evidence for. */
  readonly now: Date;
}

const REFUSALS: Readonly<Record<number, string>> = {
  1: 'malformed request',
  2: 'internal error',
  3: 'try later',
  5: 'signature required',
  6: 'unauthorised',
};

/** Reads and verifies an answer; never throws for bad bytes. */
export function readOcspAnswer(input: OcspAnswerInput): RevocationAnswer {
  return answered(
    'malformed',
    (error) => error instanceof DerError,
    () => read(input),
  );
}

function read({ response, certificate, issuer, nonce, now }: OcspAnswerInput): RevocationAnswer {
  const outer = expectTag(readDer(response, OCSP_LIMITS), TAG.sequence);
  const code = expectTag(outer.children[0], 0x0a).body[0] ?? 0;
  if (code !== 0) throw new NotAvailable('responder-refused', REFUSALS[code] ?? `status ${code}`);
  const box = child(child(outer, 1, 0xa0), 0, TAG.sequence);
  if (oidText(box.children[0]) !== OID.ocspBasic) throw new DerError('not a basic answer');
  const basic = readDer(child(box, 1, TAG.octetString).body, OCSP_LIMITS);
  const data = child(basic, 0, TAG.sequence);
  const certificates = basic.children[3];
  // Nothing stands in an answer that is not read: an altered byte cannot hide.
  if (outer.children.length !== 2 || box.children.length !== 2 || basic.children.length > 4)
    throw new DerError('parts of the answer');
  if (certificates !== undefined) child(expectTag(certificates, 0xa0), 0, TAG.sequence);
  const responder = responderOf(basic, data, issuer, now);
  if (!signedBy(responder, child(basic, 1), data.raw, wholeBits(basic.children[2])))
    throw new NotAvailable('signature-invalid', 'the answer is not signed with the responder key');
  const parts = data.children.filter((node, i) => !(i === 0 && node.tag === 0xa0));
  const [, producedAt, list, extensions] = parts;
  checkNonce(extensions, nonce);
  const single = singleFor(expectTag(list, TAG.sequence).children, certificate, issuer);
  return judge(single, timeValue(producedAt), now);
}

/**
 * Who signed: the CA itself, or a responder the CA named for this (id-kp-OCSPSigning, nocheck).
 * A certificate of anybody else, also of the same root, is foreign.
 */
function responderOf(
  basic: DerNode,
  data: DerNode,
  issuer: NcaCertificate,
  now: Date,
): NcaCertificate {
  const id = data.children.find((node) => node.tag === 0xa1 || node.tag === 0xa2)?.children[0];
  const named = (one: NcaCertificate): boolean =>
    id?.tag === TAG.sequence
      ? sameBytes(id.raw, one.subjectDer)
      : id?.tag === TAG.octetString && sameBytes(id.body, digest('sha1', publicKeyBits(one)));
  if (named(issuer)) return issuer;
  for (const node of basic.children[3]?.children[0]?.children ?? []) {
    const parsed = readCertificate(node.raw);
    if (!parsed.ok || !named(parsed.certificate)) continue;
    const one = parsed.certificate;
    if (!one.ekuOids.includes(OID.ocspSigning) || !one.extensionOids.includes(OID.ocspNoCheck))
      throw new NotAvailable('foreign-responder', 'the responder has no right to answer');
    if (!sameBytes(one.issuerDer, issuer.subjectDer) || !issuedBy(one, issuer))
      throw new NotAvailable('foreign-responder', 'the responder is not named by this CA');
    if (now < one.notBefore || now > one.notAfter || one.unknownCritical.length > 0)
      throw new NotAvailable('foreign-responder', 'the responder is out of its dates');
    return one;
  }
  throw new NotAvailable('foreign-responder', 'the responder is not known');
}

function checkNonce(extensions: DerNode | undefined, nonce: Uint8Array | null): void {
  if (nonce === null) return;
  const found = extensions?.children[0]?.children.find(
    (one) => oidText(one.children[0]) === OID.ocspNonce,
  );
  if (extensions?.tag !== 0xa1 || found === undefined)
    throw new NotAvailable('nonce-missing', 'the answer carries no nonce: it may be an old one');
  const value = expectTag(found.children[found.children.length - 1], TAG.octetString);
  if (!sameBytes(value.body, octets(nonce)))
    throw new NotAvailable('nonce-mismatch', 'the answer belongs to another question');
}

function singleFor(
  list: readonly DerNode[],
  certificate: NcaCertificate,
  issuer: NcaCertificate,
): DerNode {
  const fits = (id: DerNode): boolean => {
    const hash = oidText(child(id, 0, TAG.sequence).children[0]);
    const name = hash === OID.sha256 ? 'sha256' : hash === OID.sha1 ? 'sha1' : null;
    return (
      name !== null &&
      sameBytes(child(id, 1, TAG.octetString).body, digest(name, issuer.subjectDer)) &&
      sameBytes(child(id, 2, TAG.octetString).body, digest(name, publicKeyBits(issuer))) &&
      sameBytes(child(id, 3, TAG.integer).raw, certificate.serialDer)
    );
  };
  const found = list.filter((one) => fits(child(one, 0, TAG.sequence)));
  const [only] = found;
  if (only === undefined || found.length !== 1)
    throw new NotAvailable('other-certificate', 'the answer is about another certificate');
  return only;
}

function judge(single: DerNode, producedAt: Date, now: Date): RevocationAnswer {
  const [, state, thisNode, ...rest] = single.children;
  const asOf = timeValue(thisNode);
  const next = rest.find((node) => node.tag === 0xa0)?.children[0];
  const until = next ? timeValue(next) : new Date(asOf.getTime() + WITHOUT_NEXT_UPDATE_MS);
  const ahead = now.getTime() + REVOCATION_SKEW_MS;
  if (asOf.getTime() > ahead || producedAt.getTime() > ahead)
    throw new NotAvailable('stale', 'the answer is of the future');
  if (until.getTime() < now.getTime() - REVOCATION_SKEW_MS)
    throw new NotAvailable('stale', 'the answer has run out');
  switch (state?.tag) {
    case 0x80:
      return { status: 'good', source: 'ocsp', asOf, until };
    case 0xa1: {
      const code = state.children[1]?.children[0];
      const reason = code ? (CRL_REASONS[expectTag(code, 0x0a).body[0] ?? 0] ?? null) : null;
      const at = timeValue(state.children[0]);
      return { status: 'revoked', source: 'ocsp', at, reason, asOf };
    }
    case 0x82:
      return { status: 'unknown', source: 'ocsp', asOf };
    default:
      throw new DerError('certificate status');
  }
}

export interface OcspRequestFacts {
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly hash: 'sha1' | 'sha256';
  readonly serialDer: Uint8Array;
  /** CertID as it was asked: the answer repeats it. */
  readonly idDer: Uint8Array;
  readonly nonceDer: Uint8Array | null;
}

/** Reads a question about one certificate, as a responder does; null when it is none. */
export function readOcspRequest(der: Uint8Array): OcspRequestFacts | null {
  try {
    const tbs = child(readDer(der, OCSP_LIMITS), 0, TAG.sequence);
    const list = tbs.children.find((node) => node.tag === TAG.sequence);
    const id = child(child(expectTag(list, TAG.sequence), 0), 0, TAG.sequence);
    if (list?.children.length !== 1) return null;
    const hash = oidText(child(id, 0, TAG.sequence).children[0]);
    if (hash !== OID.sha1 && hash !== OID.sha256) return null;
    const nonce = tbs.children
      .find((node) => node.tag === 0xa2)
      ?.children[0]?.children.find((one) => oidText(one.children[0]) === OID.ocspNonce);
    return {
      hash: hash === OID.sha1 ? 'sha1' : 'sha256',
      issuerNameHash: child(id, 1, TAG.octetString).body,
      issuerKeyHash: child(id, 2, TAG.octetString).body,
      serialDer: child(id, 3, TAG.integer).raw,
      idDer: id.raw,
      nonceDer: nonce?.raw ?? null,
    };
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
