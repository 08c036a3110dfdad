// Writes an exported act as a zip into a folder of this user; never over another file.
import fs from 'node:fs/promises';
import path from 'node:path';
import { zipSync } from 'fflate';
import type { ActPacks } from '../../ports/act-packs.ts';

export function zippedActPacks(folder: string): ActPacks {
  return {
    async write(name, files) {
      const entries = [...files].map(([file, bytes]) => [`${name}/${file}`, bytes] as const);
      const zip = zipSync(Object.fromEntries(entries));
      try {
        await fs.mkdir(folder, { recursive: true });
        for (let n = 1; n < 100; n += 1) {
          const file = path.join(folder, n === 1 ? `${name}.zip` : `${name}-${n}.zip`);
          if (await writeNew(file, zip)) return file;
        }
      } catch {
        // Told to the officer as "not written"; the act itself is safe in the cache.
      }
      return null;
    },
  };
}

/** False when a file of that name is there already. */
async function writeNew(file: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await fs.writeFile(file, bytes, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
