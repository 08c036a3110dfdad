// GOST R 34.10-2012 verification (RFC 7091, section 6.2) on numbers and on the NCA's bytes.
import { hashNumber, readKeyPair, readSignaturePair } from './byte-order.ts';
import { curveA, type GostCurve, type GostPoint } from './curve.ts';
import { streebog512 } from './streebog.ts';

/** Why a GOST signature is no signature of this key. */
export type GostFault =
  'key-length' | 'point-off-curve' | 'signature-length' | 'signature-range' | 'signature-wrong';

export interface GostSignature {
  readonly r: bigint;
  readonly s: bigint;
}

/** The fault of `r`, `s` over the number `e` of a digest under the point `key`; null when they fit. */
export function numbersFault(
  curve: GostCurve,
  key: GostPoint,
  hash: bigint,
  { r, s }: GostSignature,
): GostFault | null {
  const { n: q } = curve.CURVE();
  if (r <= 0n || r >= q || s <= 0n || s >= q) return 'signature-range';
  const reduced = hash % q;
  const v = curve.Fn.inv(reduced === 0n ? 1n : reduced);
  const z1 = (s * v) % q;
  const z2 = q - ((r * v) % q);
  // Apart, not as one double multiplication: both points may have tables (G, and CA keys met often).
  const point = curve.BASE.multiplyUnsafe(z1).add(key.multiplyUnsafe(z2));
  if (point.is0()) return 'signature-wrong';
  return point.toAffine().x % q === r ? null : 'signature-wrong';
}

export type GostPointResult =
  | { readonly ok: true; readonly point: GostPoint }
  | { readonly ok: false; readonly fault: 'key-length' | 'point-off-curve' };

/** The point of a public key's 128 bytes, or why they are none. */
export function readGostPoint(octets: Uint8Array): GostPointResult {
  const pair = readKeyPair(octets);
  if (!pair) return { ok: false, fault: 'key-length' };
  const [x, y] = pair;
  try {
    const point = curveA().fromAffine({ x, y });
    // Also refuses coordinates not below p, and infinity.
    point.assertValidity();
    return { ok: true, point };
  } catch {
    return { ok: false, fault: 'point-off-curve' };
  }
}

/** The fault of the NCA's signature bytes over `data` under this point; null when they fit. */
export function gostFault(
  point: GostPoint,
  data: Uint8Array,
  signature: Uint8Array,
): GostFault | null {
  const pair = readSignaturePair(signature);
  if (!pair) return 'signature-length';
  const [r, s] = pair;
  return numbersFault(curveA(), point, hashNumber(streebog512(data)), { r, s });
}
