// Builds the program with electron-vite, only when a source has changed since the last build.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';
import { Trouble } from '../setup/say.mjs';
import { run, tool } from './child.mjs';

const stampFile = path.join(root, 'out', 'build.sha256');
const inputs = ['src', 'resources', 'electron.vite.config.ts', 'package-lock.json', 'package.json'];
const outputs = [
  'out/main/index.js',
  'out/main/core.js',
  'out/main/token.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];

/** Returns words for the step line; throws Trouble with the builder's own words when it fails. */
export async function build({ force = false } = {}) {
  const stamp = stampOf(inputs);
  const whole = outputs.every((file) => fs.existsSync(path.join(root, file)));
  if (!force && whole && readOr(stampFile) === stamp) return 'ready';
  fs.rmSync(stampFile, { force: true });
  const built = await run(tool('electron-vite/bin/electron-vite.js', 'build'), {
    keep: true,
    env: { NODE_ENV: 'production', NO_COLOR: '1' },
  });
  if (built.code !== 0) throw new Trouble(`The build failed:\n${built.output.trim()}`);
  const lacking = outputs.filter((file) => !fs.existsSync(path.join(root, file)));
  if (lacking.length > 0) throw new Trouble(`The build made no ${lacking.join(', ')}.`);
  fs.writeFileSync(stampFile, stamp);
  return 'built';
}

function stampOf(names) {
  const hash = crypto.createHash('sha256');
  for (const file of names.flatMap((name) => filesAt(path.join(root, name))).sort()) {
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesAt(full) {
  if (!fs.existsSync(full)) return [];
  if (fs.statSync(full).isFile()) return [full];
  return fs
    .readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

function readOr(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
