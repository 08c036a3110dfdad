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

const page = fs.readFileSync('docs/statement.md', 'utf8');

/** Text between a heading and the next one of the same or a higher level. */
function section(title: string): string {
  const lines = page.split('\n');
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === title);
  if (from < 0) throw new Error(`no section ${title}`);
  const level = lines[from]!.indexOf(' ');
  const length = lines.slice(from + 1).findIndex((line) => {
    const depth = /^(#+) /.exec(line)?.[1]?.length;
    return depth !== undefined && depth <= level;
  });
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length).join('\n');
}

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

const common = rows(section('Fields of every act'));
const decision = rows(section('Approval and annulment, version 2').split('### ')[0]!);

const custody = rows(section('Fields of every custody act'));

describe('docs/statement.md', () => {
  it.each([
    ['approval', approvalStatement, [...common, ...decision, ...rows(section('Approval alone'))]],
    [
      'annulment',
      annulmentStatement,
      [...common, ...decision, ...rows(section('Annulment alone'))],
    ],
    ['hand-over', handOverStatement, [...common, ...rows(section('Hand-over, version 2'))]],
    [
      'acceptance',
      dispatchAcceptance,
      [...custody, ...rows(section('Acceptance of a dispatch, version 1'))],
    ],
    ['return', cardReturn, [...custody, ...rows(section('Return of cards, version 1'))]],
    ['log-in', logInStatement, rows(section('Log-in, version 1'))],
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
