// What a station says of its caches without a key, and of the room on the disk.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stationFiles } from '../../../../../src/main/adapters/system/station-files.ts';

let userDir = '';
beforeEach(() => {
  userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-caches-'));
});
afterEach(() => fs.rmSync(userDir, { recursive: true, force: true }));

const put = (name: string, bytes: Buffer): void => {
  fs.mkdirSync(path.join(userDir, 'cache'), { recursive: true });
  fs.writeFileSync(path.join(userDir, 'cache', name), bytes);
};

it('knows whole, torn, emptied and plain files, and passes over their logs', () => {
  expect(stationFiles(userDir).caches()).toEqual([]);
  const plain = Buffer.alloc(4096);
  plain.write('SQLite format 3\0', 'latin1');
  put('a.db', Buffer.alloc(8192, 7));
  put('b.db', Buffer.alloc(8191, 7));
  put('c.db', plain);
  put('d.db', Buffer.alloc(0));
  put('e.db', Buffer.alloc(0));
  put('e.db-wal', Buffer.alloc(10));
  expect(stationFiles(userDir).caches()).toEqual([
    { file: 'a.db', fault: null },
    { file: 'b.db', fault: 'torn' },
    { file: 'c.db', fault: 'plain' },
    { file: 'd.db', fault: 'torn' },
    { file: 'e.db', fault: null },
  ]);
});

it('asks the disk of the user’s folder, also before it is made', () => {
  const free = stationFiles(path.join(userDir, 'new')).freeBytes();
  expect(free).toBeGreaterThan(0);
  expect(Number.isFinite(free)).toBe(true);
});
