// Typed access to DER values: object identifiers, texts, times, integers; every mismatch is a DerError.
import { DerError, type DerNode } from './der.ts';

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The child at `index`, of the wanted tag. @throws DerError */
export function child(node: DerNode, index: number, tag?: number): DerNode {
  const found = node.children[index];
  if (!found || (tag !== undefined && found.tag !== tag)) throw new DerError(`child ${index}`);
  return found;
}

/** The node itself when it has the tag. @throws DerError */
export function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) throw new DerError(`tag ${tag.toString(16)} expected`);
  return node;
}

/** Dotted text of an OBJECT IDENTIFIER. @throws DerError */
export function oidText(node: DerNode | undefined): string {
  const { body } = expectTag(node, TAG.oid);
  const arcs: number[] = [];
  let value = 0;
  for (const byte of body) {
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) throw new DerError('oid arc');
    if (byte < 0x80) {
      arcs.push(value);
      value = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = first < 40 ? 0 : first < 80 ? 1 : 2;
  return [root, first - root * 40, ...rest].join('.');
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of any ASN.1 string type a name may hold. @throws DerError */
export function stringText(node: DerNode): string {
  const bytes = Buffer.from(node.body);
  switch (node.tag) {
    case 0x0c:
      try {
        return utf8.decode(node.body);
      } catch {
        throw new DerError('utf-8');
      }
    case 0x12:
    case 0x13:
    case 0x16:
    case 0x1a:
      return bytes.toString('latin1');
    case 0x14:
      return bytes.toString('latin1');
    case 0x1e:
      if (bytes.length % 2 !== 0) throw new DerError('bmp string');
      return bytes.swap16().toString('utf16le');
    default:
      throw new DerError('not a string');
  }
}

const pattern: Readonly<Record<number, RegExp>> = {
  [TAG.utcTime]: /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/,
  [TAG.generalizedTime]: /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/,
};

/** UTCTime or GeneralizedTime in the only forms RFC 5280 allows. @throws DerError */
export function timeValue(node: DerNode | undefined): Date {
  const match = node && pattern[node.tag]?.exec(Buffer.from(node.body).toString('latin1'));
  if (!node || !match) throw new DerError('time');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number);
  // RFC 5280 4.1.2.5.1: two-digit years from 50 are of the 1900s.
  const full = node.tag === TAG.utcTime ? year + (year < 50 ? 2000 : 1900) : year;
  const date = new Date(Date.UTC(full, month - 1, day, hour, minute, second));
  const back = [date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours()];
  if (back[0] !== month || back[1] !== day || back[2] !== hour) throw new DerError('time');
  if (minute > 59 || second > 59) throw new DerError('time');
  return date;
}

/** A small non-negative INTEGER. @throws DerError */
export function smallInteger(node: DerNode | undefined): number {
  const { body } = expectTag(node, TAG.integer);
  if (body.length > 4 || (body[0] ?? 0x80) >= 0x80) throw new DerError('integer');
  return body.reduce((value, byte) => value * 256 + byte, 0);
}

/** The bytes of a BIT STRING that ends on a byte border (keys, signatures). @throws DerError */
export function wholeBits(node: DerNode | undefined): Uint8Array {
  const { body } = expectTag(node, TAG.bitString);
  if (body[0] !== 0) throw new DerError('unused bits');
  return body.subarray(1);
}
