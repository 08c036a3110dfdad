// `kualik --self-test`: the station's own steps through the real processes, printed; no window is shown, nobody logs in.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import originalFs from 'original-fs';
import path from 'node:path';
import { app, BrowserWindow } from 'electron';
import { EXIT_POLICY } from './policy/check-policy.ts';
import { EXIT_NOT_READY, testReport, type TestStep } from './policy/test-report.ts';
import { languageOf, mistakeLine } from './policy/words.ts';
import type { Processes } from './processes.ts';
import { damagedFiles } from './self-test.ts';
import { readPolicy, stationOf, type Station } from './station-config.ts';

const LIMIT_MS = 60_000;

/**
 * Without a screen (a script over ssh) Chromium does not start, and it has chosen its platform before this
 * code runs: the program starts itself once more, headless, and answers that one's exit code. Null with a screen.
 */
export function withoutScreen(): number | null {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return null;
  if (app.commandLine.getSwitchValue('ozone-platform') === 'headless') return null;
  const args = [...process.argv.slice(1), '--ozone-platform=headless'];
  // A hint of the environment would stand in as a switch and choose the screen that is not there.
  const { ELECTRON_OZONE_PLATFORM_HINT: _hint, ...env } = process.env;
  const { status } = spawnSync(process.execPath, args, {
    env,
    stdio: 'inherit',
    timeout: LIMIT_MS + 30_000,
  });
  return status ?? EXIT_NOT_READY;
}

async function packageStep(): Promise<TestStep[]> {
  if (!app.isPackaged) return [];
  const began = performance.now();
  const damaged = await damagedFiles(path.dirname(process.execPath), originalFs);
  return [
    {
      name: 'package',
      state: damaged.length === 0 ? 'ok' : 'bad',
      code: damaged.length === 0 ? 'whole' : 'damaged',
      params: damaged.length === 0 ? {} : { count: damaged.length, first: damaged[0]! },
      tookMs: Math.round(performance.now() - began),
    },
  ];
}

async function stationSteps(processes: Processes): Promise<TestStep[]> {
  const late = new Promise<null>((tell) => setTimeout(() => tell(null), LIMIT_MS));
  const answer = await Promise.race([processes.call('readiness.station', {}), late]);
  if (answer?.ok === true) return (answer.value as { readonly steps: TestStep[] }).steps;
  const code = answer === null ? 'timeout' : answer.refusal.code;
  return [{ name: 'core', state: 'bad', code, params: {}, tookMs: 0 }];
}

/** Prints and answers the exit code: 0 ready, 1 not ready, 2 the policy is wrong. */
export async function selfTest(start: (station: Station) => Processes): Promise<number> {
  const effective = readPolicy();
  const language = languageOf(effective.ok ? effective.policy.language : undefined, process.env);
  if (!effective.ok) {
    const lines = effective.mistakes.map((mistake) => mistakeLine(mistake, language));
    fs.writeSync(1, `${lines.join('\n')}\n`);
    return EXIT_POLICY;
  }
  await app.whenReady();
  // Printers are asked of a window; this one is never shown and loads nothing.
  const hidden = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
  const processes = start(stationOf(effective));
  const steps = [...(await packageStep()), ...(await stationSteps(processes))];
  await processes.stop();
  hidden.destroy();
  const { text, code } = testReport(steps, language);
  fs.writeSync(1, `${text}\n`);
  return code;
}
