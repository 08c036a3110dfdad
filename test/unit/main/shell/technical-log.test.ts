// The technical log's files: bounded, for the user alone, and a disk that takes nothing stops nobody.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { technicalLogFile } from '../../../../src/main/adapters/system/technical-log-file.ts';
import { technicalLog } from '../../../../src/main/shell/technical-log.ts';

let dir = '';
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-log-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const file = (name: string): string => path.join(dir, 'user', name);
const events = (): string[] =>
  technicalLogFile(path.join(dir, 'user'))
    .read()
    .lines.map((line) => (JSON.parse(line) as { event: string }).event);

describe('the technical log', () => {
  it('makes its folder and files for this user alone', () => {
    const write = technicalLog(path.join(dir, 'user'));
    expect(write('shell', 'program-stopped', {})).toContain('"event":"program-stopped"');
    expect(events()).toEqual(['program-stopped']);
    expect(fs.statSync(file('technical.log')).mode & 0o777).toBe(0o600);
    expect(fs.statSync(path.join(dir, 'user')).mode & 0o777).toBe(0o700);
  });

  it('keeps two files below their bound, the newest lines in order', () => {
    const write = technicalLog(path.join(dir, 'user'), 2_000);
    for (let n = 1; n <= 200; n += 1) write('core', 'package-damaged', { count: n });
    for (const name of ['technical.log', 'technical.1.log'])
      expect(fs.statSync(file(name)).size).toBeLessThanOrEqual(2_000);
    expect(fs.readdirSync(path.join(dir, 'user')).sort()).toEqual([
      'technical.1.log',
      'technical.log',
    ]);
    const counts = technicalLogFile(path.join(dir, 'user'))
      .read()
      .lines.map((line) => (JSON.parse(line) as { count: number }).count);
    expect(counts.length).toBeGreaterThan(20);
    expect(counts).toEqual(counts.map((_, i) => 200 - counts.length + 1 + i));
  });

  it('goes on while nothing can be written, and says how much was lost', () => {
    const write = technicalLog(path.join(dir, 'user'));
    write('shell', 'package-whole', {});
    fs.rmSync(file('technical.log'));
    fs.mkdirSync(file('technical.log')); // what a disk answers then, without filling one
    for (let n = 0; n < 3; n += 1) write('core', 'cache-opened', {});
    fs.rmdirSync(file('technical.log'));
    fs.writeFileSync(file('technical.log'), '{"at":"2026-07-0'); // a line the full disk cut off
    write('core', 'cache-key-lost', {});
    write('core', 'cache-opened', {});
    expect(events()).toEqual(['log-lines-lost', 'cache-key-lost', 'cache-opened']);
    expect(fs.readFileSync(file('technical.log'), 'utf8')).toContain('"count":3');
  });

  it('writes to a device without space and throws nothing', () => {
    fs.mkdirSync(path.join(dir, 'user'));
    fs.symlinkSync('/dev/full', file('technical.log'));
    const write = technicalLog(path.join(dir, 'user'));
    expect(() => write('core', 'cache-opened', {})).not.toThrow();
    fs.rmSync(file('technical.log'));
    write('core', 'cache-key-lost', {});
    expect(events()).toEqual(['log-lines-lost', 'cache-key-lost']);
  });

  it('is read without what others wrote into it', () => {
    const write = technicalLog(path.join(dir, 'user'));
    write('core', 'cache-opened', {});
    fs.appendFileSync(file('technical.log'), 'PIN of Иванова: 123456\n');
    write('core', 'cache-key-lost', {});
    const { lines, leftOut } = technicalLogFile(path.join(dir, 'user')).read();
    expect(lines.join('\n')).not.toContain('123456');
    expect([lines.length, leftOut]).toEqual([2, 1]);
  });
});
