// A real PostgreSQL server: the same SQL in a schema of its own, on a small pool.
import pg from 'pg';
import type { Database, Queryable, Row } from './database.ts';
import { migrate } from './migrate.ts';

const INT8 = 20;
const DATE = 1082;

const wrap = (source: pg.Pool | pg.PoolClient): Queryable => ({
  async query<T = Row>(sql: string, params: readonly unknown[] = []) {
    return (await source.query(sql, params.map(plain))).rows as T[];
  },
});

/** pg takes Buffers for bytea, not bare Uint8Arrays. */
const plain = (value: unknown): unknown =>
  value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;

/**
 * Opens `schema` at `url`, made when absent, thrown away first when `fresh`, at close when `temporary`.
 * Rejects with the server's error when it cannot be reached.
 */
export async function openPostgres(
  url: string,
  options: { schema?: string; fresh?: boolean; temporary?: boolean } = {},
): Promise<Database> {
  const schema = options.schema ?? 'kualik_stand';
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(schema)) throw new Error('schema name not allowed');
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  types.setTypeParser(DATE, (text: string) => text);
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    types,
    options: `-c search_path=${schema}`,
  });
  pool.on('error', () => undefined); // an idle connection died: the next query opens another
  if (options.fresh) await pool.query(`drop schema if exists ${schema} cascade`);
  await pool.query(`create schema if not exists ${schema}`);
  const database: Database = {
    kind: 'postgresql',
    ...wrap(pool),
    async transaction(run) {
      const client = await pool.connect();
      let broken = false;
      try {
        await client.query('begin');
        const result = await run(wrap(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => (broken = true));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async script(sql) {
      await pool.query(sql);
    },
    async close() {
      if (options.temporary) await pool.query(`drop schema if exists ${schema} cascade`);
      await pool.end();
    },
  };
  await migrate(database);
  return database;
}
