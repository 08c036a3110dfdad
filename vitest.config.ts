// Two projects: unit is pure and quick, integration touches real SQLite, tokens, HTTP and PostgreSQL.
import { defineConfig } from 'vitest/config';
import { sqliteBinding } from './scripts/setup/paths.mjs';

export default defineConfig({
  test: {
    passWithNoTests: false,
    env: { KUALIK_SQLITE_BINDING: process.env['KUALIK_SQLITE_BINDING'] || sqliteBinding },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: 'scripts/run/postgres-for-tests.mjs',
          pool: 'forks', // native add-ons and PKCS#11 modules want a process of their own
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
