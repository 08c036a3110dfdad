// Signatures in structures other than CMS signer infos (OCSP answers, CRLs): algorithm and key together.
import { createHash } from 'node:crypto';
import type { NcaCertificate } from './certificate-types.ts';
import { readDer, type DerNode } from './der.ts';
import { wholeBits } from './der-values.ts';
import { readSignatureAlgorithm, signatureFits } from './public-key.ts';

/** True when this certificate's key made `signature` over `data` with the named algorithm. @throws DerError */
export function signedBy(
  certificate: NcaCertificate,
  algorithm: DerNode,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const known = readSignatureAlgorithm(algorithm);
  return known !== null && signatureFits(certificate, known, data, signature);
}

/** The bits of the subject's public key, as OCSP hashes them (RFC 6960 4.1.1). @throws DerError */
export function publicKeyBits({ spkiDer }: NcaCertificate): Uint8Array {
  const spki = readDer(spkiDer, { maxBytes: 8192, maxDepth: 4, maxNodes: 20 });
  return wholeBits(spki.children[1]);
}

export const digest = (name: 'sha1' | 'sha256', bytes: Uint8Array): Uint8Array =>
  createHash(name).update(bytes).digest();
