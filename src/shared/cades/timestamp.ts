// Time-stamps of RFC 3161 over a signature value: the question is built here, the token verified here.
import { createHash } from 'node:crypto';
import type { NcaCertificate } from './certificate-types.ts';
import { readCertificate } from './certificate.ts';
import { buildChain } from './chain.ts';
import { DerError, readDer, sameBytes, type DerNode } from './der.ts';
import { child, expectTag, oidText, smallInteger, TAG } from './der-values.ts';
import { integer, nothing, octets, oid, sequence, unsigned, yes } from './der-write.ts';
import { OID } from './oids.ts';
import { readSignatureAlgorithm, signatureFits, type SignatureAlgorithm } from './public-key.ts';
import { certificateBinding } from './signing-certificate.ts';
import { readTimeStampToken, TOKEN_LIMITS, type TimeStampToken } from './timestamp-token.ts';

export type TimeStampRefusal =
  | 'malformed'
  | 'imprint-mismatch'
  | 'nonce-mismatch'
  | 'signer-missing'
  | 'signature-invalid'
  | 'signing-certificate-mismatch'
  | 'purpose-missing'
  | 'purpose-not-critical'
  | 'chain-untrusted'
  | 'expired'
  | 'time-implausible';

export interface TimeStampInput {
  readonly token: Uint8Array;
  /** What must have been stamped: the signature value of one signer. */
  readonly stamped: Uint8Array;
  /** The nonce that was asked; null for a token of somebody else's question. */
  readonly nonce: Uint8Array | null;
  readonly anchors: readonly NcaCertificate[];
  readonly intermediates: readonly NcaCertificate[];
  /** The stamp's time must lie between: not before the signature was made, not in the future. */
  readonly between: { readonly from: Date; readonly to: Date };
}

export type TimeStampResult =
  | {
      readonly ok: true;
      readonly at: Date;
      readonly tsa: NcaCertificate;
      readonly policy: string;
      readonly serialHex: string;
      readonly chain: readonly NcaCertificate[];
    }
  | { readonly ok: false; readonly code: TimeStampRefusal; readonly detail: string };

/** TimeStampReq for the SHA-256 of `stamped`, with the TSA's certificate wanted in the answer. */
export function buildTimeStampRequest(stamped: Uint8Array, nonce: Uint8Array): Uint8Array {
  const imprint = createHash('sha256').update(stamped).digest();
  return sequence(
    integer(1),
    sequence(sequence(oid(OID.sha256), nothing()), octets(imprint)),
    unsigned(nonce),
    yes(),
  );
}

/** The token of a TimeStampResp, or null when the authority refused or the bytes are none. */
export function readTimeStampReply(der: Uint8Array): Uint8Array | null {
  try {
    const reply = expectTag(readDer(der, TOKEN_LIMITS), TAG.sequence);
    const status = smallInteger(child(reply, 0, TAG.sequence).children[0]);
    return status > 1 ? null : (reply.children[1]?.raw ?? null); // 0 granted, 1 granted with changes
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

class Refused extends Error {
  readonly code: TimeStampRefusal;
  constructor(code: TimeStampRefusal, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Verifies a token; never throws for bad bytes. */
export function verifyTimeStamp(input: TimeStampInput): TimeStampResult {
  try {
    return check(input);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, detail: error.message };
    if (error instanceof DerError) return { ok: false, code: 'malformed', detail: error.message };
    throw error;
  }
}

function check(input: TimeStampInput): TimeStampResult {
  const token = readTimeStampToken(input.token);
  const { info } = token;
  checkImprint(token, input);
  const tsa = signerOf(token);
  checkSignature(token, tsa);
  // RFC 3161 2.3: this purpose alone, and critical; else a key of another use could tell the time.
  if (tsa.ekuOids.length !== 1 || tsa.ekuOids[0] !== OID.timeStamping)
    throw new Refused('purpose-missing', 'the certificate is not for time-stamps alone');
  if (!tsa.criticalOids.includes(OID.extendedKeyUsage))
    throw new Refused('purpose-not-critical', 'the purpose of the certificate is not critical');
  if (info.at < tsa.notBefore || info.at > tsa.notAfter)
    throw new Refused('expired', 'the authority was out of its dates');
  const others = token.certificates.flatMap((der) => {
    const read = readCertificate(der);
    return read.ok ? [read.certificate] : [];
  });
  const path = buildChain({
    leaf: tsa,
    anchors: input.anchors,
    intermediates: [...others, ...input.intermediates],
    now: info.at,
  });
  if (!path.ok) throw new Refused('chain-untrusted', path.detail);
  // Every certificate of the token belongs to the path: an altered byte cannot hide in one that does not.
  const onPath = others.filter((one) => path.path.some(({ sha256 }) => sha256 === one.sha256));
  if (onPath.length !== token.certificates.length)
    throw new Refused('malformed', 'a certificate is not on the path');
  const { from, to } = input.between;
  if (info.at < from || info.at > to)
    throw new Refused('time-implausible', `stamped at ${info.at.toISOString()}`);
  const { policy, serialHex, at } = info;
  return { ok: true, at, tsa, policy, serialHex, chain: path.path };
}

function checkImprint({ info }: TimeStampToken, { stamped, nonce }: TimeStampInput): void {
  const hash = HASHES[info.hashOid];
  if (hash === undefined) throw new Refused('imprint-mismatch', `hash ${info.hashOid}`);
  if (!sameBytes(info.imprint, createHash(hash).update(stamped).digest()))
    throw new Refused('imprint-mismatch', 'the stamp belongs to another signature');
  if (nonce !== null && (info.nonceDer === null || !sameBytes(info.nonceDer, unsigned(nonce))))
    throw new Refused('nonce-mismatch', 'the stamp answers another question');
}

const HASHES: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

function signerOf({ certificates, signer }: TimeStampToken): NcaCertificate {
  const found = certificates.flatMap((der) => {
    const read = readCertificate(der);
    return read.ok &&
      sameBytes(read.certificate.issuerDer, signer.issuerDer) &&
      sameBytes(read.certificate.serialDer, signer.serialDer)
      ? [read.certificate]
      : [];
  });
  const [tsa] = found;
  if (!tsa || found.length !== 1)
    throw new Refused('signer-missing', 'no certificate of the time-stamp authority');
  return tsa;
}

function checkSignature({ content, signer }: TimeStampToken, tsa: NcaCertificate): void {
  const hash = HASHES[oidText(signer.digestAlgorithm.children[0])];
  const type = signer.attributes.get(OID.contentType);
  const digest = signer.attributes.get(OID.messageDigest);
  if (!hash || !type || oidText(type) !== OID.timeStampInfo || digest?.tag !== TAG.octetString)
    throw new Refused('signature-invalid', 'attributes of the token');
  if (!sameBytes(digest.body, createHash(hash).update(content).digest()))
    throw new Refused('signature-invalid', 'the content of the token was altered');
  const algorithm = algorithmOf(signer.signatureAlgorithm, hash);
  if (algorithm === null || !signatureFits(tsa, algorithm, signer.signedBytes, signer.signature))
    throw new Refused('signature-invalid', 'the signature does not fit the key and the bytes');
  if (!names(signer.attributes, tsa))
    throw new Refused('signing-certificate-mismatch', 'the token names another certificate');
}

/** Older makers write plain rsaEncryption and leave the hash to the digest algorithm (RFC 3370 3.2). */
function algorithmOf(node: DerNode, hash: string): SignatureAlgorithm | null {
  if (oidText(node.children[0]) !== OID.rsaEncryption) return readSignatureAlgorithm(node);
  if (node.children.length !== 2 || node.children[1]?.tag !== TAG.null)
    throw new DerError('algorithm parameters');
  return `rsa-${hash}` as SignatureAlgorithm;
}

/** signing-certificate-v2, or the older one with SHA-1 (RFC 3161 2.4.2, RFC 5816). @throws DerError */
function names(attributes: ReadonlyMap<string, DerNode>, tsa: NcaCertificate): boolean {
  const newer = attributes.get(OID.signingCertificateV2);
  if (newer) return certificateBinding(newer, tsa) === 'this';
  const older = attributes.get(OID.signingCertificateV1);
  if (!older) return false;
  const id = child(child(expectTag(older, TAG.sequence), 0, TAG.sequence), 0, TAG.sequence);
  return sameBytes(child(id, 0).body, createHash('sha1').update(tsa.der).digest());
}
