// The list of planted weaknesses cannot rot: each text stands where it is looked for, each test and each row is there.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { WEAKNESSES } from '../../../scripts/mutations/list.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

interface Weakness {
  readonly name: string;
  readonly row: string;
  readonly file: string;
  readonly change: readonly (readonly [string, string])[];
  readonly test: string;
  readonly title?: string;
}
const weaknesses = WEAKNESSES as unknown as readonly Weakness[];

/** Rows of the table that name a test; the first cell is the row's name. */
const rows = read('docs/security.md')
  .split("## Electron's checklist")[0]! // it says by whom the rows above are wanted
  .split('\n')
  .filter((line) => line.startsWith('| ') && /\.(test|spec)\.ts/.test(line))
  .map((line) => line.split(' | ')[0]!.slice(2).trim());

describe('the planted weaknesses', () => {
  it.each(weaknesses.map((one) => [one.name, one] as const))('%s', (_name, weakness) => {
    const { row, file, change, test, title } = weakness;
    for (const [search, replace] of change) {
      expect(read(file).split(search).length - 1, `${search} in ${file}`).toBe(1);
      expect(replace).not.toBe(search);
    }
    expect(rows, 'a row of docs/security.md').toContain(row);
    // A title may hold a value of a table of cases: its last word stands in the file at least.
    const [, last] = /([\p{L}\d]+)\W*$/u.exec(title ?? 'test') ?? [];
    expect(read(test)).toContain(title !== undefined && read(test).includes(title) ? title : last);
  });

  it('have a name each', () => {
    expect(new Set(weaknesses.map(({ name }) => name)).size).toBe(weaknesses.length);
  });

  it('are there for each row that names a test', () => {
    const without = rows.filter((row) => !weaknesses.some((one) => one.row === row));
    expect(without).toEqual([]);
  });
});
