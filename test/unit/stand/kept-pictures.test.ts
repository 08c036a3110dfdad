// Pictures kept from stand to stand: made once, told apart by name, never given back damaged.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keptPictures } from '../../../stand/kept-pictures.ts';
import { seal } from '../../../stand/people/pictures.ts';

let cache: string;
let made: string[];

beforeEach(() => {
  cache = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-kept-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
  made = [];
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(cache, { recursive: true, force: true });
});

const ask = (name: string) =>
  keptPictures()(name, 'image/png', async () => {
    made.push(name);
    return seal(Buffer.from(`picture ${name} ${made.length}`), 'image/png');
  });
const folder = () => {
  const pictures = path.join(cache, 'kualik/pictures');
  return path.join(pictures, fs.readdirSync(pictures)[0]!);
};

it('a picture is made once and comes back with the same bytes and hash', async () => {
  const first = await ask('a');
  expect(await ask('a')).toEqual({ ...first, bytes: new Uint8Array(first.bytes) });
  expect((await ask('b')).sha256).not.toBe(first.sha256);
  expect(made).toEqual(['a', 'b']);
});

it('a file cut short or changed is not believed', async () => {
  await ask('a');
  const [name] = fs.readdirSync(folder());
  const file = path.join(folder(), name!);
  fs.truncateSync(file, fs.statSync(file).size - 1);
  const again = await ask('a');
  expect(Buffer.from(again.bytes).toString()).toBe('picture a 2');
  expect((await ask('a')).sha256).toBe(again.sha256);
  expect(made).toEqual(['a', 'a']);
});

it('pictures of another painter are thrown away, a cache that cannot be written is done without', async () => {
  fs.mkdirSync(path.join(cache, 'kualik/pictures/another-painter'), { recursive: true });
  await ask('a');
  expect(fs.readdirSync(path.join(cache, 'kualik/pictures'))).toEqual([path.basename(folder())]);
  vi.stubEnv('XDG_CACHE_HOME', path.join(cache, 'a-file'));
  fs.writeFileSync(path.join(cache, 'a-file'), '');
  await ask('c');
  await ask('c');
  expect(made).toEqual(['a', 'c', 'c']);
});
