// Lint with types: a planted breach of each rule is found, and what the rules allow passes.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
// Outside the checkout oxlint looks for its typed half on the path only.
const bin = [path.join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(path.delimiter);
let folder = '';
let found: { code: string; filename: string; line: number }[] = [];

const BREACHES: Record<string, string> = {
  'no-floating-promises': 'export const f = (): void => {\n  work();\n};',
  'no-misused-promises':
    'export const f = (): void => [1].forEach(async () => {\n  await work();\n});',
  'await-thenable': 'export const f = async (n: number): Promise<number> => await n;',
  'switch-exhaustiveness-check':
    "export function f(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      break;\n  }\n}",
};
const ALLOWED: Record<string, string> = {
  void: 'export const f = (): void => {\n  void work();\n};',
  attribute:
    'declare const Key: (p: { onClick: () => void }) => null;\nexport const k = <Key onClick={async () => void (await work())} />;',
  default:
    "export function f(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      break;\n    default:\n  }\n}",
};
const HEAD = 'declare function work(): Promise<void>;\n';

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-types-lint-'));
  const config = {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: { types: [], jsx: 'preserve' },
    include: ['*.tsx'],
  };
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  for (const [name, code] of Object.entries({ ...BREACHES, ...ALLOWED }))
    fs.writeFileSync(path.join(folder, `${name}.tsx`), HEAD + code);
  const run = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/oxlint/bin/oxlint'),
      ...[
        '-c',
        path.join(root, '.oxlintrc.json'),
        '-f',
        'json',
        ...fs.readdirSync(folder).filter((name) => name.endsWith('.tsx')),
      ],
    ],
    { cwd: folder, encoding: 'utf8', timeout: 30_000, env: { ...process.env, PATH: bin } },
  );
  const told = JSON.parse(run.stdout) as { diagnostics: typeof found };
  found = told.diagnostics;
}, 60_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const rulesOf = (name: string): string[] =>
  found.filter(({ filename }) => path.basename(filename) === `${name}.tsx`).map(({ code }) => code);

describe('lint with types', () => {
  it.each(Object.keys(BREACHES))('%s', (rule) => {
    expect(rulesOf(rule)).toEqual([`typescript(${rule})`]);
  });
  it.each(Object.keys(ALLOWED))('allows %s', (name) => {
    expect(rulesOf(name)).toEqual([]);
  });
});
