// The program asked in a terminal: real processes, no window shown, nobody logged in, an exit code for scripts.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { app, BrowserWindow, session } from 'electron';
import { no, type Result } from '../../shared/kernel/result.ts';
import { guardSession } from './guard.ts';
import { EXIT_POLICY } from './policy/check-policy.ts';
import { EXIT_NOT_READY } from './policy/test-report.ts';
import { languageOf, mistakeLine, type Language } from './policy/words.ts';
import type { Processes } from './processes.ts';
import { safePreferences } from './safe-preferences.ts';
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

/** At once: the program ends with one of the next lines. */
export const say = (text: string): void => void fs.writeSync(1, `${text}\n`);

/** The answer of a call of the core, or the refusal `timeout`. */
export async function within(
  answer: Promise<Result<unknown, string>>,
): Promise<Result<unknown, string>> {
  const late = new Promise<Result<unknown, string>>((tell) =>
    setTimeout(() => tell(no('timeout')), LIMIT_MS),
  );
  return Promise.race([answer, late]);
}

/** Starts the processes of the policy for `work` and ends them; a wrong policy is printed, exit code 2. */
export async function inTerminal(
  start: (station: Station) => Processes,
  work: (processes: Processes, language: Language) => Promise<number>,
): Promise<number> {
  const effective = readPolicy();
  const language = languageOf(effective.ok ? effective.policy.language : undefined, process.env);
  if (!effective.ok) {
    say(effective.mistakes.map((mistake) => mistakeLine(mistake, language)).join('\n'));
    return EXIT_POLICY;
  }
  await app.whenReady();
  // Printers are asked of a window; this one is never shown and loads nothing.
  guardSession(session.defaultSession);
  const hidden = new BrowserWindow({
    show: false,
    webPreferences: safePreferences(session.defaultSession),
  });
  const processes = start(stationOf(effective));
  const code = await work(processes, language);
  await processes.stop();
  hidden.destroy();
  return code;
}
