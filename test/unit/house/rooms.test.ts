// The import law: a planted breach of each kind is found, and what the plan allows passes.
import { Linter } from 'eslint';
import path from 'node:path';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { house } from '../../../scripts/lint/plugin.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const linter = new Linter({ cwd: root });

/** Messages of one rule for a file that exists only here. */
function lint(rule: string, file: string, code: string): string[] {
  const found = linter.verify(
    code,
    [
      {
        files: ['**/*.{ts,tsx}'],
        plugins: { house },
        languageOptions: {
          parser: tseslint.parser as Linter.Parser,
          parserOptions: { ecmaFeatures: { jsx: true } },
        },
        rules: { [`house/${rule}`]: 'error' },
      },
    ],
    path.join(root, file),
  );
  return found.map((problem) => problem.message);
}

const rooms = (file: string, code: string) => lint('rooms', file, code);

describe('what the plan allows', () => {
  it.each([
    ['src/main/domain/a.ts', `import type { Iin } from '../../shared/kernel/iin.ts';`],
    ['src/main/ports/a.ts', `import type { CaseFact } from '../domain/case-facts.ts';`],
    ['src/main/app/a.ts', `import type { Clock } from '../ports/clock.ts';`],
    ['src/main/adapters/sqlite/a.ts', `import D from 'better-sqlite3-multiple-ciphers';`],
    ['src/main/adapters/token/a.ts', `import p11 from 'pkcs11js';\nimport fs from 'node:fs';`],
    ['src/main/core/a.ts', `import { x } from '../adapters/sqlite/case-store.ts';`],
    ['src/main/shell/a.ts', `import { app } from 'electron';`],
    ['src/preload/a.ts', `import { contextBridge } from 'electron';`],
    [
      'src/renderer/features/queue/a.tsx',
      `import { IconX } from '@tabler/icons-react';\nimport './a.css';`,
    ],
    ['src/renderer/features/queue/a.ts', `import { b } from './parts/b.ts';`],
    ['src/renderer/features/queue/a.ts', `import icon from '../../shared/ui/icon.svg?url';`],
    ['src/shared/cades/a.ts', `import * as pkijs from 'pkijs';\nimport crypto from 'node:crypto';`],
    [
      'stand/central/a.ts',
      `import { z } from '../../src/shared/central/common.ts';\nimport 'fastify';`,
    ],
  ])('%s: %s', (file, code) => {
    expect(rooms(file, code)).toEqual([]);
  });
});

describe('a breach is found', () => {
  it.each([
    ['domain reads files', 'src/main/domain/a.ts', `import fs from 'node:fs';`],
    ['domain takes a package', 'src/main/domain/a.ts', `import { z } from 'zod';`],
    [
      'domain asks the application',
      'src/main/domain/a.ts',
      `import { x } from '../app/decide-case.ts';`,
    ],
    [
      'kernel asks the contract',
      'src/shared/kernel/a.ts',
      `import { x } from '../contract/queue.ts';`,
    ],
    [
      'contract asks the main side',
      'src/shared/contract/a.ts',
      `import { x } from '../../main/domain/x.ts';`,
    ],
    [
      'use case asks an adapter',
      'src/main/app/a.ts',
      `import { x } from '../adapters/sqlite/x.ts';`,
    ],
    ['use case takes a vendor', 'src/main/app/a.ts', `import sharp from 'sharp';`],
    [
      'use case loads electron late',
      'src/main/app/a.ts',
      `export const e = () => import('electron');`,
    ],
    ['port imports a value', 'src/main/ports/a.ts', `import { x } from '../domain/x.ts';`],
    ['port imports a package value', 'src/main/ports/a.ts', `import { z } from 'zod';`],
    [
      'adapter asks its neighbour',
      'src/main/adapters/token/a.ts',
      `import { x } from '../sqlite/x.ts';`,
    ],
    [
      'adapter takes another’s vendor',
      'src/main/adapters/imaging/a.ts',
      `import D from 'better-sqlite3-multiple-ciphers';`,
    ],
    ['core takes electron', 'src/main/core/a.ts', `import { app } from 'electron';`],
    ['core asks the shell', 'src/main/core/a.ts', `import { x } from '../shell/x.ts';`],
    ['shell asks the store', 'src/main/shell/a.ts', `import { x } from '../adapters/sqlite/x.ts';`],
    ['shell requires a vendor', 'src/main/shell/a.ts', `const s = require('sharp');`],
    ['preload reads files', 'src/preload/a.ts', `import fs from 'node:fs';`],
    [
      'screen asks the main side',
      'src/renderer/features/queue/a.ts',
      `import { x } from '../../../main/domain/x.ts';`,
    ],
    [
      'screen sees signatures',
      'src/renderer/shared/a.ts',
      `import { x } from '../../shared/cades/build.ts';`,
    ],
    [
      'print page asks the core',
      'src/renderer/papers/a.ts',
      `import { call } from '../shared/bridge.ts';`,
    ],
    ['print page keeps a store', 'src/renderer/papers/a.ts', `import { create } from 'zustand';`],
    ['screen takes node', 'src/renderer/app/a.ts', `import path from 'node:path';`],
    ['screen takes electron', 'src/renderer/app/a.ts', `import { ipcRenderer } from 'electron';`],
    [
      'feature asks a feature',
      'src/renderer/features/case/a.ts',
      `import { x } from '../queue/store.ts';`,
    ],
    [
      're-export from afar',
      'src/renderer/features/case/a.ts',
      `export { x } from '../../../main/domain/x.ts';`,
    ],
    [
      'type from afar',
      'src/renderer/features/case/a.ts',
      `export type X = import('../../../main/domain/x.ts').X;`,
    ],
    [
      'program asks the stand',
      'src/main/core/a.ts',
      `import { x } from '../../../stand/start.ts';`,
    ],
    [
      'stand asks the main side',
      'stand/central/a.ts',
      `import { x } from '../../src/main/domain/x.ts';`,
    ],
    [
      'stand asks the contract',
      'stand/people/a.ts',
      `import { x } from '../../src/shared/contract/x.ts';`,
    ],
    [
      'built-in SQLite',
      'src/main/adapters/sqlite/a.ts',
      `import { DatabaseSync } from 'node:sqlite';`,
    ],
    ['a file in no room', 'src/stray/a.ts', `export const a = 1;`],
  ])('%s', (_name, file, code) => {
    expect(rooms(file, code)).toHaveLength(1);
  });
});

describe('purity', () => {
  it.each([
    'Date.now()',
    'Math.random()',
    'new Date()',
    'process.env',
    'fetch("x")',
    'console.log(1)',
  ])('the domain may not use %s', (code) => {
    expect(lint('pure', 'src/main/domain/a.ts', `export const a = ${code};`)).toHaveLength(1);
  });

  it('the domain may work on the time it is given', () => {
    const code = 'export const a = (now: number) => new Date(now).getTime();';
    expect(lint('pure', 'src/main/domain/a.ts', code)).toEqual([]);
  });

  it('an adapter may ask the clock', () => {
    expect(lint('pure', 'src/main/adapters/system/a.ts', 'export const a = Date.now();')).toEqual(
      [],
    );
  });
});
