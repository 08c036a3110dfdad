// The byte order of Kazakhstan's GOST keys and signatures: here, and nowhere else.

/** Bytes of a coordinate, of r and of s: 512 bits. */
export const HALF = 64;

/** Unsigned value of little-endian bytes. */
export function fromLittleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);
}

/** Little-endian bytes. @throws RangeError when the value does not fit */
export function toLittleEndian(value: bigint, length: number): Uint8Array {
  const hex = value.toString(16).padStart(length * 2, '0');
  if (value < 0n || hex.length !== length * 2) throw new RangeError('value out of range');
  return Uint8Array.from(Buffer.from(hex, 'hex')).reverse();
}

/** Two little-endian numbers one after the other, or null when the length is another. */
function readPair(bytes: Uint8Array): readonly [bigint, bigint] | null {
  if (bytes.length !== 2 * HALF) return null;
  return [fromLittleEndian(bytes.subarray(0, HALF)), fromLittleEndian(bytes.subarray(HALF))];
}

/** Public key x‖y, both little-endian (as RFC 9215 too): the content of the key's OCTET STRING. */
export const readKeyPair = readPair;

/** Signature r‖s, both little-endian: RFC 9215 (s‖r, big-endian) read from its other end. */
export const readSignaturePair = readPair;

/** r‖s of the NCA's layout. */
export const writeSignaturePair = (r: bigint, s: bigint): Uint8Array =>
  Buffer.concat([toLittleEndian(r, HALF), toLittleEndian(s, HALF)]);

/**
 * The number a Streebog digest stands for, little-endian: RFC 7091 counts the hash from the other end
 * than the digest is written.
 */
export const hashNumber = (digest: Uint8Array): bigint => fromLittleEndian(digest);

/**
 * What a token's C_Sign may have meant, likeliest first: s‖r big-endian (PKCS#11 after RFC 4491), or
 * already the NCA's layout. Only one of the two can fit key and bytes, so the caller tries them.
 */
export function tokenSignatureReadings(raw: Uint8Array): readonly Uint8Array[] {
  if (raw.length !== 2 * HALF) return [];
  return [Uint8Array.from(raw).reverse(), Uint8Array.from(raw)];
}
