// The register of issue: own rows out of the outbox, other desks' rows out of the node's time lines.
import type { Head } from '../../../shared/central/application.ts';
import { OUTCOMES, type Outcome } from '../../../shared/contract/papers.ts';
import type { RegisterEntry, RegisterQuery, RegisterStore } from '../../ports/register-store.ts';
import { cursorOf, foundBy, readCursor } from './case-pages.ts';
import type { Connection } from './open-store.ts';

/** What left the desk; an intent or an act taken back never happened. */
const LEFT = "('queued', 'sending', 'accepted', 'refused')";

/** First place: the name of the officer whose outbox this is. A node's row that is our own is not told twice. */
const ENTRY = `
  SELECT o.id, o.application_id, o.created_at AS at,
         CASE o.kind WHEN 'hand-over' THEN 'issued'
                     ELSE CAST(o.body AS TEXT) ->> '$.reason' END AS outcome,
         CASE o.state WHEN 'accepted' THEN 'accepted' WHEN 'refused' THEN 'refused'
                      ELSE 'promised' END AS standing,
         ? AS officer, CAST(o.body AS TEXT) ->> '$.stationId' AS station_id, 1 AS own, o.sha256
    FROM outbox o
   WHERE o.kind IN ('hand-over', 'hand-over-refusal') AND o.state IN ${LEFT}
  UNION ALL
  SELECT e.id, e.application_id, e.at, e.outcome, 'accepted', e.officer, e.station_id, 0, NULL
    FROM counter_event e
   WHERE NOT EXISTS (
     SELECT 1 FROM outbox o
      WHERE o.application_id = e.application_id AND o.state IN ${LEFT}
        AND (o.id = e.act_id
             OR (e.act_id IS NULL AND o.kind = 'hand-over' AND e.outcome = 'issued')
             OR (e.act_id IS NULL AND o.kind = 'hand-over-refusal' AND o.accepted_at = e.at)))`;

interface Row {
  id: string;
  application_id: string;
  at: string;
  outcome: Outcome;
  standing: RegisterEntry['standing'];
  officer: string | null;
  station_id: string | null;
  own: number;
  sha256: string | null;
  ticket: string | null;
  name: string | null;
  iin_masked: string | null;
  iin: string | null;
  card_number: string | null;
}

const entryOf = (row: Row): RegisterEntry => ({
  id: row.id,
  applicationId: row.application_id,
  at: row.at,
  outcome: row.outcome,
  standing: row.standing,
  ticket: row.ticket ?? '—',
  name: row.name ?? '',
  iin: row.iin ?? '',
  iinMasked: row.iin_masked ?? '',
  cardNumber: row.card_number,
  officer: row.officer,
  stationId: row.station_id,
  own: row.own === 1,
  sha256: row.sha256,
});

interface Where {
  readonly sql: string;
  readonly values: (string | number)[];
}

function filtered(query: RegisterQuery): Where {
  const parts = ['1'];
  const values: (string | number)[] = [];
  const add = (sql: string, value: string | null): void => {
    if (value === null) return;
    parts.push(sql);
    values.push(value);
  };
  add('e.at >= ?', query.from);
  add('e.at < ?', query.until);
  add('e.officer = ?', query.officer);
  add('e.outcome = ?', query.outcome);
  const found = foundBy(query.search);
  if (found !== null) {
    parts.push(found.sql);
    values.push(...found.values);
  }
  return { sql: parts.join(' AND '), values };
}

export function sqliteRegister(db: Connection): RegisterStore {
  const officers = db.prepare<[string], { officer: string }>(
    `SELECT DISTINCT officer FROM (${ENTRY}) WHERE officer IS NOT NULL ORDER BY officer`,
  );
  const ownOf = db.prepare<[string, string], { id: string }>(
    `SELECT id FROM outbox WHERE application_id = ? AND kind = ? AND state IN ${LEFT} ORDER BY n DESC`,
  );
  return {
    page(query, after, limit) {
      const where = filtered(query);
      const start = readCursor(after);
      const rows = db
        .prepare<unknown[], Row>(
          `WITH page AS (
             SELECT e.*, a.id AS row, a.ticket, a.name, a.iin_masked
               FROM (${ENTRY}) e LEFT JOIN application a ON a.application_id = e.application_id
              WHERE ${where.sql} ${start === null ? '' : 'AND (e.at, e.id) < (?, ?)'}
              ORDER BY e.at DESC, e.id DESC LIMIT ?)
           SELECT p.*, b.head ->> '$.card.number' AS card_number,
                  coalesce(b.dossier ->> '$.authoritative.iin', b.dossier ->> '$.declared.iin') AS iin
             FROM page p LEFT JOIN body b ON b.id = p.row ORDER BY p.at DESC, p.id DESC`,
        )
        .all(query.me, ...where.values, ...(start ?? []), limit + 1);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        rows: page.map(entryOf),
        next: rows.length > limit && last ? cursorOf(last.at, last.id) : null,
      };
    },
    sums(query) {
      const where = filtered(query);
      return db
        .prepare<unknown[], { outcome: Outcome; refused: number; n: number }>(
          `SELECT e.outcome, e.standing = 'refused' AS refused, count(*) AS n
             FROM (${ENTRY}) e LEFT JOIN application a ON a.application_id = e.application_id
            WHERE ${where.sql} GROUP BY 1, 2`,
        )
        .all(query.me, ...where.values)
        .map(({ outcome, refused, n }) => ({ outcome, refused: refused === 1, n }));
    },
    officers: (me) => officers.all(me).map(({ officer }) => officer),
    ownOf: (applicationId, kind) => ownOf.all(applicationId, kind).map(({ id }) => id),
  };
}

/** Keeps the counter's events of a time line; told again they are the same rows. */
export function counterEvents(
  db: Connection,
): (applicationId: string, timeline: Head['timeline']) => void {
  const put = db.prepare('INSERT OR REPLACE INTO counter_event VALUES (?, ?, ?, ?, ?, ?, ?)');
  const known = new Set<string>(OUTCOMES);
  return (applicationId, timeline) => {
    for (const { at, event, note, by } of timeline) {
      if (event !== 'issued' && event !== 'hand-over-refused') continue;
      const reason = note !== null && note !== 'issued' && known.has(note) ? note : 'other';
      put.run(
        by?.id ?? `${applicationId}/${at}`,
        by?.id ?? null,
        applicationId,
        at,
        event === 'issued' ? 'issued' : reason,
        by?.officer ?? null,
        by?.stationId ?? null,
      );
    }
  };
}
