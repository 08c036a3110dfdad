// End-to-end tests on the real window: a file on each display, never repeated, on the runtime the resolver chose.
// `npm run test:e2e` gives ELECTRON_EXEC_PATH, displays (KUALIK_DISPLAYS) and a fresh build.
import { defineConfig } from '@playwright/test';
import { sqliteBinding } from './scripts/setup/paths.mjs';

process.env['KUALIK_SQLITE_BINDING'] ||= sqliteBinding;

/** One a worker: two windows on one screen would take the keyboard from each other. */
const displays = (process.env['KUALIK_DISPLAYS'] ?? '').split(' ').filter(Boolean);
const own = displays[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
if (own !== undefined) process.env['DISPLAY'] = own;

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.{spec,test}.ts',
  outputDir: 'out/e2e',
  workers: Math.max(1, displays.length),
  fullyParallel: false, // the tests of a file share its stand
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
});
