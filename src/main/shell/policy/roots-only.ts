// Who may change a file that the policy names: it, and every folder on the way to it, must be root's alone.
import fs from 'node:fs';
import path from 'node:path';
import { isRoots } from './policy-file.ts';

const MOST_LINKS = 40;

/**
 * The first place on the way to `file` that somebody else may write, or null. Links are followed as the system
 * follows them: where they stand and where they lead. A place that is not there is such a place, and so is a name
 * without a folder, which the system's loader would look for by the user's environment. Linux.
 */
export function writableByOthers(file: string): string | null {
  if (!path.isAbsolute(file)) return file;
  let left = file.split(path.sep).filter(Boolean);
  let at: string = path.sep;
  for (let links = 0; ;) {
    const stat = lstat(at);
    if (stat === null) return at;
    if (stat.isSymbolicLink()) {
      // A link's own rights say nothing; who may change it is who may write its folder, judged already.
      if (stat.uid !== 0 || (links += 1) > MOST_LINKS) return at;
      const target = path.resolve(path.dirname(at), fs.readlinkSync(at));
      left = [...target.split(path.sep).filter(Boolean), ...left];
      at = path.sep;
      continue;
    }
    if (!isRoots(stat)) return at;
    const next = left.shift();
    if (next === undefined) return null;
    at = path.join(at, next);
  }
}

function lstat(place: string): fs.Stats | null {
  try {
    return fs.lstatSync(place);
  } catch {
    return null;
  }
}
