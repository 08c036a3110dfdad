// The official Electron runtime: is it here, and if not, can its own installer fetch it?
// Uses node built-ins only, because it also runs before anything is installed.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { cacheDir, root } from '../setup/paths.mjs';

const folder = path.join(root, 'node_modules', 'electron');
const executables = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };
const aDay = 24 * 60 * 60 * 1000;

/** The executable's name inside a runtime's folder on this platform. */
export const executable = executables[process.platform] ?? 'electron';

/** {version, bin, present}; present only when the folder holds the version that package.json asks for. */
export function official() {
  const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const bin = path.join(folder, 'dist', executable);
  return {
    version,
    bin,
    present: fs.existsSync(bin) && versionOf(path.join(folder, 'dist')) === version,
  };
}

/** '45.4.1' from the file that lies in each runtime's folder; '' when there is none. */
export function versionOf(dist) {
  try {
    return fs.readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return '';
  }
}

/**
 * Lets the package's own installer fetch the runtime (GitHub, or ELECTRON_MIRROR when set).
 * A refusal is remembered for a day, so that a closed network does not slow every start.
 * Returns {ok: true} or {ok: false, why}.
 */
export async function download({ retry = false, announce = () => {} } = {}) {
  const { version } = official();
  const note = path.join(cacheDir, 'electron', `refused-${version}.json`);
  const refused = retry ? undefined : readNote(note);
  if (refused)
    return { ok: false, why: `${refused.why} (asked ${refused.at}; --retry-download asks again)` };

  announce(`asking for the official Electron ${version}`);
  const why = (await unreachable(version)) ?? install();
  if (!why && official().present) {
    fs.rmSync(note, { force: true });
    return { ok: true };
  }
  fs.mkdirSync(path.dirname(note), { recursive: true });
  fs.writeFileSync(
    note,
    JSON.stringify({ at: new Date().toISOString(), why: why ?? 'nothing was unpacked' }),
  );
  return { ok: false, why: why ?? 'nothing was unpacked' };
}

function readNote(file) {
  try {
    const note = JSON.parse(fs.readFileSync(file, 'utf8'));
    return Date.now() - Date.parse(note.at) < aDay ? note : undefined;
  } catch {
    return undefined;
  }
}

/** A quick knock, so that a network that swallows packets costs seconds and not minutes. */
async function unreachable(version) {
  const { env } = process;
  const proxy = env.HTTPS_PROXY || env.https_proxy || env.ELECTRON_GET_USE_PROXY;
  if (proxy) return undefined; // Node's fetch would knock past the proxy
  const mirror = env.ELECTRON_MIRROR || env.npm_config_electron_mirror;
  const address =
    mirror || `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(8000) });
    return undefined;
  } catch (error) {
    return `${new URL(address).host} cannot be reached: ${error.cause?.code ?? error.name}`;
  }
}

function install() {
  const limit = Number(process.env.ELECTRON_DOWNLOAD_TIMEOUT_MS) || 5 * 60 * 1000;
  const ran = spawnSync(process.execPath, [path.join(folder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: limit,
  });
  if (ran.status === 0) return undefined;
  if (ran.error?.code === 'ETIMEDOUT') return `the download took longer than ${limit / 1000} s`;
  const line = ran.stderr.split('\n').find((text) => /error/i.test(text));
  return (line ?? ran.error?.message ?? `the installer ended with code ${ran.status}`).trim();
}
