// Takes an Electron runtime into the payload: our name on it, our fuses in it, two languages, nobody's default app.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { Trouble } from '../setup/say.mjs';

const require = createRequire(import.meta.url);

/** The marker of a runtime that is not for users; see scripts/electron/fallback.mjs. */
export const devOnlyMarker = 'DEV-ONLY';
export const programName = 'kualik';

/** Chromium's own texts; it has none in Kazakh, and ours are in the program. */
const locales = new Set(['en-US.pak', 'ru.pak']);
const leftBehind = new Set(['electron.d.ts', 'default-app.sha256', 'LICENSE']);

/**
 * Copies the runtime in `dist` to `payload`. Throws Trouble for a runtime with the marker unless
 * `devRuntime`; then the marker is taken along, for the program shows by it what it runs on.
 */
export function takeRuntime({ dist, payload, platform, devRuntime }) {
  const marked = fs.existsSync(path.join(dist, devOnlyMarker));
  if (marked && !devRuntime)
    throw new Trouble(
      `${dist} is the runtime for development: out of support and from a third party. It is not packaged for users.\n` +
        'Set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH to have the official one, ' +
        'or say --dev-runtime for a package that is marked as a trial.',
    );
  const wanted = (inside) => {
    const [first, second] = inside.split(path.sep);
    if (first === 'resources') return second === undefined;
    if (first === 'locales' && second !== undefined) return locales.has(second);
    return !leftBehind.has(first);
  };
  fs.cpSync(dist, payload, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => from === dist || wanted(path.relative(dist, from)),
  });
  fs.mkdirSync(path.join(payload, 'resources'), { recursive: true });
  fs.copyFileSync(path.join(dist, 'LICENSE'), path.join(payload, 'LICENSE.electron.txt'));
  const ending = platform === 'win32' ? '.exe' : '';
  const program = path.join(payload, `${programName}${ending}`);
  fs.renameSync(path.join(payload, `electron${ending}`), program);
  return { program, marked };
}

/** Switches of the shipped program. `inspectable` differs in exactly one, so that a test can drive it. */
export async function setFuses(program, { platform, inspectable }) {
  const { flipFuses, FuseVersion, FuseV1Options: Fuse } = require('@electron/fuses');
  await flipFuses(program, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: false, // newer runtimes have fuses of which this list does not know
    resetAdHocDarwinSignature: false,
    [Fuse.RunAsNode]: false,
    [Fuse.EnableCookieEncryption]: true,
    [Fuse.EnableNodeOptionsEnvironmentVariable]: false,
    [Fuse.EnableNodeCliInspectArguments]: inspectable,
    [Fuse.EnableEmbeddedAsarIntegrityValidation]: platform === 'win32', // has no effect on Linux
    [Fuse.OnlyLoadAppFromAsar]: true,
    [Fuse.LoadBrowserProcessSpecificV8Snapshot]: false,
    [Fuse.GrantFileProtocolExtraPrivileges]: false,
  });
}

/** {RunAsNode: false, …} as they stand in the program's file. */
export async function readFuses(program) {
  const { FuseV1Options, getCurrentFuseWire } = require('@electron/fuses');
  const wire = await getCurrentFuseWire(program);
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  const enabled = '1'.charCodeAt(0);
  return Object.fromEntries(names.map((name) => [name, wire[FuseV1Options[name]] === enabled]));
}
