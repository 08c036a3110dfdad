// `npm start`: sets up, builds, starts the training stand and opens the workstation on it.
// Without a screen (or with --tour) the tour does the officer's main job by itself on a virtual one.
// Options: --tour, --config FILE (another central node, no stand), --people N, --portraits DIR, --fresh,
// --retry-download (ask for the official Electron again).
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setUp } from './setup.mjs';
import { root } from './setup/paths.mjs';
import { Trouble, say, step, stopWith } from './setup/say.mjs';

const home = path.join(root, 'out', 'training');

main().catch(stopWith);

async function main() {
  const options = readOptions();
  const runtime = await setUp({ purpose: 'start', retryDownload: options['retry-download'] });
  const { build } = await import('./run/build.mjs');
  const { hasScreen } = await import('./run/xvfb.mjs');
  say('Starting');
  await step('program', () => build());
  const tour = options.tour || !hasScreen();
  if (tour && options.config)
    throw new Trouble('The tour runs on the training stand: leave --config out.');
  process.exitCode = tour ? await runTour(runtime, options) : await openWindow(runtime, options);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        tour: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        'retry-download': { type: 'boolean', default: false },
        config: { type: 'string' },
        people: { type: 'string', default: '60' },
        portraits: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new Trouble(
      `${error.message}\nOptions: --tour --config FILE --people N --portraits DIR --fresh --retry-download`,
    );
  }
}

/** The stand, announced on the terminal; without `folder` it has untouched data, as the tour needs. */
async function stand(folder, { people, portraits }) {
  const { startStand } = await import('./run/stand.mjs');
  let started;
  await step('training stand', async (announce) => {
    announce(`central node, demo certificates and tokens, ${people} applicants`);
    const pictures = portraits && path.resolve(portraits);
    started = await startStand({ folder, people, portraits: pictures, announce });
    return `listening on ${started.ready.url}`;
  });
  return started;
}

async function openWindow(runtime, options) {
  const { follow } = await import('./run/child.mjs');
  const { describeRuntime, launchArguments } = await import('./electron-runtime.mjs');
  if (options.fresh) fs.rmSync(home, { recursive: true, force: true });
  const training = options.config ? undefined : await stand(path.join(home, 'stand'), options);
  const config = options.config ? path.resolve(options.config) : training.ready.config;
  if (!fs.existsSync(config)) throw new Trouble(`${config} does not exist.`);
  const userData = path.join(home, options.config ? 'own-user' : 'user');
  say(`Opening the workstation on ${describeRuntime(runtime)}`);
  if (training) showOfficers(training.ready);
  const args = [root, ...launchArguments(), `--user-data-dir=${userData}`];
  const window = follow(runtime.bin, args, { stdio: 'inherit', env: { KUALIK_CONFIG: config } });
  const code = await new Promise((resolve) => window.on('exit', (exit) => resolve(exit ?? 1)));
  await training?.stop();
  return code;
}

/** Whom to log in as; the names are invented and the PIN opens training tokens only. */
function showOfficers({ officers, pin }) {
  say(`\nTraining tokens, PIN of each: ${pin}`);
  for (const { tokenLabel, fullName, roles } of officers) {
    say(`  ${tokenLabel}: ${fullName}, ${roles.join(' and ')}`);
  }
  say('');
}

async function runTour(runtime, options) {
  const { run, typescript } = await import('./run/child.mjs');
  const { hasScreen, startXvfb } = await import('./run/xvfb.mjs');
  const { describeRuntime } = await import('./electron-runtime.mjs');
  const training = await stand(undefined, options);
  const display = hasScreen() ? { env: {}, stop: async () => {} } : await startXvfb();
  try {
    say(`Tour on ${describeRuntime(runtime)}\n`);
    const { code } = await run(typescript('test/tour/tour.ts'), {
      env: {
        ...display.env,
        KUALIK_CONFIG: training.ready.config,
        KUALIK_STAND: JSON.stringify(training.ready),
        ELECTRON_EXEC_PATH: runtime.bin,
      },
    });
    return code;
  } finally {
    await training.stop();
    await display.stop();
  }
}
