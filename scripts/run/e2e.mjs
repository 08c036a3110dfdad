// Runs Playwright's tests on the real program: runtime, build and displays come first.
import os from 'node:os';
import path from 'node:path';
import { root } from '../setup/paths.mjs';
import { run, tool } from './child.mjs';
import { hasScreen, startXvfb } from './xvfb.mjs';

export const e2eReport = path.join(root, 'out', 'reports', 'e2e.json');

/** Two files at once where there are two cores: a window waits more than it computes. */
const abreast = Math.min(2, os.availableParallelism());

/** `more`: arguments for Playwright, such as --grep. Resolves the exit code. */
export async function runE2e(runtime, more = []) {
  const onScreen = hasScreen() && process.env.KUALIK_E2E_ON_SCREEN === '1';
  const screens = [];
  try {
    if (!onScreen) for (let n = 0; n < abreast; n += 1) screens.push(await startXvfb());
    const args = ['test', '--reporter=list,json', ...more];
    const { code } = await run(tool('@playwright/test/cli.js', ...args), {
      env: {
        ...screens[0]?.env,
        ...(onScreen ? {} : { KUALIK_DISPLAYS: screens.map(({ env }) => env.DISPLAY).join(' ') }),
        ELECTRON_EXEC_PATH: runtime.bin,
        PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport,
        PLAYWRIGHT_FORCE_TTY: '0',
      },
    });
    return code;
  } finally {
    for (const screen of screens) await screen.stop();
  }
}
