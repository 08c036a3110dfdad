// The NCA's SubjectPublicKeyInfo of a GOST key: parameter set A, and the point in an OCTET STRING.
import type { NcaCertificate } from '../certificate-types.ts';
import { DerError, readDer, type DerNode } from '../der.ts';
import { child, expectTag, oidText, TAG, wholeBits } from '../der-values.ts';
import { OID } from '../oids.ts';
import { readGostPoint, type GostPointResult } from './signature.ts';

/** AlgorithmIdentifier { key, SEQUENCE { parameter set A, [Streebog-512] } }; other sets cannot be computed. */
export function isParamSetA(algorithm: DerNode): boolean {
  const [, parameters, ...rest] = algorithm.children;
  if (parameters?.tag !== TAG.sequence || rest.length > 0) return false;
  const [set, digest, ...more] = parameters.children;
  if (set?.tag !== TAG.oid || oidText(set) !== OID.gostParamSetA || more.length > 0) return false;
  return digest === undefined || (digest.tag === TAG.oid && oidText(digest) === OID.streebog512);
}

const points = new WeakMap<NcaCertificate, GostPointResult>();

/** The point of a certificate of kind `gost-512`, read and checked once. */
export function readGostKey(certificate: NcaCertificate): GostPointResult {
  const known = points.get(certificate);
  if (known) return known;
  const read = readOctets(certificate.spkiDer);
  const point: GostPointResult = read ? readGostPoint(read) : { ok: false, fault: 'key-length' };
  points.set(certificate, point);
  return point;
}

const LIMITS = { maxBytes: 1024, maxDepth: 4, maxNodes: 16 } as const;

function readOctets(spkiDer: Uint8Array): Uint8Array | null {
  try {
    const bits = wholeBits(child(readDer(spkiDer, LIMITS), 1));
    return expectTag(readDer(bits, LIMITS), TAG.octetString).body;
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
