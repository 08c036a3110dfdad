// Brings a cache up to this program, or lets a program one step back work with a newer one (rollback).
import type { OpenFailure } from '../../ports/store.ts';
import type { Connection } from './open-store.ts';
import type { Migration } from './migrations/list.ts';

/** Row of `meta`: the oldest program, by its newest migration, that may open this cache. */
const MIN_READER = 'minReaderVersion';

/**
 * Each migration and its promise are written in one transaction. A cache one migration newer is opened
 * as it is when that migration was promised to be safe; any other newer one is `newer-version`.
 */
export function migrate(db: Connection, migrations: readonly Migration[]): OpenFailure | null {
  const newest = migrations.at(-1)?.version ?? 0;
  const have = Number(db.pragma('user_version', { simple: true }));
  if (have > newest) return have === newest + 1 && minReader(db) <= newest ? null : 'newer-version';
  for (const { version, sql, backwardSafe } of migrations) {
    if (version <= have) continue;
    db.transaction(() => {
      db.exec(sql);
      db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(
        MIN_READER,
        JSON.stringify(backwardSafe ? version - 1 : version),
      );
      db.pragma(`user_version = ${version}`);
    })();
  }
  return null;
}

/** Infinity when the cache does not say. */
function minReader(db: Connection): number {
  const tables = db.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").pluck().get();
  if (tables === 0) return Number.POSITIVE_INFINITY;
  const value = db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(MIN_READER);
  return typeof value === 'string' ? Number(JSON.parse(value)) : Number.POSITIVE_INFINITY;
}
