// A library or certificate that somebody else could change, on every way there is to it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writableByOthers } from '../../../../../src/main/shell/policy/roots-only.ts';

const isRoot = process.getuid?.() === 0;
// Below root's own folder: everybody may write /tmp.
const home = isRoot ? fs.mkdtempSync('/root/kualik-roots-') : '';
const shared = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-roots-'));
afterAll(() => {
  for (const each of [home, shared]) if (each) fs.rmSync(each, { recursive: true, force: true });
});

const at = (...parts: string[]): string => path.join(home, ...parts);
function file(name: string, mode = 0o644, uid = 0): string {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), 'x');
  fs.chmodSync(at(name), mode);
  fs.chownSync(at(name), uid, 0);
  return at(name);
}

it('a library of the system is root’s, links and all', () => {
  expect(writableByOthers('/usr/bin/env')).toBeNull();
  expect(writableByOthers('/bin/sh')).toBeNull(); // a link in a link
});

it('a name that the loader would look for, or that is not there', () => {
  expect(writableByOthers('libpkcs11.so')).toBe('libpkcs11.so');
  expect(writableByOthers('./libpkcs11.so')).toBe('./libpkcs11.so');
  expect(writableByOthers('/usr/lib/no-such/lib.so')).toBe('/usr/lib/no-such');
});

it('below a folder that everybody writes', () => {
  const planted = path.join(shared, 'lib.so');
  fs.writeFileSync(planted, 'x');
  expect(writableByOthers(planted)).toBe(os.tmpdir());
});

describe.runIf(isRoot)('below root’s own folder', () => {
  it('takes what only root writes', () => {
    expect(writableByOthers(file('good/lib.so'))).toBeNull();
  });
  it.each([
    ['everybody writes', 0o646, 0],
    ['a group writes', 0o664, 0],
    ['is a user’s', 0o644, 1000],
  ])('refuses a file that %s', (_what, mode, uid) => {
    const name = file(`bad-${mode}-${uid}/lib.so`, mode, uid);
    expect(writableByOthers(name)).toBe(name);
  });
  it.each([
    ['everybody writes', 0o777, 0],
    ['a group writes', 0o775, 0],
    ['is a user’s', 0o755, 1000],
  ])('refuses a good file in a folder that %s', (_what, mode, uid) => {
    const folder = `folder-${mode}-${uid}`;
    const name = file(`${folder}/deep/lib.so`);
    fs.chmodSync(at(folder), mode);
    fs.chownSync(at(folder), uid, 0);
    expect(writableByOthers(name)).toBe(at(folder));
  });
  it('refuses a link that leads to where others write, and a user’s link', () => {
    const bad = file('target/lib.so', 0o666);
    fs.symlinkSync(bad, at('link.so'));
    expect(writableByOthers(at('link.so'))).toBe(bad);
    fs.symlinkSync('good/lib.so', at('relative.so'));
    expect(writableByOthers(at('relative.so'))).toBeNull();
    fs.symlinkSync(file('good/lib.so'), at('users.so'));
    fs.lchownSync(at('users.so'), 1000, 0);
    expect(writableByOthers(at('users.so'))).toBe(at('users.so'));
  });
  it('ends on a link that leads to itself', () => {
    fs.symlinkSync(at('circle'), at('circle'));
    expect(writableByOthers(at('circle'))).toBe(at('circle'));
  });
});
