// The export folder: a set of files under one name, whole or not at all, and nothing is written over.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportFolder } from '../../../../../src/main/adapters/system/export-folder.ts';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-export-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const set = (text: string) =>
  new Map([
    ['.csv', Buffer.from(text)],
    ['.csv.p7s', Buffer.from(`${text}!`)],
  ]);

describe('export folder', () => {
  it('writes the set under one name, and the next one beside it', async () => {
    const first = await exportFolder(path.join(dir, 'new')).write('register', set('1'));
    const second = await exportFolder(path.join(dir, 'new')).write('register', set('2'));
    expect(path.basename(first!.get('.csv.p7s')!)).toBe('register.csv.p7s');
    expect(path.basename(second!.get('.csv')!)).toBe('register-2.csv');
    expect(fs.readFileSync(first!.get('.csv')!, 'utf8')).toBe('1');
    expect(fs.statSync(first!.get('.csv')!).mode & 0o077).toBe(0);
  });

  it('keeps file and signature together when only one of the names is taken', async () => {
    fs.writeFileSync(path.join(dir, 'register.csv.p7s'), 'other');
    const written = await exportFolder(dir).write('register', set('1'));
    expect(path.basename(written!.get('.csv')!)).toBe('register-2.csv');
    expect(fs.readdirSync(dir).sort()).toEqual([
      'register-2.csv',
      'register-2.csv.p7s',
      'register.csv.p7s',
    ]);
    expect(fs.readFileSync(path.join(dir, 'register.csv.p7s'), 'utf8')).toBe('other');
  });

  it('answers null where nothing can be written', async () => {
    fs.writeFileSync(path.join(dir, 'file'), '');
    expect(await exportFolder(path.join(dir, 'file', 'x')).write('a', set('1'))).toBeNull();
  });
});
