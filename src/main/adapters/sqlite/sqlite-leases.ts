// The issue lease of this counter: its document, its cards, and claims given up before the node was told.
import type { Lease } from '../../domain/case-facts.ts';
import type { LeaseStore } from '../../ports/lease-store.ts';
import type { Connection } from './open-store.ts';

interface DocumentRow {
  issue_lease_id: string;
  since: string;
  until: string;
  body: Buffer;
  cms: Buffer;
  taken_at: string;
}
interface CardRow {
  application_id: string;
  claim: string;
}

export function sqliteLeases(db: Connection): LeaseStore {
  const document = db.prepare<[], DocumentRow>('SELECT * FROM issue_lease');
  const dropDocument = db.prepare('DELETE FROM issue_lease');
  const keepDocument = db.prepare(`
    INSERT INTO issue_lease (issue_lease_id, since, until, body, cms, taken_at)
    VALUES (@issue_lease_id, @since, @until, @body, @cms, @taken_at)`);
  const clear = db.prepare('DELETE FROM issue_lease_card WHERE dropped = 0');
  // A claim that was dropped is never held again, whatever a late answer says.
  const put = db.prepare<[string, string, string]>(`
    INSERT INTO issue_lease_card (lease_id, application_id, claim, dropped) VALUES (?, ?, ?, 0)
    ON CONFLICT (lease_id) DO NOTHING`);
  const all = db.prepare<[], CardRow>(
    'SELECT application_id, claim FROM issue_lease_card WHERE dropped = 0',
  );
  const one = db.prepare<[string], CardRow>(
    'SELECT application_id, claim FROM issue_lease_card WHERE application_id = ? AND dropped = 0',
  );
  const counts = db.prepare<[], { cards: number | null; promised: number | null }>(`
    SELECT sum(a.stage IN ('at-point', 'at-counter')) AS cards,
           sum(a.stage = 'issue-promised') AS promised
      FROM issue_lease_card c JOIN application a ON a.application_id = c.application_id
     WHERE c.dropped = 0`);
  const drop = db.prepare<[string, string]>(`
    INSERT INTO issue_lease_card (lease_id, application_id, claim, dropped) VALUES (?, ?, '', 1)
    ON CONFLICT (lease_id) DO UPDATE SET dropped = 1`);
  const dropped = db.prepare<[], { lease_id: string }>(
    'SELECT lease_id FROM issue_lease_card WHERE dropped = 1',
  );
  const held = db.prepare('SELECT 1 FROM issue_lease_card WHERE dropped = 0 LIMIT 1');
  const forget = db.prepare<[string]>('DELETE FROM issue_lease_card WHERE lease_id = ?');
  return {
    document() {
      const row = document.get();
      return row === undefined
        ? null
        : {
            issueLeaseId: row.issue_lease_id,
            since: row.since,
            until: row.until,
            body: row.body,
            cms: row.cms,
            takenAt: row.taken_at,
          };
    },
    keep({ issueLeaseId, since, until, body, cms, takenAt }, cards) {
      dropDocument.run();
      keepDocument.run({
        issue_lease_id: issueLeaseId,
        since,
        until,
        body: Buffer.from(body),
        cms: Buffer.from(cms),
        taken_at: takenAt,
      });
      clear.run();
      for (const { applicationId, lease } of cards)
        put.run(lease.leaseId, applicationId, JSON.stringify(lease));
    },
    cards: () =>
      all.all().map(({ application_id, claim }) => ({
        applicationId: application_id,
        lease: JSON.parse(claim) as Lease,
      })),
    find(applicationId) {
      const row = one.get(applicationId);
      return row === undefined ? null : (JSON.parse(row.claim) as Lease);
    },
    counts() {
      const row = counts.get();
      return { cards: row?.cards ?? 0, promised: row?.promised ?? 0 };
    },
    drop: (claims) =>
      claims.forEach(({ applicationId, leaseId }) => drop.run(leaseId, applicationId)),
    dropped: () => dropped.all().map(({ lease_id }) => lease_id),
    forget(leaseIds) {
      leaseIds.forEach((id) => forget.run(id));
      if (held.get() === undefined) dropDocument.run();
    },
  };
}
