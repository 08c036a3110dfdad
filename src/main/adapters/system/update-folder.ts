// The station's folder of updates: the newest manifest seen, and packages, whole or on their way.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { instant, sha256 } from '../../../shared/central/common.ts';
import { updateMinimum, updateVersion, type UpdateEntry } from '../../../shared/central/update.ts';
import type { TakenFile, UpdateFolder } from '../../ports/updates.ts';
import { readText, writeWhole } from './station-files.ts';
import { stageFile } from './update-staging.ts';

/** The newest package and the one before it: the way back is one version long. */
const KEPT_PACKAGES = 2;
const keptFile = z.object({
  sequence: z.int().min(1),
  sha256,
  minimum: updateMinimum.nullable(),
});
const startedFile = z.object({ from: updateVersion, to: updateVersion, at: instant });

export function updateFolder(dir: string): UpdateFolder {
  const seen = path.join(dir, 'seen.json');
  const started = path.join(dir, 'started.json');
  const staging = path.join(dir, 'install');
  return {
    readKept() {
      try {
        return keptFile.parse(JSON.parse(readText(seen) ?? 'null'));
      } catch {
        return null; // none yet, or broken: who may break it could take it away as well
      }
    },
    keep: (kept) => writeWhole(seen, JSON.stringify(kept)),
    async take(entry, read) {
      fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
      const whole = path.join(dir, entry.name);
      if (await isWhole(whole, entry)) return { ok: true, path: whole };
      const part = path.join(dir, `${entry.sha256}.part`);
      const taken = await fetchInto(part, entry, read);
      if (taken !== 'whole') return { ok: false, why: taken };
      fs.renameSync(part, whole);
      dropOld(dir, entry.name);
      return { ok: true, path: whole };
    },
    stage: (entry, from) => stageFile(staging, entry, from),
    dropStaged: () => fs.rmSync(staging, { recursive: true, force: true }),
    readStarted() {
      try {
        return startedFile.parse(JSON.parse(readText(started) ?? 'null'));
      } catch {
        return null; // it only tells what was; nothing hangs on it
      }
    },
    keepStarted(value) {
      if (value === null) fs.rmSync(started, { force: true });
      else writeWhole(started, JSON.stringify(value));
    },
  };
}

async function isWhole(file: string, { size, sha256: wanted }: UpdateEntry): Promise<boolean> {
  if (fs.statSync(file, { throwIfNoEntry: false })?.size !== size) return false;
  const hash = createHash('sha256');
  for await (const bytes of fs.createReadStream(file)) hash.update(bytes as Uint8Array);
  return hash.digest('hex') === wanted;
}

type Fetched = 'whole' | Extract<TakenFile, { ok: false }>['why'];

/** Goes on where the last try was cut off; what is not as signed does not stay. */
async function fetchInto(
  part: string,
  entry: UpdateEntry,
  read: (from: number) => AsyncIterable<Uint8Array>,
): Promise<Fetched> {
  let have = fs.statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  const file = await fs.promises.open(part, 'a', 0o600);
  try {
    if (have < entry.size)
      for await (const bytes of read(have)) {
        have += bytes.length;
        if (have > entry.size) break; // more than was signed: no disk is filled
        await file.write(bytes);
      }
    await file.sync();
  } catch {
    if (have < entry.size) return 'cut-off';
  } finally {
    await file.close();
  }
  if (have < entry.size) return 'cut-off';
  if (have === entry.size && (await isWhole(part, entry))) return 'whole';
  fs.rmSync(part, { force: true });
  return 'wrong-file';
}

/** Tries of other files, and packages older than the way back. */
function dropOld(dir: string, newest: string): void {
  const files = fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((one) => one.isFile() && !one.name.endsWith('.json') && one.name !== newest)
    .map(({ name }) => name);
  const packages = files.filter((name) => !name.endsWith('.part'));
  const age = (name: string): number => fs.statSync(path.join(dir, name)).mtimeMs;
  packages.sort((a, b) => age(b) - age(a));
  const gone = [
    ...files.filter((name) => name.endsWith('.part')),
    ...packages.slice(KEPT_PACKAGES - 1),
  ];
  for (const name of gone) fs.rmSync(path.join(dir, name), { force: true });
}
