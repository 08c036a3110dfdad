// Finds files of the installed package that are not as they were packed: a broken disk, a half-done update.
import { createHash } from 'node:crypto';
import type fs from 'node:fs';
import path from 'node:path';

const PIECE = 1024 * 1024;
/** More than this need not be named to call the package damaged. */
const MOST = 10;

/**
 * Names (relative to `folder`) that are missing or differ from `resources/payload.json`, at most `MOST`;
 * the list itself when it cannot be read. It guards against damage, not against an administrator: who may
 * write the files may write the list too. A failure is an answer here, never a throw.
 * `files`: a file system that sees archives as files; Electron's own `fs` shows folders in their place.
 */
export async function damagedFiles(
  folder: string,
  { createReadStream, readFileSync }: Pick<typeof fs, 'createReadStream' | 'readFileSync'>,
): Promise<string[]> {
  const list = 'resources/payload.json';
  let files: Readonly<Record<string, string>>;
  try {
    const text = readFileSync(path.join(folder, list), 'utf8');
    ({ files } = JSON.parse(text) as { files: Readonly<Record<string, string>> });
    if (Object.keys(files).length === 0) return [list];
  } catch {
    return [list];
  }
  const damaged: string[] = [];
  for (const [name, wanted] of Object.entries(files)) {
    if (damaged.length === MOST) break;
    if ((await hashOf(path.join(folder, name), createReadStream)) !== wanted) damaged.push(name);
  }
  return damaged;
}

/** In pieces, so that the window is served in between; null when the file cannot be read. */
async function hashOf(file: string, open: typeof fs.createReadStream): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const piece of open(file, { highWaterMark: PIECE })) hash.update(piece as Buffer);
  } catch {
    return null;
  }
  return hash.digest('hex');
}
