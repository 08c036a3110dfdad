// The signing-certificate-v2 attribute (RFC 5035): does the signature name this very certificate?
import type { NcaCertificate } from './certificate-types.ts';
import { DerError, sameBytes, type DerNode } from './der.ts';
import { expectTag, TAG } from './der-values.ts';
import { digestOf, readDigest } from './digest.ts';

export type CertificateBinding = 'absent' | 'this' | 'other';

/**
 * Compares the first ESSCertIDv2 with the signer's certificate. @throws DerError when it is broken.
 * A hash we do not compute counts as `other`: we cannot say that it names this certificate.
 */
export function certificateBinding(
  value: DerNode | undefined,
  signer: NcaCertificate,
): CertificateBinding {
  if (!value) return 'absent';
  const ids = expectTag(expectTag(value, TAG.sequence).children[0], TAG.sequence).children;
  const id = expectTag(ids[0], TAG.sequence);
  const [first, second] = id.children;
  const explicit = first?.tag === TAG.sequence;
  // DEFAULT SHA-256; makers of GOST signatures name Streebog here.
  const algorithm = explicit ? readDigest(first) : 'sha256';
  if (algorithm === null) return 'other';
  const hash = expectTag(explicit ? second : first, TAG.octetString);
  const rest = id.children.slice(explicit ? 2 : 1);
  if (rest.length > 1) throw new DerError('signing certificate');
  if (!sameBytes(hash.body, digestOf(algorithm, signer.der))) return 'other';
  const named = rest[0];
  return named === undefined || issuerSerialFits(named, signer) ? 'this' : 'other';
}

/** IssuerSerial ::= SEQUENCE { GeneralNames { [4] Name }, serial }. */
function issuerSerialFits(node: DerNode, signer: NcaCertificate): boolean {
  const [names, serial] = expectTag(node, TAG.sequence).children;
  const name = expectTag(names, TAG.sequence).children.find((n) => n.tag === 0xa4)?.children[0];
  return (
    name !== undefined &&
    serial !== undefined &&
    sameBytes(name.raw, signer.issuerDer) &&
    sameBytes(serial.raw, signer.serialDer)
  );
}
