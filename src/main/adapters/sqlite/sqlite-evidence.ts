// Evidence beside accepted acts, and when to ask for what is not there yet.
import type { Evidence, EvidenceFacts, EvidenceStore } from '../../ports/evidence-store.ts';
import type { Connection } from './open-store.ts';

interface Row {
  act_id: string;
  time_stamp: Buffer;
  ocsp: Buffer | null;
  crl: Buffer | null;
  delta_crl: Buffer | null;
  facts: string;
}

const buffer = (bytes: Uint8Array | null): Buffer | null =>
  bytes === null ? null : Buffer.from(bytes);

export function sqliteEvidence(db: Connection): EvidenceStore {
  const one = db.prepare<[string], Row>(
    `SELECT * FROM act_evidence WHERE act_id = ? AND state <> 'refused' AND time_stamp IS NOT NULL`,
  );
  const due = db.prepare<[string, number], { id: string }>(`
    SELECT o.id FROM outbox o LEFT JOIN act_evidence e ON e.act_id = o.id
    WHERE o.state = 'accepted' AND o.cms IS NOT NULL
      AND (e.act_id IS NULL OR (e.state = 'waiting' AND e.next_try_at <= ?))
    ORDER BY o.n LIMIT ?`);
  const keep = db.prepare(`
    INSERT INTO act_evidence (act_id, state, time_stamp, ocsp, crl, delta_crl, facts)
    VALUES (@act_id, 'kept', @time_stamp, @ocsp, @crl, @delta_crl, @facts)
    ON CONFLICT (act_id) DO UPDATE SET state = 'kept', next_try_at = NULL, code = NULL,
      time_stamp = excluded.time_stamp, ocsp = excluded.ocsp, crl = excluded.crl,
      delta_crl = excluded.delta_crl, facts = excluded.facts`);
  const wait = db.prepare<[string, string]>(`
    INSERT INTO act_evidence (act_id, state, attempts, next_try_at) VALUES (?, 'waiting', 1, ?)
    ON CONFLICT (act_id) DO UPDATE SET state = 'waiting', attempts = attempts + 1, next_try_at = excluded.next_try_at`);
  const attempts = db.prepare<[string], { attempts: number }>(
    'SELECT attempts FROM act_evidence WHERE act_id = ?',
  );
  const refuse = db.prepare<[string, string]>(`
    INSERT INTO act_evidence (act_id, state, code) VALUES (?, 'refused', ?)
    ON CONFLICT (act_id) DO UPDATE SET state = 'refused', code = excluded.code, next_try_at = NULL`);
  return {
    find(actId): Evidence | null {
      const row = one.get(actId);
      return row === undefined
        ? null
        : {
            actId,
            timeStamp: row.time_stamp,
            ocsp: row.ocsp,
            crl: row.crl,
            deltaCrl: row.delta_crl,
            facts: JSON.parse(row.facts) as EvidenceFacts,
          };
    },
    due: (now, limit) => due.all(now, limit).map(({ id }) => id),
    keep({ actId, timeStamp, ocsp, crl, deltaCrl, facts }) {
      keep.run({
        act_id: actId,
        time_stamp: buffer(timeStamp),
        ocsp: buffer(ocsp),
        crl: buffer(crl),
        delta_crl: buffer(deltaCrl),
        facts: JSON.stringify(facts),
      });
    },
    waitUntil: (actId, at) => void wait.run(actId, at),
    attempts: (actId) => attempts.get(actId)?.attempts ?? 0,
    refuse: (actId, code) => void refuse.run(actId, code),
  };
}
