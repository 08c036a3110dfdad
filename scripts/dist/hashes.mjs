// Makes a payload the same on every run, and writes down what it consists of: fixed times and rights, a list of hashes.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { root } from '../setup/paths.mjs';
import { Trouble } from '../setup/say.mjs';

export const manifestPlace = 'resources/payload.json';

/** Seconds since 1970 that every packed file carries: SOURCE_DATE_EPOCH, or the time of the commit. */
export function sourceDate() {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given && /^\d+$/.test(given)) return Number(given);
  try {
    const said = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, stdio: 'pipe' });
    return Number(said.toString().trim());
  } catch {
    throw new Trouble(
      'This is not a git checkout: set SOURCE_DATE_EPOCH to the date of the source.',
    );
  }
}

/** Every file below a folder, relative with slashes, in one order on every machine. */
export function filesOf(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}

export function sha256Of(file) {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

/**
 * Writes `resources/payload.json`: {version, platform, runtime, files: {name: sha256}}, itself left out.
 * Returns {hash, bytes, count}: `hash` stands for the whole payload.
 */
export function writeManifest(payload, about) {
  const names = filesOf(payload).filter((name) => name !== manifestPlace);
  const files = Object.fromEntries(names.map((name) => [name, sha256Of(path.join(payload, name))]));
  const text = `${JSON.stringify({ ...about, files }, null, 1)}\n`;
  fs.writeFileSync(path.join(payload, manifestPlace), text);
  const bytes = names.reduce((sum, name) => sum + fs.statSync(path.join(payload, name)).size, 0);
  return { hash: createHash('sha256').update(text).digest('hex'), bytes, count: names.length };
}

/** One owner's write right, everybody's read right, and one time: whatever this machine's habits are. */
export function settle(folder, seconds) {
  const visit = (place) => {
    const stat = fs.lstatSync(place);
    if (stat.isSymbolicLink()) return fs.lutimesSync(place, seconds, seconds);
    if (stat.isDirectory()) for (const name of fs.readdirSync(place)) visit(path.join(place, name));
    fs.chmodSync(place, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
    fs.utimesSync(place, seconds, seconds);
  };
  visit(folder);
}
