// Runs Playwright's tests on the real program: runtime, build and display come first.
import path from 'node:path';
import { root } from '../setup/paths.mjs';
import { run, tool } from './child.mjs';
import { hasScreen, startXvfb } from './xvfb.mjs';

export const e2eReport = path.join(root, 'out', 'reports', 'e2e.json');

/** `more`: arguments for Playwright, such as --grep. Resolves the exit code. */
export async function runE2e(runtime, more = []) {
  const onScreen = hasScreen() && process.env.KUALIK_E2E_ON_SCREEN === '1';
  const display = onScreen ? { env: {}, stop: async () => {} } : await startXvfb();
  try {
    const args = ['test', '--reporter=list,json', ...more];
    const { code } = await run(tool('@playwright/test/cli.js', ...args), {
      env: {
        ...display.env,
        ELECTRON_EXEC_PATH: runtime.bin,
        PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport,
        PLAYWRIGHT_FORCE_TTY: '0',
      },
    });
    return code;
  } finally {
    await display.stop();
  }
}
