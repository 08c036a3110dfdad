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
  };
}
