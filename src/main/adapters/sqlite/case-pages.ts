// Pages of the queue by keyset: sorts, views, filters and search over the narrow columns only.
import type { QueueCounts, QueueQuery, QueueView } from '../../../shared/contract/queue.ts';
import type { CaseStore } from '../../ports/case-store.ts';
import type { Connection } from './open-store.ts';
import { searchTerms } from './search-terms.ts';
import { PHONE_SHARED, listedOf, type ListRow } from './list-row.ts';

const SORT_COLUMN = {
  urgency: 'a.due_at',
  filed: 'a.filed_at',
  name: 'a.name_folded',
  ticket: 'a.ticket',
} as const satisfies Record<QueueQuery['sort'], string>;

const VIEW_CLAUSE: Readonly<Record<QueueView, string>> = {
  pending: "a.view = 'pending'",
  promised: "a.view = 'promised'",
  production: "a.view = 'production'",
  done: "a.view = 'done'",
  mine: 'a.mine = 1',
  attention: 'a.attention = 1',
  all: '1',
};

/** More hits than an officer reads; the count stops there too. */
const MOST_HITS = 5000;

interface Where {
  readonly sql: string;
  readonly values: (string | number)[];
}

/** Applications a text finds, as a condition on `a`; null text = all. */
export function foundBy(search: string): Where | null {
  const terms = searchTerms(search);
  if (terms === null) return null;
  if (terms.match !== null)
    return {
      sql: `a.id IN (SELECT rowid FROM search WHERE search MATCH ? LIMIT ${MOST_HITS})`,
      values: [terms.match],
    };
  const prefix = terms.prefix ?? '';
  return {
    sql: '((a.name_folded >= ? AND a.name_folded < ?) OR (a.ticket >= ? AND a.ticket < ?))',
    values: [prefix, `${prefix}\uffff`, prefix.toUpperCase(), `${prefix.toUpperCase()}\uffff`],
  };
}

/** Keyset cursor: the sort value and id of the last row given. */
export const cursorOf = (value: string, id: string): string => JSON.stringify([value, id]);
export const readCursor = (after: string | null): [string, string] | null => {
  if (after === null) return null;
  try {
    const parsed: unknown = JSON.parse(after);
    if (Array.isArray(parsed) && parsed.length === 2) return [String(parsed[0]), String(parsed[1])];
  } catch {
    // a cursor that is not ours starts at the top
  }
  return null;
};

function filters(query: QueueQuery, now: string): Where {
  const parts = [VIEW_CLAUSE[query.view]];
  const values: (string | number)[] = [];
  if (query.held === 'mine') parts.push('a.mine = 1');
  if (query.held === 'free' || query.held === 'others') {
    const held = 'a.mine = 0 AND a.holder_until IS NOT NULL AND a.holder_until > ?';
    parts.push(query.held === 'others' ? held : `NOT (${held})`);
    values.push(now);
  }
  if (query.findings === 'clean') parts.push('a.disagrees = 0 AND a.look = 0');
  if (query.findings === 'with-disagreement') parts.push('a.disagrees > 0');
  const found = foundBy(query.search);
  if (found !== null) {
    parts.push(found.sql);
    values.push(...found.values);
  }
  return { sql: parts.join(' AND '), values };
}

export function casePages(
  db: Connection,
): Pick<CaseStore, 'page' | 'counts' | 'damagedCount' | 'urgent' | 'held' | 'counterClaims'> {
  const byView = db.prepare<[], { view: keyof QueueCounts; n: number }>(
    'SELECT view, count(*) AS n FROM application GROUP BY view',
  );
  const attention = db.prepare<[], { n: number }>(
    'SELECT count(*) AS n FROM application WHERE attention = 1',
  );
  const mine = db.prepare<[], { n: number }>(
    'SELECT count(*) AS n FROM application WHERE mine = 1',
  );
  const damaged = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM damaged');
  const urgent = db.prepare<[string, number], { application_id: string }>(
    `SELECT application_id FROM application a WHERE view = 'pending' AND stage = 'received'
       AND (holder_until IS NULL OR holder_until <= ?) ORDER BY due_at, application_id LIMIT ?`,
  );
  const counterClaims = db.prepare<[], { application_id: string; lease_id: string }>(
    `SELECT a.application_id, b.state ->> '$.lease.leaseId' AS lease_id
       FROM application a JOIN body b ON b.id = a.id
      WHERE a.stage IN ('at-counter', 'issue-promised') AND b.state ->> '$.lease' IS NOT NULL`,
  );
  const held = db.prepare<[], { application_id: string }>(
    `SELECT application_id FROM application WHERE mine = 1 ORDER BY due_at, application_id`,
  );
  const damagedRows = db.prepare<
    [],
    { application_id: string; ticket: string | null; received_at: string }
  >('SELECT application_id, ticket, received_at FROM damaged ORDER BY received_at');

  return {
    page(query, now) {
      const column = SORT_COLUMN[query.sort];
      const [direction, beyond] = query.descending ? ['DESC', '<'] : ['ASC', '>'];
      const where = filters(query, now);
      const after = readCursor(query.after);
      const start = after === null ? '' : `AND (${column}, a.application_id) ${beyond} (?, ?)`;
      const rows = db
        .prepare<unknown[], ListRow & { sort_value: string }>(
          `WITH page AS (
             SELECT a.*, ${column} AS sort_value FROM application a WHERE ${where.sql} ${start}
             ORDER BY ${column} ${direction}, a.application_id ${direction} LIMIT ?)
           SELECT a.*, ${PHONE_SHARED} AS phone_shared, b.head FROM page a LEFT JOIN body b ON b.id = a.id
           ORDER BY a.sort_value ${direction}, a.application_id ${direction}`,
        )
        .all(...where.values, ...(after ?? []), query.limit + 1);
      const total = db
        .prepare<unknown[], { n: number }>(
          `SELECT count(*) AS n FROM application a WHERE ${where.sql}`,
        )
        .get(...where.values)!.n;
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      const next =
        rows.length > query.limit && last ? cursorOf(last.sort_value, last.application_id) : null;
      const withDamaged = after === null && query.view === 'attention' && query.search === '';
      const extra = withDamaged ? damagedRows.all().map(damagedRow) : [];
      return {
        rows: [...extra, ...page.map(listedOf)],
        next,
        total: total + extra.length,
      };
    },
    counts() {
      const counts: QueueCounts = {
        pending: 0,
        mine: mine.get()!.n,
        attention: attention.get()!.n + damaged.get()!.n,
        promised: 0,
        production: 0,
        done: 0,
        all: 0,
      };
      for (const { view, n } of byView.all()) {
        counts[view] = n;
        counts.all += n;
      }
      return counts;
    },
    damagedCount: () => damaged.get()!.n,
    urgent: (now, limit) => urgent.all(now, limit).map((row) => row.application_id),
    counterClaims: () =>
      counterClaims.all().map(({ application_id, lease_id }) => ({
        applicationId: application_id,
        leaseId: lease_id,
      })),
    held: () => held.all().map((row) => row.application_id),
  };
}

/** A damaged application stands among the attention rows with what could be read of it. */
const damagedRow = (row: {
  application_id: string;
  ticket: string | null;
  received_at: string;
}): ReturnType<typeof listedOf> => ({
  applicationId: row.application_id,
  ticket: row.ticket ?? '—',
  name: '',
  iinMasked: '',
  filedAt: row.received_at,
  dueAt: row.received_at,
  stage: 'damaged',
  actId: null,
  mine: false,
  findings: { disagrees: 0, look: 0, noData: 0 },
  flags: [],
  phoneShared: false,
  head: null,
});
