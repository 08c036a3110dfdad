// Public keys and the signatures we can check: RSA and ECDSA P-256 through node:crypto, GOST in gost/.
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { DerError, type DerNode } from './der.ts';
import { child, expectTag, oidText, TAG, wholeBits } from './der-values.ts';
import { readDer } from './der.ts';
import { isParamSetA, readGostKey } from './gost/public-key.ts';
import { gostFault, type GostFault } from './gost/signature.ts';
import { OID } from './oids.ts';
import type { NcaCertificate, PublicKeyKind } from './certificate-types.ts';

export interface PublicKeyFacts {
  readonly kind: PublicKeyKind;
  readonly bits: number | null;
  readonly spkiDer: Uint8Array;
}

/** Kind and size of a SubjectPublicKeyInfo. @throws DerError */
export function readPublicKey(spki: DerNode): PublicKeyFacts {
  const algorithm = child(spki, 0, TAG.sequence);
  const oid = oidText(algorithm.children[0]);
  const key = wholeBits(spki.children[1]);
  const spkiDer = spki.raw;
  if (oid === OID.rsaEncryption) {
    const pair = readDer(key, { maxBytes: 4096, maxDepth: 2, maxNodes: 3 });
    const modulus = expectTag(pair.children[0], TAG.integer).body;
    return { kind: 'rsa', bits: bitLength(modulus), spkiDer };
  }
  if (oid === OID.ecPublicKey && algorithm.children[1]?.tag === TAG.oid) {
    const named = oidText(algorithm.children[1]) === OID.p256;
    // Only the uncompressed point: what tokens give and what every verifier takes.
    if (named && key.length === 65 && key[0] === 4) return { kind: 'ec-p256', bits: 256, spkiDer };
  }
  if (oid === OID.gostKey512 && isParamSetA(algorithm))
    return { kind: 'gost-512', bits: 512, spkiDer };
  return { kind: 'other', bits: null, spkiDer };
}

function bitLength(body: Uint8Array): number {
  const bytes = body[0] === 0 ? body.subarray(1) : body;
  return bytes.length * 8 - Math.clz32(bytes[0] ?? 0) + 24;
}

export type SignatureAlgorithm =
  'rsa-sha256' | 'rsa-sha384' | 'rsa-sha512' | 'ecdsa-sha256' | 'gost-512';

const NULL_PARAMETERS = new Set(['rsa-sha256', 'rsa-sha384', 'rsa-sha512']);
const BY_OID: Readonly<Record<string, SignatureAlgorithm>> = {
  [OID.sha256WithRsa]: 'rsa-sha256',
  [OID.sha384WithRsa]: 'rsa-sha384',
  [OID.sha512WithRsa]: 'rsa-sha512',
  [OID.ecdsaWithSha256]: 'ecdsa-sha256',
  [OID.gostSignature512]: 'gost-512',
};

/** The signature algorithm with exactly the parameters it must have; null when we cannot check it. */
export function readSignatureAlgorithm(node: DerNode): SignatureAlgorithm | null {
  const found = BY_OID[oidText(expectTag(node, TAG.sequence).children[0])];
  if (!found) return null;
  const parameters = node.children[1];
  const rest = node.children.length;
  const nothing = rest === 1;
  const nullOnly = rest === 2 && parameters?.tag === TAG.null;
  // The NCA writes NULL after the GOST name, RFC 9215 nothing: both say the same.
  const either = found === 'gost-512' && (nothing || nullOnly);
  const fits = either || (NULL_PARAMETERS.has(found) ? nullOnly : nothing);
  if (!fits) throw new DerError('algorithm parameters');
  return found;
}

const keys = new WeakMap<NcaCertificate, KeyObject>();

function keyOf(certificate: NcaCertificate): KeyObject {
  const known = keys.get(certificate);
  if (known) return known;
  const der = Buffer.from(certificate.spkiDer);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  keys.set(certificate, key);
  return key;
}

/** `key-kind`: the algorithm is not one of this key; the rest says what is wrong with key or numbers. */
export type SignatureFault = GostFault | 'key-kind';

/** Why `signature` (RSA block, DER r,s, or the NCA's r‖s) over `data` is not of this key; null when it is. */
export function signatureFault(
  certificate: NcaCertificate,
  algorithm: SignatureAlgorithm,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureFault | null {
  const rsa = algorithm.startsWith('rsa-');
  const kind = rsa ? 'rsa' : algorithm === 'gost-512' ? 'gost-512' : 'ec-p256';
  if (certificate.publicKeyKind !== kind) return 'key-kind';
  if (kind === 'gost-512') {
    const key = readGostKey(certificate);
    return key.ok ? gostFault(key.point, data, signature) : key.fault;
  }
  try {
    const key = keyOf(certificate);
    const hash = rsa ? algorithm.slice('rsa-'.length) : 'sha256';
    const fits = verify(hash, data, rsa ? key : { key, dsaEncoding: 'der' }, signature);
    return fits ? null : 'signature-wrong';
  } catch {
    // node:crypto throws for a point off the curve and the like: the key cannot have signed.
    return 'signature-wrong';
  }
}

/** True when `signature` over `data` was made with this certificate's key. */
export const signatureFits = (...given: Parameters<typeof signatureFault>): boolean =>
  signatureFault(...given) === null;
