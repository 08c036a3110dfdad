// The PostgreSQL server of the tests: DATABASE_URL, else the one the global set-up of the integration tests started.

/** Its address; every test makes a schema of its own there. `missing` says why there is none. */
export function testPostgres(): { readonly url: string } | { readonly missing: string } {
  const url = process.env['DATABASE_URL'] || process.env['KUALIK_TEST_POSTGRES'];
  if (url) return { url };
  return { missing: process.env['KUALIK_NO_POSTGRES'] || 'no global set-up started a server' };
}
