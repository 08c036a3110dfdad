// Seeded chance, odd values as a hostile window may send them through structured clone, and small spoilings.

export interface Chance {
  /** 0 … n − 1. */
  int(n: number): number;
  pick<T>(list: readonly T[]): T;
  /** True once in `n`. */
  once(n: number): boolean;
}

/** The same seed gives the same row of values (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (n: number): number => Math.floor(next() * n);
  return { int, pick: (list) => list[int(list.length)]!, once: (n) => int(n) === 0 };
}

const HUGE = 'Ы'.repeat(200_000);

/** Texts that broke parsers, indexes, paths and screens elsewhere. */
export const ODD_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff\ud800y',
  '\u202e drawkcab',
  '\u200f\u200e\u2066',
  '\ufeff',
  '😀'.repeat(40),
  'e' + '\u0301'.repeat(300),
  '__proto__',
  'constructor',
  'toString',
  "'; DROP TABLE cases; --",
  '" OR name MATCH "*',
  'NEAR(a b) AND NOT *',
  '*"^(){}:-',
  '%',
  '_',
  '../../etc/passwd',
  'C:\\Windows\\win.ini',
  '\\\\host\\share',
  '${process.exit()}',
  '<img src=x onerror=alert(1)>',
  '=1+1',
  '{"after":1}',
  '[]',
  'null',
  'NaN',
  '-0',
  '1e999',
  '00000000-0000-0000-0000-000000000000',
  '2026-02-30',
  '+275760-09-13T00:00:00.001Z',
  HUGE,
];

const cyclic: Record<string, unknown> = { name: 'cyclic' };
cyclic['self'] = cyclic;
const ring: unknown[] = [];
ring.push(ring);
let deep: unknown = 'bottom';
for (let i = 0; i < 3_000; i += 1) deep = i % 2 === 0 ? { deep } : [deep];

const ODD_VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.1,
  NaN,
  Infinity,
  -Infinity,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  -(2 ** 63),
  5e-324,
  1n,
  10n ** 40n,
  new Date(0),
  new Date(NaN),
  /a+/gu,
  new Error('sent'),
  new Map([['pin', '1']]),
  new Set([1]),
  new ArrayBuffer(8),
  Buffer.from('buffer'),
  new Uint8Array([0xff, 0xd8, 0xff, 0]),
  new Float64Array([NaN]),
  Object(1n),
  new String('boxed'),
  [],
  {},
  [null],
  Object.create(null),
  new Array(50),
  Array.from({ length: 2_000 }, (_, i) => i),
  cyclic,
  ring,
  deep,
  JSON.parse('{"__proto__":{"polluted":true}}'),
  { constructor: { prototype: { polluted: true } } },
  { prototype: { polluted: true }, then: 1, toJSON: 'x', length: -1 },
];

/** Any value that structured clone carries; a few levels deep. */
export function junk(chance: Chance, depth = 2): unknown {
  const kind = chance.int(depth > 0 ? 6 : 4);
  if (kind < 2) return chance.pick(ODD_VALUES);
  if (kind === 2) return chance.pick(ODD_TEXTS);
  if (kind === 3) return chance.int(2 ** 31) - 2 ** 30;
  const length = chance.int(4);
  if (kind === 4) return Array.from({ length }, () => junk(chance, depth - 1));
  const names = ['pin', 'intentId', 'applicationId', 'after', '__proto__x', 'limit', 'text'];
  return Object.fromEntries(
    Array.from({ length }, () => [chance.pick(names), junk(chance, depth - 1)]),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** A copy with one place changed: another type, a key more or less, a text or number a little off. */
export function spoil(value: unknown, chance: Chance): unknown {
  if (isRecord(value)) {
    const names = Object.keys(value);
    const copy = { ...value };
    const way = chance.int(10);
    if (names.length === 0 || way === 0) return { ...copy, [chance.pick(NEW_KEYS)]: junk(chance) };
    const name = chance.pick(names);
    if (way === 1) delete copy[name];
    else if (way < 4) copy[name] = junk(chance);
    else copy[name] = spoil(value[name], chance);
    return copy;
  }
  if (Array.isArray(value) && value.length > 0) {
    const copy: unknown[] = [...(value as unknown[])];
    const at = chance.int(copy.length);
    if (chance.once(4)) return [...copy, ...copy, junk(chance)];
    copy[at] = spoil(copy[at], chance);
    return copy;
  }
  if (typeof value === 'string') {
    const at = chance.int(value.length + 1);
    const other = chance.pick(ODD_TEXTS);
    return chance.once(2) ? value.slice(0, at) + other + value.slice(at + 1) : [value];
  }
  if (typeof value === 'number') return chance.pick([-value, value + 0.5, value * 1e9, `${value}`]);
  return junk(chance);
}

const NEW_KEYS = ['extra', 'constructor', 'toString', 'previousPin', 'officer', '0', ''];
