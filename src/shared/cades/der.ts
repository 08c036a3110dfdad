// Strict DER reader: one encoding for one value, limits first, so that no byte of a signature is unread.
// The ASN.1 library accepts BER; a signature check must not, else altered bytes could still be "valid".

/** One tag-length-value; `raw` is the whole, `body` the value, `children` only for constructed tags. */
export interface DerNode {
  readonly tag: number;
  readonly raw: Uint8Array;
  readonly body: Uint8Array;
  readonly children: readonly DerNode[];
}

export interface DerLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxNodes: number;
}

/** Thrown inside the room only; the public functions turn it into a typed refusal. */
export class DerError extends Error {}

const fail = (what: string): never => {
  throw new DerError(what);
};

/** Compares as X.690 11.6 orders the elements of a SET OF. */
export const compareBytes = (a: Uint8Array, b: Uint8Array): number => Buffer.compare(a, b);

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => compareBytes(a, b) === 0;

/** True when the elements stand in DER SET OF order. */
export const isSorted = (nodes: readonly DerNode[]): boolean =>
  nodes.every((n, i) => i === 0 || compareBytes(nodes[i - 1]?.raw ?? n.raw, n.raw) <= 0);

const INTEGER_LIKE = new Set([0x02, 0x0a]);
const KNOWN_PRIMITIVE = new Set([
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1c,
  0x1e,
]);

/** The rules of DER that belong to one primitive value. */
function checkPrimitive(tag: number, body: Uint8Array): void {
  if (tag < 0x40 && !KNOWN_PRIMITIVE.has(tag)) fail(`tag ${tag.toString(16)}`);
  const first = body[0];
  if (tag === 0x01 && (body.length !== 1 || (first !== 0 && first !== 0xff))) fail('boolean');
  if (tag === 0x05 && body.length !== 0) fail('null');
  if (INTEGER_LIKE.has(tag)) {
    const second = body[1];
    if (first === undefined) fail('empty integer');
    if (second !== undefined && first === 0 && second < 0x80) fail('long integer');
    if (second !== undefined && first === 0xff && second >= 0x80) fail('long integer');
  }
  if (tag === 0x03) {
    if (first === undefined || first > 7 || (body.length === 1 && first !== 0)) fail('bit string');
    const last = body[body.length - 1] ?? 0;
    if (first !== undefined && body.length > 1 && (last & ((1 << first) - 1)) !== 0) fail('bits');
  }
  if (tag === 0x06) {
    if (body.length === 0 || (body[body.length - 1] ?? 0x80) >= 0x80) fail('oid');
    body.forEach((b, i) => {
      if (b === 0x80 && (i === 0 || (body[i - 1] ?? 0) < 0x80)) fail('oid padding');
    });
  }
}

/**
 * Reads exactly one DER value spanning all of `bytes`.
 * @throws DerError when the bytes are not DER or pass a limit.
 */
export function readDer(bytes: Uint8Array, limits: DerLimits): DerNode {
  if (bytes.length > limits.maxBytes) fail('too many bytes');
  let nodes = 0;
  const read = (from: number, end: number, depth: number): DerNode => {
    if (++nodes > limits.maxNodes || depth > limits.maxDepth) fail('too deep or too many values');
    const tag = bytes[from] ?? fail('no tag');
    if ((tag & 0x1f) === 0x1f) fail('long tag');
    const short = bytes[from + 1];
    if (short === undefined || from + 2 > end) return fail('no length');
    let at = from + 2;
    let length = short;
    if (short >= 0x80) {
      const count = short & 0x7f;
      if (count === 0 || count > 3 || at + count > end) fail('length');
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + i] ?? 0);
      at += count;
      if (length < 0x80 || length < 256 ** (count - 1)) fail('length not minimal');
    }
    const stop = at + length;
    if (stop > end) fail('length past the end');
    const raw = bytes.subarray(from, stop);
    const body = bytes.subarray(at, stop);
    if ((tag & 0x20) === 0) {
      checkPrimitive(tag, body);
      return { tag, raw, body, children: [] };
    }
    if (tag < 0x40 && tag !== 0x30 && tag !== 0x31) fail('constructed primitive');
    const children: DerNode[] = [];
    while (at < stop) {
      const child = read(at, stop, depth + 1);
      children.push(child);
      at += child.raw.length;
    }
    if (tag === 0x31 && !isSorted(children)) fail('set not sorted');
    return { tag, raw, body, children };
  };
  const root = read(0, bytes.length, 0);
  if (root.raw.length !== bytes.length) fail('bytes after the end');
  return root;
}
