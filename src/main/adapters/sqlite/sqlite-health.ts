// How the cache file stands: facts of the file and a check table by table, never a row.
import type { CacheFacts, CacheHealth } from '../../ports/cache-health.ts';
import type { Connection } from './open-store.ts';

/** Pictures are the most of the file, and each is held against its hash whenever it is read. */
const BY_HASH = 'picture';

const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;

export function sqliteHealth(db: Connection): CacheHealth {
  const pragma = (name: string): string | number =>
    db.pragma(name, { simple: true }) as string | number;
  const tables = (): string[] =>
    db
      .prepare<[], { name: string }>(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
      )
      .all()
      .map(({ name }) => name);
  const counted = (sql: string): Record<string, number> => {
    const found = db.prepare<[], { name: string; n: number }>(sql).all();
    return Object.fromEntries(found.map(({ name, n }) => [name, n]));
  };
  return {
    facts(): CacheFacts {
      const version = db.prepare('SELECT sqlite_version()').pluck().get() as string;
      return {
        schemaVersion: Number(pragma('user_version')),
        sqlite: version,
        cipher: String(pragma('cipher')),
        journalMode: String(pragma('journal_mode')),
        synchronous: Number(pragma('synchronous')),
        foreignKeys: Number(pragma('foreign_keys')),
        pageSize: Number(pragma('page_size')),
        pages: Number(pragma('page_count')),
        freePages: Number(pragma('freelist_count')),
        rows: Object.fromEntries(
          tables().map((name): [string, number] => [
            name,
            db
              .prepare(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`)
              .pluck()
              .get() as number,
          ]),
        ),
      };
    },
    counts: () => ({
      journal: counted(`SELECT kind AS name, count(*) AS n FROM journal GROUP BY 1 ORDER BY 1`),
      outbox: counted(
        `SELECT kind || ' ' || state AS name, count(*) AS n FROM outbox GROUP BY 1 ORDER BY 1`,
      ),
      outages: counted(
        `SELECT service || ' ' || coalesce(ended, 'open') AS name, count(*) AS n
         FROM outage GROUP BY 1 ORDER BY 1`,
      ),
    }),
    checked: () => tables().filter((name) => name !== BY_HASH),
    faults(table) {
      const found = db.pragma(`quick_check(${quoted(table)})`) as { quick_check: string }[];
      return found.filter(({ quick_check: said }) => said !== 'ok').length;
    },
  };
}
