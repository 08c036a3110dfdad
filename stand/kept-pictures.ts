// Pictures of synthetic people kept in the user's cache: a face is painted once a machine, not once a stand.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { KeepPicture } from './people/generate-people.ts';
import { seal } from './people/pictures.ts';

const PEOPLE = join(dirname(fileURLToPath(import.meta.url)), 'people');
const SHA256_BYTES = 32;

/** The painter's sources and the codec: another painter never meets pictures of an older one. */
function painterStamp(): string {
  const hash = createHash('sha256').update(JSON.stringify(sharp.versions));
  for (const name of readdirSync(PEOPLE, { recursive: true, encoding: 'utf8' }).sort())
    if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(PEOPLE, name)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Finds a picture under its name in `~/.cache/kualik/pictures` (XDG_CACHE_HOME is honoured), or makes and
 * keeps it. A file is its SHA-256 and the picture; one that does not fit its hash is made again. A cache
 * that cannot be written only costs time.
 */
export function keptPictures(): KeepPicture {
  const all = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kualik/pictures');
  const stamp = painterStamp();
  const folder = join(all, stamp);
  quietly(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const old of readdirSync(all))
      if (old !== stamp) rmSync(join(all, old), { recursive: true, force: true });
  });
  return async (name, mime, make) => {
    const file = join(folder, createHash('sha256').update(name).digest('hex'));
    const known = quietly(() => readFileSync(file));
    if (known !== null) {
      const picture = seal(new Uint8Array(known.subarray(SHA256_BYTES)), mime);
      if (picture.sha256 === known.toString('hex', 0, SHA256_BYTES)) return picture;
    }
    const made = await make();
    quietly(() => {
      const part = `${file}.${randomUUID()}`;
      writeFileSync(part, Buffer.concat([Buffer.from(made.sha256, 'hex'), made.bytes]));
      renameSync(part, file);
    });
    return made;
  };
}

function quietly<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
