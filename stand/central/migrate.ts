// Brings a database to the newest tables: each migration once, in order, in one transaction.
import type { Database } from './database.ts';
import { sql as start } from './migrations/0001-start.ts';
import { sql as reader } from './migrations/0002-reader.ts';
import { sql as evidence } from './migrations/0003-evidence.ts';
import { sql as issueLeases } from './migrations/0004-issue-leases.ts';
import { sql as custody } from './migrations/0005-custody.ts';

/** Never edited after release; a new one is appended. */
export const MIGRATIONS = [
  { id: '0001-start', sql: start },
  { id: '0002-reader', sql: reader },
  { id: '0003-evidence', sql: evidence },
  { id: '0004-issue-leases', sql: issueLeases },
  { id: '0005-custody', sql: custody },
] as const;

/** Applies what is missing; safe to call at every start, one process at a time. */
export async function migrate(database: Database): Promise<void> {
  await database.script('create table if not exists migration (id text primary key)');
  const done = new Set(
    (await database.query<{ id: string }>('select id from migration')).map(({ id }) => id),
  );
  for (const { id, sql } of MIGRATIONS)
    if (!done.has(id))
      await database.script(`begin; ${sql}; insert into migration values ('${id}'); commit;`);
}
