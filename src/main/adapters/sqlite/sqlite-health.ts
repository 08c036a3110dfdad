// How the cache file stands: facts of the file and a check table by table, never a row.
import type { CacheFacts, CacheHealth } from '../../ports/cache-health.ts';
import type { Connection } from './open-store.ts';

/** Pictures are the most of the file, and each is held against its hash whenever it is read. */
const BY_HASH = 'picture';
/** Dossiers are the most of the rest: SQLite's own check of them would hold the core for seconds. */
const BY_ROWS = 'body';
const ROWS_AT_ONCE = 500;

const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;

/** What cannot be read at all is one fault. */
function faultsOf(look: () => number): number {
  try {
    return look();
  } catch {
    return 1;
  }
}

export function sqliteHealth(db: Connection): CacheHealth {
  const pragma = (name: string): string | number =>
    db.pragma(name, { simple: true }) as string | number;
  /** `length` of a text reads it whole, with every page it lies on. */
  const rowsRead = db.prepare<[number], { last: number | null }>(
    `SELECT max(id) AS last, sum(length(dossier) + length(head) + length(state)) AS read FROM
       (SELECT * FROM body WHERE id > ? ORDER BY id LIMIT ${ROWS_AT_ONCE})`,
  );
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
    *check() {
      for (const table of tables().filter((name) => name !== BY_HASH && name !== BY_ROWS))
        yield faultsOf(() => {
          const found = db.pragma(`quick_check(${quoted(table)})`) as { quick_check: string }[];
          return found.filter(({ quick_check: said }) => said !== 'ok').length;
        });
      let after: number | null = 0;
      while (after !== null) {
        const from: number = after;
        after = null;
        yield faultsOf(() => {
          after = rowsRead.get(from)?.last ?? null;
          return 0;
        });
      }
    },
  };
}
