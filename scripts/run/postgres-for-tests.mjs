// Vitest’s global set-up of the integration project: a temporary PostgreSQL (KUALIK_TEST_POSTGRES), a temporary folder
// and the packed processes that tests start (KUALIK_TEST_CHILDREN).
import fs from 'node:fs';
import path from 'node:path';
import { Trouble } from '../setup/say.mjs';
import { ownFolder, sweepLeftovers } from './leftovers.mjs';
import { startPostgres } from './postgres.mjs';
import { packTestChildren } from './test-children.mjs';

/**
 * Returns the tear-down, as Vitest wants it. A server named by the caller is used and left alone. What the tests
 * leave in the temporary folder goes with the run: a worker is ended without a word, so it cannot clean up itself.
 */
export async function setup() {
  sweepLeftovers();
  const given = process.env.KUALIK_TEST_POSTGRES || process.env.DATABASE_URL;
  const own = given ? null : await startPostgres().catch(missing);
  if (own !== null) process.env.KUALIK_TEST_POSTGRES = own.url;
  const before = process.env.TMPDIR;
  const folder = ownFolder('run');
  fs.chmodSync(folder, 0o755); // a PostgreSQL server of a test runs as another user and must get through
  process.env.TMPDIR = folder;
  process.env.KUALIK_TEST_CHILDREN = path.join(folder, 'children');
  await packTestChildren(process.env.KUALIK_TEST_CHILDREN);
  return async () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    delete process.env.KUALIK_TEST_CHILDREN;
    fs.rmSync(folder, { recursive: true, force: true });
    if (own === null) return;
    delete process.env.KUALIK_TEST_POSTGRES;
    await own.stop();
  };
}

/** A machine without PostgreSQL skips those tests, loudly, with this reason. */
function missing(error) {
  if (!(error instanceof Trouble)) throw error;
  process.env.KUALIK_NO_POSTGRES = error.message;
  return null;
}
