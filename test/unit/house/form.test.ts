// The habits that are lint: first line, barrels, file names, extensions, circles; each breach is planted here.
import { Linter } from 'eslint';
import path from 'node:path';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { findCircles, importGraph } from '../../../scripts/lint/cycles.mjs';
import { house } from '../../../scripts/lint/plugin.mjs';

const root = path.resolve(import.meta.dirname, '../../..');

function lint(rule: string, file: string, code: string): number {
  const config: Linter.Config = {
    files: ['**/*.{ts,tsx}'],
    plugins: { house },
    languageOptions: { parser: tseslint.parser as Linter.Parser },
    rules: { [`house/${rule}`]: 'error' },
  };
  return new Linter({ cwd: root }).verify(code, [config], path.join(root, file)).length;
}

describe('first line', () => {
  it.each(['export const a = 1;', '// a.ts\nexport const a = 1;', '\n// Says it one line late.\n'])(
    'refuses %j',
    (code) => expect(lint('first-line', 'src/main/domain/a.ts', code)).toBe(1),
  );
  it.each(['// Counts the working days.\nexport const a = 1;', '/** Counts the working days. */'])(
    'takes %j',
    (code) => expect(lint('first-line', 'src/main/domain/a.ts', code)).toBe(0),
  );
});

describe('barrels', () => {
  it('refuses an index file', () =>
    expect(lint('no-barrel', 'src/main/app/index.ts', 'export const a = 1;')).toBe(1));
  it('refuses a file that only passes on', () =>
    expect(
      lint(
        'no-barrel',
        'src/main/app/all.ts',
        `export * from './a.ts';\nexport { b } from './b.ts';`,
      ),
    ).toBe(1));
  it('takes the two process entries', () =>
    expect(lint('no-barrel', 'src/preload/index.ts', 'export const a = 1;')).toBe(0));
});

describe('file names', () => {
  it.each(['decideCase.ts', 'Decide.ts', 'decide_case.ts'])('refuses %s', (name) =>
    expect(lint('file-name', `src/main/app/${name}`, '')).toBe(1),
  );
  it.each(['decide-case.ts', 'CaseScreen.tsx', 'decide-case.test.ts', 'main.tsx'])(
    'takes %s',
    (name) => expect(lint('file-name', `src/main/app/${name}`, '')).toBe(0),
  );
});

describe('extensions', () => {
  it('refuses a bare relative name', () =>
    expect(lint('relative-extension', 'src/main/app/a.ts', `import { b } from './b';`)).toBe(1));
  it('takes a full name and a package', () =>
    expect(lint('relative-extension', 'src/main/app/a.ts', `import './b.ts';\nimport 'zod';`)).toBe(
      0,
    ));
});

describe('circles of imports', () => {
  it('finds a planted circle and names its way', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a']],
      ['d', ['a']],
    ]);
    expect(findCircles(graph)).toEqual([['a', 'b', 'c', 'a']]);
  });
  it('takes two ways to one file', () => {
    expect(
      findCircles(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['d']],
          ['c', ['d']],
          ['d', []],
        ]),
      ),
    ).toEqual([]);
  });
  it('reads imports of every kind from the sources', () => {
    const graph = importGraph(['test/unit/house']);
    expect([...graph.keys()]).toContain(import.meta.filename);
    expect(graph.get(import.meta.filename)).toContain(path.join(root, 'scripts/lint/cycles.mjs'));
  });
  it('the sources have none', () => {
    expect(findCircles(importGraph(['src', 'stand', 'test']))).toEqual([]);
  });
});
