// End-to-end tests on the real window: one at a time, never repeated, on the runtime the resolver chose.
// `npm run test:e2e` gives ELECTRON_EXEC_PATH, a display and a fresh build.
import { defineConfig } from '@playwright/test';
import { sqliteBinding } from './scripts/setup/paths.mjs';

process.env['KUALIK_SQLITE_BINDING'] ||= sqliteBinding;

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.{spec,test}.ts',
  outputDir: 'out/e2e',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
