// Where the set-up keeps things: the checkout, its private folder in node_modules, and the user's cache.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder (absolute). */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Made by the set-up, thrown away together with node_modules. */
export const privateDir = path.join(root, 'node_modules', '.kualik');

/** The SQLite add-on the program loads unless KUALIK_SQLITE_BINDING names another one. */
export const sqliteBinding = path.join(privateDir, 'better_sqlite3.node');

/** Survives a fresh clone: prepared runtimes and compiled add-ons. Honours XDG_CACHE_HOME. */
export const cacheDir = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  'kualik',
);

/** The folder above include/node with this Node's headers, or undefined: then node-gyp looks itself. */
export function nodeHeaders() {
  const beside = path.resolve(path.dirname(fs.realpathSync(process.execPath)), '..');
  const has = (dir) => fs.existsSync(path.join(dir, 'include', 'node', 'node_api.h'));
  return [beside, '/usr'].find(has);
}
