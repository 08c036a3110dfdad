// Keeps a prepared PKI and database for in-process starts: tests share them instead of painting people anew.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isAlive, readText } from './holder.ts';

const HERE = dirname(fileURLToPath(import.meta.url));

/** Hash of the stand's own sources and the contract: changed code never meets old data. */
function sourcesStamp(): string {
  const hash = createHash('sha256');
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (name.endsWith('.ts')) hash.update(name).update(readFileSync(path));
    }
  };
  for (const part of ['people', 'pki', 'central/migrations', '../src/shared/central'])
    walk(join(HERE, part));
  for (const file of ['central/load.ts', 'data.ts', 'directory.ts'])
    hash.update(readFileSync(join(HERE, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Its maker is gone (a test that was stopped), or makes for longer than anybody waits. */
function isAbandoned(lock: string): boolean {
  const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  if (Date.now() - since > 300_000) return true;
  const holder = Number(readText(join(lock, 'pid')));
  return holder > 0 && !isAlive(holder);
}

/**
 * A folder made once per key and day by `make(folder)`; several processes may ask at once: one makes,
 * the others wait (up to five minutes). The folder is only read afterwards.
 */
export async function preparedFolder(
  key: unknown,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const day = new Date().toISOString().slice(0, 10);
  const name = createHash('sha256').update(JSON.stringify([key, day, sourcesStamp()])).digest('hex');
  const root = join(tmpdir(), `kualik-stand-${process.getuid?.() ?? 0}`);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const folder = join(root, name.slice(0, 24));
  const lock = `${folder}.lock`;
  while (!existsSync(join(folder, 'done'))) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
    } catch {
      if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
      await sleep(500);
      continue;
    }
    try {
      if (existsSync(join(folder, 'done'))) break;
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { mode: 0o700 });
      await make(folder);
      mkdirSync(join(folder, 'done'));
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return folder;
} // prettier-ignore
