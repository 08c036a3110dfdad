// The copy that is installed: made anew, hashed as it is written, where nobody but this user and root can put another.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { UpdateEntry } from '../../../shared/central/update.ts';
import type { UpdateFolder } from '../../ports/updates.ts';

type Staged = Awaited<ReturnType<UpdateFolder['stage']>>;

/**
 * Copies `from` into the emptied folder `dir`. What is hashed is what was written, so a file changed between
 * the download and now is found; a folder on the way that others may write is refused: they could put another
 * file in its place after the last look.
 */
export async function stageFile(dir: string, entry: UpdateEntry, from: string): Promise<Staged> {
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { mode: 0o700 }); // fails when somebody put a folder of his own there meanwhile
  if (!closedToOthers(dir)) return { ok: false, why: 'open-folder' };
  const file = path.join(dir, entry.name);
  if (await copyHashed(from, file, entry)) return { ok: true, file };
  fs.rmSync(dir, { recursive: true, force: true });
  return { ok: false, why: 'wrong-file' };
}

/** Whether the copy has the signed size and hash. */
async function copyHashed(from: string, to: string, entry: UpdateEntry): Promise<boolean> {
  const hash = createHash('sha256');
  let size = 0;
  const out = await fs.promises.open(to, 'wx', 0o600);
  try {
    for await (const bytes of fs.createReadStream(from)) {
      const part = bytes as Uint8Array;
      size += part.length;
      if (size > entry.size) return false;
      hash.update(part);
      await out.write(part);
    }
    await out.sync();
    await out.chmod(0o400);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false; // taken away
    throw error;
  } finally {
    await out.close();
  }
  return size === entry.size && hash.digest('hex') === entry.sha256;
}

/**
 * Every folder up to the root belongs to this user or root, and nobody else writes it; a sticky one of root's
 * (`/tmp`) lets nobody rename what is another's. Windows keeps a user's data closed by its own rights.
 */
export function closedToOthers(dir: string): boolean {
  if (process.platform === 'win32') return true;
  const own = process.getuid?.();
  for (let at = fs.realpathSync(dir); ; at = path.dirname(at)) {
    const { uid, mode } = fs.statSync(at);
    const open = (mode & 0o022) !== 0 && !(uid === 0 && (mode & 0o1000) !== 0);
    if (open || (uid !== 0 && uid !== own)) return false;
    if (path.dirname(at) === at) return true;
  }
}
