// The set-up's own judgement: what is installed, which runtime needs the older Node-API, what a patch may not miss.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needsNodeApi9 } from '../../../scripts/electron-runtime.mjs';
import { lockDifference } from '../../../scripts/setup/npm-packages.mjs';
import { backportToNodeApi9 } from '../../../scripts/setup/sqlite-backport.mjs';

describe('npm packages in step with the lock file', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };

  it('an absent optional package is no difference', () => {
    expect(lockDifference(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBeUndefined();
  });
  it.each([
    ['another version', { 'node_modules/a': { version: '1.0.1' } }],
    ['an absent package', { 'node_modules/b': { version: '2.0.0' } }],
    [
      'another version of an optional one',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '3.0.0' } },
    ],
    [
      'a left-over package',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } },
    ],
    ['nothing installed', undefined],
  ])('%s is one', (_name, present) => {
    expect(lockDifference(wanted, present)).toBeTypeOf('string');
  });
});

describe('Node-API of the runtime', () => {
  it.each([
    ['33.2.1', true],
    ['35.9.9', true],
    ['36.0.0', false],
    ['45.4.1', false],
    ['', true], // unknown: the older one runs everywhere
  ])('Electron %j', (version, expected) => {
    expect(needsNodeApi9({ version })).toBe(expected);
  });
});

describe('the SQLite back-port', () => {
  let folder = '';
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-backport-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('patches the installed sources', () => {
    const source = path.resolve('node_modules/better-sqlite3-multiple-ciphers');
    fs.cpSync(path.join(source, 'src'), path.join(folder, 'src'), { recursive: true });
    fs.copyFileSync(path.join(source, 'binding.gyp'), path.join(folder, 'binding.gyp'));
    backportToNodeApi9(folder);
    const read = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8');
    expect(read('binding.gyp')).toContain('NAPI_VERSION=9');
    expect(read('src/better_sqlite3.cpp')).toContain('class BoxRef');
    for (const file of fs.readdirSync(path.join(folder, 'src'), {
      recursive: true,
      encoding: 'utf8',
    })) {
      if (/\.[ch]pp$/.test(file) && !file.endsWith('better_sqlite3.cpp')) {
        expect(read(path.join('src', file))).not.toContain('Napi::Reference<Napi::String>');
      }
    }
  });

  it('refuses sources in which there is nothing to patch', () => {
    fs.writeFileSync(path.join(folder, 'binding.gyp'), "'NAPI_VERSION=11'");
    expect(() => backportToNodeApi9(folder)).toThrow('nothing to patch in binding.gyp');
  });
});
