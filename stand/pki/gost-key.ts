// GOST R 34.10-2015 keys of the training stand, in memory: made, read back, and signing in the NCA's byte order.
import { randomBytes } from 'node:crypto';
import { curveA } from '../../src/shared/cades/gost/curve.ts';
import { streebog512 } from '../../src/shared/cades/gost/streebog.ts';
import { bits, octets, oid, sequence } from '../../src/shared/cades/der-write.ts';

/** Kept apart from the numbers the verifying side knows: each side has its own list of the layout. */
const KEY_512 = '1.2.398.3.10.1.1.2.2';
const SET_A = '1.2.398.3.10.1.1.2.2.1';
const STREEBOG_512 = '1.2.398.3.10.1.3.3';

export interface GostKey {
  /** SubjectPublicKeyInfo of the NCA's layout. */
  readonly spkiDer: Uint8Array;
  /** The 128 bytes x‖y: what key ids are hashed from. */
  readonly point: Uint8Array;
  /** r‖s, little-endian, over Streebog-512 of `data`. */
  sign(data: Uint8Array): Uint8Array;
  /** Hex of the private number: only the CA's is ever written down. */
  secret(): string;
}

const little = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(64);
  for (let i = 0, left = value; i < 64; i++, left >>= 8n) bytes[i] = Number(left & 0xffn);
  return bytes;
};
const number = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

/** Uniform below q: 64 bits more than q has make the remainder's bias nothing. */
const randomNumber = (q: bigint): bigint => (number(randomBytes(72)) % (q - 1n)) + 1n;

/** A new key, or the one `secret` stands for. */
export function gostKey(secret?: string): GostKey {
  const curve = curveA();
  const q = curve.CURVE().n;
  const d = secret === undefined ? randomNumber(q) : BigInt(`0x${secret}`);
  const { x, y } = curve.BASE.multiply(d).toAffine();
  const point = Buffer.concat([little(x), little(y)]);
  return {
    point,
    spkiDer: sequence(
      sequence(oid(KEY_512), sequence(oid(SET_A), oid(STREEBOG_512))),
      bits(octets(point)),
    ),
    // RFC 7091, section 6.1.
    sign(data) {
      const e = number(streebog512(data)) % q || 1n;
      for (;;) {
        const k = randomNumber(q);
        const r = curve.BASE.multiply(k).toAffine().x % q;
        const s = (r * d + k * e) % q;
        if (r !== 0n && s !== 0n) return Buffer.concat([little(r), little(s)]);
      }
    },
    secret: () => d.toString(16),
  };
}
