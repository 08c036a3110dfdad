// Brings node_modules into step with package-lock.json, and leaves it alone when it already is.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { nodeHeaders, root } from './paths.mjs';
import { Trouble } from './say.mjs';

const modules = path.join(root, 'node_modules');

/** Runs `npm ci` when needed; returns words for the step line. */
export function prepareNpmPackages(announce) {
  if (inStep()) return 'ready';
  announce('npm ci, about a minute');
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  return 'installed from package-lock.json';
}

/**
 * pkcs11js has no prebuilt add-on and is optional for npm, which therefore drops it without a word
 * when it cannot be compiled; for us it is the way to the token.
 */
export function prepareTokenAddon() {
  if (loads('pkcs11js')) return 'ready';
  if (fs.existsSync(path.join(modules, 'pkcs11js')))
    npm(['rebuild', 'pkcs11js', '--foreground-scripts']);
  if (loads('pkcs11js')) return 'compiled';
  throw new Trouble(
    'pkcs11js could not be compiled, so no signing token can be reached. It needs python3, make, g++ and ' +
      "Node's headers. Install them, delete node_modules and run again.",
  );
}

function inStep() {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  if (!wanted) throw new Trouble('package-lock.json is missing; the checkout is not whole.');
  return (
    lockDifference(wanted, readPackages(path.join(modules, '.package-lock.json'))) === undefined
  );
}

/**
 * The first package in which what npm last installed differs from what package-lock.json asks for;
 * undefined when there is none. Optional packages may be absent (other platforms).
 */
export function lockDifference(wanted, present) {
  if (!present) return 'node_modules';
  for (const [name, { version, optional, devOptional, peer }] of Object.entries(wanted)) {
    if (name === '') continue;
    const have = present[name];
    if (have ? have.version !== version : !(optional || devOptional || peer)) return name;
  }
  return Object.keys(present).find((name) => !(name in wanted));
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function npm(args) {
  const headers = nodeHeaders();
  const env = { ...process.env, ...(headers ? { npm_config_nodedir: headers } : {}) };
  const self = process.env.npm_execpath;
  const [command, ...first] = self?.endsWith('.js') ? [process.execPath, self] : ['npm'];
  const ran = spawnSync(command, [...first, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (ran.status === 0) return;
  throw new Trouble(
    `"npm ${args[0]}" failed (see above). Check that the npm registry can be reached ("npm ping"), then try again.`,
  );
}

/** In a process of its own: this one may have looked for the package before it was there. */
function loads(name) {
  const probe = spawnSync(process.execPath, ['-e', `require('${name}')`], {
    cwd: root,
    stdio: 'ignore',
  });
  return probe.status === 0;
}
