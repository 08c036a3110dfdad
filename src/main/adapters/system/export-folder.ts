// Writes exported files into a folder of this user: a set of them under one name, never over another file.
import fs from 'node:fs/promises';
import path from 'node:path';
import type { ExportFolder } from '../../ports/export-folder.ts';

const MOST_OF_ONE_NAME = 1000;

export function exportFolder(folder: string): ExportFolder {
  return {
    async write(name, files) {
      try {
        await fs.mkdir(folder, { recursive: true });
        for (let n = 1; n <= MOST_OF_ONE_NAME; n += 1) {
          const written = await writeSet(path.join(folder, n === 1 ? name : `${name}-${n}`), files);
          if (written !== null) return written;
        }
      } catch {
        // Told to the officer as "not written"; what was to be written stands in the cache.
      }
      return null;
    },
  };
}

/** Null when one of the names is taken; then, and at a fault, nothing of the set is left behind. */
async function writeSet(
  base: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Map<string, string> | null> {
  const written = new Map<string, string>();
  try {
    for (const [suffix, bytes] of files) {
      const file = `${base}${suffix}`;
      const handle = await fs.open(file, 'wx', 0o600);
      written.set(suffix, file);
      try {
        await handle.writeFile(bytes);
      } finally {
        await handle.close();
      }
    }
    return written;
  } catch (error) {
    await Promise.all([...written.values()].map((file) => fs.rm(file, { force: true })));
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  }
}
