// Probes of outside services, the newest kept, and the outages on record.
import type { ServiceProbe } from '../../../shared/central/services.ts';
import type { Outage, OutageStore } from '../../ports/outage-store.ts';
import type { Connection } from './open-store.ts';

interface ProbeRow {
  at: string;
  ok: number;
  took_ms: number;
  because: ServiceProbe['because'];
}

const OUTAGE = `SELECT id, service, since, reached_at AS reachedAt, until, ended_at AS endedAt,
  ended, by_whom AS "by", proof, sha256 FROM outage`;

export function sqliteOutages(db: Connection): OutageStore {
  const put = db.prepare(`
    INSERT OR IGNORE INTO service_probe (service, source, at, ok, took_ms, because)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const prune = db.prepare(`
    DELETE FROM service_probe WHERE service = @service AND source = @source AND at <=
      (SELECT at FROM service_probe WHERE service = @service AND source = @source
       ORDER BY at DESC LIMIT 1 OFFSET @most)`);
  // A clock that was put back: what was written ahead of it would stand in the way until it is there again.
  const dropAhead = db.prepare(
    'DELETE FROM service_probe WHERE service = ? AND source = ? AND at > ?',
  );
  const all = db.prepare<[string, string], ProbeRow>(
    'SELECT at, ok, took_ms, because FROM service_probe WHERE service = ? AND source = ? ORDER BY at',
  );
  const open = db.prepare<[string], Outage>(`${OUTAGE} WHERE service = ? AND ended IS NULL`);
  const one = db.prepare<[string], Outage>(`${OUTAGE} WHERE id = ?`);
  const newest = db.prepare<[number], Outage>(`${OUTAGE} ORDER BY reached_at DESC LIMIT ?`);
  const begin = db.prepare(`
    INSERT INTO outage (id, service, since, reached_at, until, ended_at, ended, by_whom, proof, sha256)
    VALUES (@id, @service, @since, @reachedAt, @until, @endedAt, @ended, @by, @proof, @sha256)`);
  const goOn = db.prepare('UPDATE outage SET until = ? WHERE id = ?');
  const end = db.prepare('UPDATE outage SET ended = ?, ended_at = ? WHERE id = ?');
  return {
    keepProbes(service, source, probes, most) {
      for (const { at, ok, tookMs, because } of probes)
        put.run(service, source, at, ok ? 1 : 0, tookMs, because);
      const newest = probes
        .map(({ at }) => at)
        .sort()
        .at(-1);
      if (newest !== undefined) dropAhead.run(service, source, newest);
      prune.run({ service, source, most });
    },
    probes: (service, source) =>
      all.all(service, source).map(({ at, ok, took_ms, because }) => ({
        at,
        ok: ok === 1,
        tookMs: took_ms,
        because,
      })),
    open: (service) => open.get(service) ?? null,
    find: (id) => one.get(id) ?? null,
    begin: (outage) => void begin.run({ ...outage }),
    goOn: (id, until) => void goOn.run(until, id),
    end: (id, ended, endedAt) => void end.run(ended, endedAt, id),
    newest: (limit) => newest.all(limit),
  };
}
