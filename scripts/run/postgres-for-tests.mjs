// Vitest's global set-up of the integration project: a temporary PostgreSQL, named by KUALIK_TEST_POSTGRES.
import { startPostgres } from './postgres.mjs';

/** Returns the tear-down, as Vitest wants it. A server named by the caller is used and left alone. */
export async function setup() {
  if (process.env.KUALIK_TEST_POSTGRES) return undefined;
  const server = await startPostgres();
  process.env.KUALIK_TEST_POSTGRES = server.url;
  return async () => {
    delete process.env.KUALIK_TEST_POSTGRES;
    await server.stop();
  };
}
