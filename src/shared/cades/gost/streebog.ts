// Streebog (GOST R 34.11-2012, RFC 6986), 256 and 512 bits: node:crypto has none and no kept library does.
import { A, C, PI } from './streebog-constants.ts';

/** 512-bit values are 16 words of 32 bits, least significant first. */
type Words = Int32Array;
const WORDS = 16;
const BLOCK = 64;

/** S, P and L of byte j of a 64-bit row at [j * 256 + value], low and high half apart. */
const LOW = new Int32Array(8 * 256);
const HIGH = new Int32Array(8 * 256);
for (let j = 0; j < 8; j++) {
  for (let value = 0; value < 256; value++) {
    let sum = 0n;
    const substituted = PI[value] ?? 0;
    for (let bit = 0; bit < 8; bit++)
      if ((substituted >> bit) & 1) sum ^= A[63 - (j * 8 + bit)] ?? 0n;
    LOW[j * 256 + value] = Number(BigInt.asIntN(32, sum));
    HIGH[j * 256 + value] = Number(BigInt.asIntN(32, sum >> 32n));
  }
}

const CONSTANTS: readonly Words[] = C.map((hex) =>
  wordsOf(Uint8Array.from(Buffer.from(hex, 'hex')).reverse(), 0),
);

function wordsOf(bytes: Uint8Array, at: number): Words {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, BLOCK);
  return Int32Array.from({ length: WORDS }, (_, i) => view.getInt32(i * 4, true));
}

/** to = L(P(S(x ⊕ y))): output row i gathers byte i of all eight input rows. Written out for speed. */
function lps(to: Words, x: Words, y: Words): void {
  const mixed = MIXED;
  for (let i = 0; i < WORDS; i++) mixed[i] = x[i]! ^ y[i]!;
  for (let half = 0; half < 2; half++) {
    const a = mixed[half]!;
    const b = mixed[half + 2]!;
    const c = mixed[half + 4]!;
    const d = mixed[half + 6]!;
    const e = mixed[half + 8]!;
    const f = mixed[half + 10]!;
    const g = mixed[half + 12]!;
    const h = mixed[half + 14]!;
    for (let byte = 0; byte < 4; byte++) {
      const shift = byte << 3;
      const ia = (a >>> shift) & 0xff;
      const ib = 0x100 | ((b >>> shift) & 0xff);
      const ic = 0x200 | ((c >>> shift) & 0xff);
      const id = 0x300 | ((d >>> shift) & 0xff);
      const ie = 0x400 | ((e >>> shift) & 0xff);
      const jf = 0x500 | ((f >>> shift) & 0xff);
      const jg = 0x600 | ((g >>> shift) & 0xff);
      const jh = 0x700 | ((h >>> shift) & 0xff);
      const at = (half << 3) | (byte << 1);
      to[at] =
        LOW[ia]! ^ LOW[ib]! ^ LOW[ic]! ^ LOW[id]! ^ LOW[ie]! ^ LOW[jf]! ^ LOW[jg]! ^ LOW[jh]!;
      to[at + 1] =
        HIGH[ia]! ^
        HIGH[ib]! ^
        HIGH[ic]! ^
        HIGH[id]! ^
        HIGH[ie]! ^
        HIGH[jf]! ^
        HIGH[jg]! ^
        HIGH[jh]!;
    }
  }
}

// Scratch values: the work is synchronous and never re-entered.
const MIXED: Words = new Int32Array(WORDS);
const KEY: Words = new Int32Array(WORDS);
const STATE: Words = new Int32Array(WORDS);

/** h = g(N, m, h), section 8. */
function compress(h: Words, n: Words, m: Words): void {
  lps(KEY, h, n);
  STATE.set(m);
  for (const constant of CONSTANTS) {
    lps(STATE, STATE, KEY);
    lps(KEY, KEY, constant);
  }
  for (let i = 0; i < WORDS; i++)
    h[i] = (h[i] ?? 0) ^ (STATE[i] ?? 0) ^ (KEY[i] ?? 0) ^ (m[i] ?? 0);
}

/** sum = sum + value modulo 2^512. */
function add(sum: Words, value: Words): void {
  let carry = 0;
  for (let i = 0; i < WORDS; i++) {
    const total = ((sum[i] ?? 0) >>> 0) + ((value[i] ?? 0) >>> 0) + carry;
    sum[i] = total | 0;
    carry = total > 0xffffffff ? 1 : 0;
  }
}

function hash(data: Uint8Array, start: number): Uint8Array {
  const h: Words = new Int32Array(WORDS).fill(start);
  const n: Words = new Int32Array(WORDS);
  const sigma: Words = new Int32Array(WORDS);
  const zero: Words = new Int32Array(WORDS);
  const bits: Words = new Int32Array(WORDS);
  const step = (block: Words, length: number): void => {
    compress(h, n, block);
    bits[0] = length * 8;
    add(n, bits);
    add(sigma, block);
  };
  let at = 0;
  for (; at + BLOCK <= data.length; at += BLOCK) step(wordsOf(data, at), BLOCK);
  const last = new Uint8Array(BLOCK);
  last.set(data.subarray(at));
  last[data.length - at] = 1;
  step(wordsOf(last, 0), data.length - at);
  compress(h, zero, n);
  compress(h, zero, sigma);
  const out = new Uint8Array(BLOCK);
  const view = new DataView(out.buffer);
  h.forEach((word, i) => view.setInt32(i * 4, word, true));
  return out;
}

/** 64 bytes, in the order every tool prints (RFC 6986 prints its examples from the other end). */
export const streebog512 = (data: Uint8Array): Uint8Array => hash(data, 0);

/** 32 bytes, in the same order. */
export const streebog256 = (data: Uint8Array): Uint8Array => hash(data, 0x01010101).slice(32);
