// Small DER writer for requests, lists and unsigned attributes: the counterpart of the strict reader.
import { compareBytes } from './der.ts';

/** One value: tag, shortest length, the parts one after another. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Uint8Array.of(tag, body.length), body]);
  const size: number[] = [];
  for (let left = body.length; left > 0; left = Math.floor(left / 256)) size.unshift(left % 256);
  return Buffer.concat([Uint8Array.of(tag, 0x80 | size.length, ...size), body]);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tlv(0x30, ...parts);

/** SET OF: the elements in X.690 11.6 order. */
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array =>
  tlv(0x31, ...[...parts].sort(compareBytes));

/** Constructed context tag: EXPLICIT around a value, or IMPLICIT in place of SEQUENCE and SET. */
export const context = (n: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  tlv(0xa0 | n, ...parts);

export const octets = (bytes: Uint8Array): Uint8Array => tlv(0x04, bytes);
export const bits = (bytes: Uint8Array): Uint8Array => tlv(0x03, Uint8Array.of(0), bytes);
export const nothing = (): Uint8Array => tlv(0x05);
export const yes = (): Uint8Array => tlv(0x01, Uint8Array.of(0xff));
export const enumerated = (value: number): Uint8Array => tlv(0x0a, Uint8Array.of(value));

/** A non-negative INTEGER from big-endian bytes of any length. */
export function unsigned(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const trimmed = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return tlv(0x02, Uint8Array.from((trimmed[0] ?? 0) >= 0x80 ? [0] : []), trimmed);
}

/** A small non-negative INTEGER. */
export const integer = (value: number): Uint8Array =>
  unsigned(Buffer.from(value.toString(16).padStart(12, '0'), 'hex'));

/** OBJECT IDENTIFIER from its dotted text. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const body = [first * 40 + second, ...rest].flatMap((arc) => {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left % 128) | 0x80);
    return septets;
  });
  return tlv(0x06, Uint8Array.from(body));
}

/** GeneralizedTime in whole seconds. */
export const generalizedTime = (at: Date): Uint8Array =>
  tlv(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));

/** Time of RFC 5280: UTCTime before 2050. */
export const time = (at: Date): Uint8Array =>
  at.getUTCFullYear() >= 2050
    ? generalizedTime(at)
    : tlv(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
