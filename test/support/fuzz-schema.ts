// Values that a channel's own schema takes, made by walking the schema: the near side of the wrong ones.
import type { z } from 'zod';
import { junk, ODD_TEXTS, spoil, type Chance } from './fuzz-values.ts';

/** What really stands in the cache and on the token: by these a request gets past the first look-up. */
export interface RealValues {
  readonly ids: string[];
  readonly texts: string[];
  /** By the name of the key. */
  readonly named: Readonly<Record<string, readonly string[]>>;
}

interface Def {
  readonly type: string;
  readonly format?: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
  readonly checks?: readonly { readonly _zod: { readonly def: Record<string, unknown> } }[];
}

const defOf = (schema: z.ZodType): Def => schema.def as unknown as Def;

/** A limit of a length or a number, by the names zod gives its checks. */
const limit = ({ checks = [] }: Def, name: string): number | undefined =>
  checks.map(({ _zod }) => _zod.def[name]).find((one) => typeof one === 'number');

/** @throws Error for a kind of schema no channel had when this was written. */
export function sample(schema: z.ZodType, chance: Chance, real: RealValues, name = ''): unknown {
  const def = defOf(schema);
  const inner = (one: z.ZodType): unknown => sample(one, chance, real, name);
  switch (def.type) {
    case 'object':
      return objectOf(def.shape ?? {}, chance, real);
    case 'array': {
      const least = limit(def, 'minimum') ?? 0;
      const length = Math.min(least + chance.int(4), limit(def, 'maximum') ?? 4);
      return Array.from({ length }, () => inner(def.element!));
    }
    case 'record': {
      const keys = Array.from({ length: chance.int(4) }, () => inner(def.keyType!) as string);
      return Object.fromEntries(keys.map((key) => [key, inner(def.valueType!)]));
    }
    case 'optional':
      return chance.once(2) ? undefined : inner(def.innerType!);
    case 'nullable':
      return chance.once(3) ? null : inner(def.innerType!);
    case 'union':
      return inner(chance.pick(def.options!));
    case 'enum':
      return chance.pick(Object.values(def.entries!));
    case 'literal':
      return chance.pick(def.values!);
    case 'boolean':
      return chance.once(2);
    case 'number': {
      const least = limit(def, 'value') ?? 0;
      return def.format === 'safeint' ? least + chance.int(80) : chance.int(1001) / 1000;
    }
    case 'string':
      return textOf(def, chance, real, name);
    case 'custom': {
      const mark = chance.pick([
        [0xff, 0xd8, 0xff],
        [0x89, 0x50, 0x4e, 0x47],
      ]);
      return Uint8Array.from([...mark, ...Array.from({ length: 60 }, () => chance.int(256))]);
    }
    default:
      throw new Error(`no sample of ${def.type}`);
  }
}

function objectOf(
  shape: Readonly<Record<string, z.ZodType>>,
  chance: Chance,
  real: RealValues,
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const value = sample(schema, chance, real, name);
    if (value !== undefined) made[name] = value;
  }
  return made;
}

function textOf(def: Def, chance: Chance, real: RealValues, name: string): string {
  const own = real.named[name];
  if (own !== undefined) return chance.pick(own);
  if (def.format === 'uuid')
    return chance.once(6)
      ? `00000000-0000-4000-8000-${String(chance.int(1e9)).padStart(12, '0')}`
      : chance.pick(real.ids);
  if (def.format === 'date') return `2026-0${1 + chance.int(9)}-1${chance.int(9)}`;
  const most = limit(def, 'maximum') ?? 300;
  const text = chance.once(3) ? chance.pick(ODD_TEXTS) : chance.pick(real.texts);
  const least = limit(def, 'minimum') ?? 0;
  return text.slice(0, most).padEnd(least, 'щ');
}

/** A payload for a channel: one that it takes, nearly one, or plain junk. */
export function payloadFor(
  schema: z.ZodType,
  chance: Chance,
  real: RealValues,
  way: 'taken' | 'near' | 'junk',
): unknown {
  if (way === 'junk') return junk(chance);
  const taken = sample(schema, chance, real);
  return way === 'taken' ? taken : spoil(taken, chance);
}
