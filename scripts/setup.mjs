// Does all that a fresh checkout needs: system packages, npm packages, pictures, SQLite, Electron.
// Each step looks first and works only when something is missing; a second run takes well under 2 s.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { performance } from 'node:perf_hooks';
import { prepareModels } from './models.mjs';
import { sqliteBinding } from './setup/paths.mjs';
import { prepareNpmPackages, prepareTokenAddon } from './setup/npm-packages.mjs';
import { preparePictures } from './setup/pictures.mjs';
import { Trouble, say, seconds, step, stopWith } from './setup/say.mjs';
import { prepareSqlite } from './setup/sqlite.mjs';
import { prepareSystem } from './setup/system-packages.mjs';

/**
 * `purpose`: 'start' or 'test' (the tests need some more system packages).
 * Returns the chosen Electron runtime, see electron-runtime.mjs.
 */
export async function setUp({ purpose = 'test', retryDownload = false } = {}) {
  const begun = performance.now();
  say('Setting up');
  checkNode();
  await step('system packages', (announce) => prepareSystem(purpose, announce));
  await step('npm packages', prepareNpmPackages);
  await step('token add-on', prepareTokenAddon);
  await step('pictures', preparePictures);
  await step('face nets', prepareModels);

  // Loaded only now: what it stands on has just been installed.
  const { describeRuntime, needsNodeApi9, resolveElectron } =
    await import('./electron-runtime.mjs');
  let runtime;
  const nodeApi9 = Number(process.versions.napi) < 10;
  const electron = step('runtime', async (announce) => {
    runtime = await resolveElectron({ retryDownload, announce });
    return describeRuntime(runtime);
  });
  if (!nodeApi9) await electron; // a newer Node leaves the choice to the runtime
  const sqlite = step('SQLite', (announce) =>
    prepareSqlite(nodeApi9 || needsNodeApi9(runtime), announce),
  );
  await Promise.all([electron, sqlite]);
  process.env.KUALIK_SQLITE_BINDING ||= sqliteBinding; // for every program the scripts start
  say(`Ready${seconds(performance.now() - begun)}\n`);
  return runtime;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Trouble(
    `Node ${process.version} is too old: install Node 20.19 or newer and run again.`,
  );
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const purpose = process.argv.includes('--for-start') ? 'start' : 'test';
  setUp({ purpose, retryDownload: process.argv.includes('--retry-download') }).catch(stopWith);
}
