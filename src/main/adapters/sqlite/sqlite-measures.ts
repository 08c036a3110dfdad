// What was measured on pictures, by their SHA-256, inside the encrypted file.
import type { MeasureStore, StoredMeasured } from '../../ports/measure-store.ts';
import type { Connection } from './open-store.ts';

export function sqliteMeasures(db: Connection): MeasureStore {
  const one = db.prepare<[string, string], { body: string }>(
    'SELECT body FROM measure WHERE key = ? AND engine = ?',
  );
  const put = db.prepare(
    'INSERT OR REPLACE INTO measure (key, engine, measured_at, body) VALUES (?, ?, ?, ?)',
  );
  const drop = db.prepare('DELETE FROM measure WHERE key = ?');
  // Hex digits follow the prefix, and all of them stand before "g".
  const dropFrom = db.prepare('DELETE FROM measure WHERE key >= ? AND key < ?');
  return {
    find(key, engine) {
      const row = one.get(key, engine);
      return row === undefined ? null : (JSON.parse(row.body) as StoredMeasured);
    },
    save(key, engine, measured, at) {
      put.run(key, engine, at, JSON.stringify(measured));
    },
    drop(keys, prefix) {
      for (const key of keys) drop.run(key);
      dropFrom.run(prefix, `${prefix}g`);
    },
  };
}
