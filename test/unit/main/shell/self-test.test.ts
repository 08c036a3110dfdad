// The self-test of an installed package: whole is silent, each kind of damage is named, a lost list is damage.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { damagedFiles } from '../../../../src/main/shell/self-test.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
let folder = '';

const write = (name: string, text: string): void => {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
};
const list = (files: Record<string, string>): void =>
  write('resources/payload.json', JSON.stringify({ version: '0.1.0', files }));

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-self-test-'));
  write('kualik', 'program');
  write('resources/app.asar', 'archive');
  list({ kualik: sha256('program'), 'resources/app.asar': sha256('archive') });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('damagedFiles', () => {
  it('finds nothing in a whole package', async () => {
    expect(await damagedFiles(folder, fs)).toEqual([]);
  });

  it('names a changed and a missing file', async () => {
    write('resources/app.asar', 'archivE');
    fs.rmSync(path.join(folder, 'kualik'));
    expect(await damagedFiles(folder, fs)).toEqual(['kualik', 'resources/app.asar']);
  });

  it('takes a missing, broken or empty list for damage', async () => {
    const lost = ['resources/payload.json'];
    list({});
    expect(await damagedFiles(folder, fs)).toEqual(lost);
    write('resources/payload.json', '{"files": ');
    expect(await damagedFiles(folder, fs)).toEqual(lost);
    fs.rmSync(path.join(folder, 'resources/payload.json'));
    expect(await damagedFiles(folder, fs)).toEqual(lost);
  });

  it('stops at the tenth: what is so broken needs no full list', async () => {
    list(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`gone-${n}`, sha256('x')])));
    expect(await damagedFiles(folder, fs)).toHaveLength(10);
  });
});
