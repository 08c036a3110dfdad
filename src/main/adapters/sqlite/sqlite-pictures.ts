// Pictures by SHA-256 inside the encrypted file.
import type { PictureVerdict } from '../../ports/image-probe.ts';
import type { PictureStore } from '../../ports/picture-store.ts';
import type { Connection } from './open-store.ts';

export function sqlitePictures(db: Connection): PictureStore {
  const one = db.prepare<[string], { verdict: string; bytes: Buffer }>(
    'SELECT verdict, bytes FROM picture WHERE sha256 = ?',
  );
  const verdict = db.prepare<[string], { verdict: string }>(
    'SELECT verdict FROM picture WHERE sha256 = ?',
  );
  const put = db.prepare(
    'INSERT OR REPLACE INTO picture (sha256, saved_at, verdict, bytes) VALUES (?, ?, ?, ?)',
  );
  const old = db.prepare<[string], { sha256: string }>(
    'SELECT sha256 FROM picture WHERE saved_at < ?',
  );
  const drop = db.prepare('DELETE FROM picture WHERE sha256 = ?');
  return {
    find(sha256) {
      const row = one.get(sha256);
      return row === undefined
        ? null
        : { bytes: row.bytes, verdict: JSON.parse(row.verdict) as PictureVerdict };
    },
    findVerdict(sha256) {
      const row = verdict.get(sha256);
      return row === undefined ? null : (JSON.parse(row.verdict) as PictureVerdict);
    },
    save(sha256, { bytes, verdict: found }, at) {
      put.run(sha256, at, JSON.stringify(found), Buffer.from(bytes));
    },
    has: (sha256) => verdict.get(sha256) !== undefined,
    savedBefore: (at) => old.all(at).map(({ sha256 }) => sha256),
    drop: (sha256) => void drop.run(sha256),
  };
}
