// Small named values of the cache, as JSON.
import type { Meta, MetaValues } from '../../ports/store.ts';
import type { Connection } from './open-store.ts';

export function sqliteMeta(db: Connection): Meta {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?');
  const write = db.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    find<K extends keyof MetaValues>(key: K) {
      const row = read.get(key);
      return row === undefined ? null : (JSON.parse(row.value) as MetaValues[K]);
    },
    set(key, value) {
      write.run(key, JSON.stringify(value));
    },
  };
}
