// docs/statement.md names every field of every statement, and nothing else; its example is a real statement.
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { cardReturn, dispatchAcceptance } from '../../../../src/shared/central/custody.ts';
import {
  actStatement,
  annulmentStatement,
  approvalStatement,
  canonicalText,
  handOverStatement,
  logInStatement,
} from '../../../../src/shared/central/statement.ts';
import { section } from '../../../support/markdown.ts';

const page = fs.readFileSync('docs/statement.md', 'utf8');

/** Names in the first column of the tables. */
const rows = (text: string): string[] =>
  [...text.matchAll(/^\| `([^`]+)` /gm)].map(([, name]) => name!);

/** Every field of a schema as the page writes it: `checks[].override.reason`. */
function fields(schema: z.core.$ZodType, path = ''): string[] {
  const { def } = schema._zod as unknown as {
    def: {
      type: string;
      shape?: Record<string, z.core.$ZodType>;
      element?: z.core.$ZodType;
      innerType?: z.core.$ZodType;
      options?: z.core.$ZodType[];
    };
  };
  if (def.shape !== undefined)
    return Object.entries(def.shape).flatMap(([name, inner]) => {
      const here = path === '' ? name : `${path}.${name}`;
      return [here, ...fields(inner, here)];
    });
  if (def.options !== undefined)
    return [...new Set(def.options.flatMap((option) => fields(option, path)))];
  if (def.element !== undefined) return fields(def.element, `${path}[]`);
  return def.innerType === undefined ? [] : fields(def.innerType, path);
}

const common = rows(section(page, 'Fields of every act'));
const decision = rows(section(page, 'Approval and annulment, version 2').split('### ')[0]!);

const custody = rows(section(page, 'Fields of every custody act'));

describe('docs/statement.md', () => {
  it.each([
    [
      'approval',
      approvalStatement,
      [...common, ...decision, ...rows(section(page, 'Approval alone'))],
    ],
    [
      'annulment',
      annulmentStatement,
      [...common, ...decision, ...rows(section(page, 'Annulment alone'))],
    ],
    ['hand-over', handOverStatement, [...common, ...rows(section(page, 'Hand-over, version 2'))]],
    [
      'acceptance',
      dispatchAcceptance,
      [...custody, ...rows(section(page, 'Acceptance of a dispatch, version 1'))],
    ],
    ['return', cardReturn, [...custody, ...rows(section(page, 'Return of cards, version 1'))]],
    ['log-in', logInStatement, rows(section(page, 'Log-in, version 1'))],
  ] as const)('names every field of the %s and no other', (_name, schema, named) => {
    const real = fields(schema);
    expect(real.length).toBeGreaterThan(6);
    expect(new Set(named).size).toBe(named.length);
    expect([...named].sort()).toEqual([...real].sort());
  });

  it('goes into lists, ranges and objects that may be null', () => {
    const real = fields(annulmentStatement);
    for (const deep of [
      'reasons[].boxes[].h',
      'measures[].answer.reason',
      'checks[].override.reason',
    ])
      expect(real).toContain(deep);
  });

  it('has an example that is a statement in its own canonical form', () => {
    const line = /```text\n(.+)\n```/.exec(page)?.[1] ?? '';
    const read = actStatement.parse(JSON.parse(line));
    expect(canonicalText(read)).toBe(line);
  });
});
