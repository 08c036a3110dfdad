// Chooses the Electron that development, tests and the tour run on; prints which one and why.
// Order: ELECTRON_EXEC_PATH, ELECTRON_OVERRIDE_DIST_PATH, node_modules/electron/dist,
// the official download (GitHub or ELECTRON_MIRROR), and on linux-x64 the development-only fallback.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fallback, fallbackExists } from './electron/fallback.mjs';
import { download, executable, official, versionOf } from './electron/official.mjs';
import { Trouble, say, stopWith } from './setup/say.mjs';

/**
 * Returns {bin, version, kind, why}: absolute path, '45.4.1' or '' when unknown,
 * kind 'named' | 'official' | 'dev-only', and the reason in words.
 * Throws Trouble with the mend when there is none to be had.
 */
export async function resolveElectron({ retryDownload = false, announce = () => {} } = {}) {
  const { ELECTRON_EXEC_PATH: named, ELECTRON_OVERRIDE_DIST_PATH: dist } = process.env;
  if (named) return namedRuntime(named, 'ELECTRON_EXEC_PATH');
  if (dist) return namedRuntime(path.join(dist, executable), 'ELECTRON_OVERRIDE_DIST_PATH');

  const wanted = official();
  const found = { bin: wanted.bin, version: wanted.version, kind: 'official' };
  if (wanted.present) return { ...found, why: 'the version that package.json asks for' };
  const got = await download({ retry: retryDownload, announce });
  if (got.ok) return { ...found, why: 'the version that package.json asks for, just downloaded' };

  if (!fallbackExists || process.env.ELECTRON_NO_FALLBACK === '1') {
    throw new Trouble(
      `The official Electron ${wanted.version} could not be fetched: ${got.why}.\n` +
        'Set ELECTRON_MIRROR to a mirror of the Electron downloads, or ELECTRON_EXEC_PATH to an Electron on this machine.',
    );
  }
  const spare = await fallback(announce);
  return {
    ...spare,
    kind: 'dev-only',
    why: `stands in for the official ${wanted.version}: ${got.why}`,
  };
}

function namedRuntime(bin, variable) {
  if (!fs.existsSync(bin)) throw new Trouble(`${variable} names ${bin}, which does not exist.`);
  return { bin, version: versionOf(path.dirname(bin)), kind: 'named', why: `named by ${variable}` };
}

/** True when the runtime may have Node-API 9 only, as Electron 35 and older have. */
export function needsNodeApi9(runtime) {
  const major = Number.parseInt(runtime.version, 10);
  return !(major >= 36);
}

/** Switches Electron needs on this machine: Chromium's sandbox cannot run as root or without user namespaces. */
export function launchArguments() {
  if (process.platform !== 'linux') return [];
  if (process.getuid() === 0) return ['--no-sandbox'];
  const namespaces = spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' }).status === 0;
  return namespaces ? [] : ['--no-sandbox'];
}

/** One line for people: 'Electron 33.2.1 (dev-only; …)'. */
export function describeRuntime({ version, kind, why }) {
  return `Electron ${version || 'of unknown version'} (${kind}; ${why})`;
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const retryDownload = process.argv.includes('--retry-download');
  try {
    const runtime = await resolveElectron({
      retryDownload,
      announce: (news) => say(`  … ${news}`),
    });
    say(describeRuntime(runtime));
    say(runtime.bin);
  } catch (error) {
    stopWith(error);
  }
}
