// Vitest’s global set-up of the integration project: a temporary PostgreSQL (KUALIK_TEST_POSTGRES) and a temporary folder.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from './postgres.mjs';

/**
 * Returns the tear-down, as Vitest wants it. A server named by the caller is used and left alone. What the tests
 * leave in the temporary folder goes with the run: a worker is ended without a word, so it cannot clean up itself.
 */
export async function setup() {
  const own = process.env.KUALIK_TEST_POSTGRES ? null : await startPostgres();
  if (own !== null) process.env.KUALIK_TEST_POSTGRES = own.url;
  const before = process.env.TMPDIR;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-run-'));
  fs.chmodSync(folder, 0o755); // a PostgreSQL server of a test runs as another user and must get through
  process.env.TMPDIR = folder;
  return async () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    fs.rmSync(folder, { recursive: true, force: true });
    if (own === null) return;
    delete process.env.KUALIK_TEST_POSTGRES;
    await own.stop();
  };
}
