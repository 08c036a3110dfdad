// Two projects: unit is pure and quick, integration touches real SQLite, tokens, HTTP and PostgreSQL.
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/run/longest-first.mjs';
import { sqliteBinding } from './scripts/setup/paths.mjs';

/** Pure like the other unit tests, but seconds long: they run with the integration tests. */
const long = [
  'test/unit/stand/people/pictures.test.ts',
  'test/unit/main/adapters/imaging/signature/*.test.ts',
  'test/unit/main/adapters/imaging/portrait/decode.test.ts',
  'test/unit/shared/cades/{tamper,ocsp,trust-list}.test.ts',
  'test/unit/main/domain/register-table.test.ts',
];

export default defineConfig({
  test: {
    passWithNoTests: false,
    sequence: { sequencer: LongestFirst },
    env: { KUALIK_SQLITE_BINDING: process.env['KUALIK_SQLITE_BINDING'] || sqliteBinding },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          exclude: long,
          pool: 'threads', // a sixth less time than processes
          isolate: false, // a module is loaded once for all files: half the time of the whole step
          unstubGlobals: true,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', ...long],
          globalSetup: 'scripts/run/postgres-for-tests.mjs',
          maxWorkers: 3, // they wait more than they compute: three files at once on two cores
          pool: 'forks', // native add-ons and PKCS#11 modules want a process of their own
          testTimeout: 120_000, // several files share the cores
          hookTimeout: 300_000, // the first one waits for the training people to be drawn
        },
      },
      {
        extends: true,
        test: {
          name: 'installers',
          include: ['test/packaging/*.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
