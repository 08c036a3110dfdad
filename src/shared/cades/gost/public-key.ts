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

interface Met {
  readonly read: GostPointResult;
  times: number;
}
/** By the key's bytes: each message brings its own copy of the CA's certificate. Latest use last. */
const met = new Map<string, Met>();
const MOST_KEPT = 64;
/** A table costs some hundred milliseconds once and then makes a key ten times as quick. */
const WORTH_A_TABLE = 8;

/** The point of a certificate of kind `gost-512`; keys met again and again (a CA's) get a table. */
export function readGostKey({ spkiDer }: NcaCertificate): GostPointResult {
  const id = Buffer.from(spkiDer).toString('base64');
  const entry = met.get(id) ?? { read: readSpki(spkiDer), times: 0 };
  entry.times += 1;
  if (entry.times === WORTH_A_TABLE && entry.read.ok) entry.read.point.precompute();
  met.delete(id);
  met.set(id, entry);
  const [oldest] = met.keys();
  if (met.size > MOST_KEPT && oldest !== undefined) met.delete(oldest);
  return entry.read;
}

function readSpki(spkiDer: Uint8Array): GostPointResult {
  const octets = readOctets(spkiDer);
  return octets ? readGostPoint(octets) : { ok: false, fault: 'key-length' };
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
