// What lies at the point: the whole stock for a count, and pages of it by place or by age.
import type { StockCard } from '../../../shared/contract/stock.ts';
import { WAITING_DAYS } from '../../../shared/contract/issuance.ts';
import { daysBetween, localDateOf } from '../../domain/calendar.ts';
import type { CustodyStore, StoredStock } from '../../ports/custody-store.ts';
import { cursorOf, foundBy, readCursor } from './case-pages.ts';
import { arrivedBefore } from './card-pages.ts';
import type { Connection } from './open-store.ts';

/** In an act of return that was signed here and is not answered yet. */
const RETURNING = `EXISTS (
  SELECT 1 FROM custody_card c JOIN outbox o ON o.id = c.act_id
   WHERE c.application_id = a.application_id AND c.outcome = 'returned'
     AND o.state IN ('queued', 'sending'))`;

/** Cards at the point, and cards our acceptance took over while the node does not know it yet. */
const STOCK = `
  SELECT a.application_id AS applicationId, a.ticket, a.card_number AS cardNumber,
         a.card_place AS place
    FROM application a
   WHERE a.stage IN ('at-point', 'at-counter') AND a.card_number IS NOT NULL AND NOT ${RETURNING}
  UNION ALL
  SELECT c.application_id, c.ticket, c.card_number, c.place
    FROM custody_card c JOIN outbox o ON o.id = c.act_id
    LEFT JOIN application a ON a.application_id = c.application_id
   WHERE c.outcome IN ('arrived', 'damaged') AND o.state IN ('queued', 'sending')
     AND coalesce(a.stage, '') NOT IN ('at-point', 'at-counter')
   ORDER BY 2`;

interface Row {
  applicationId: string;
  ticket: string;
  cardNumber: string;
  place: string | null;
  arrivedAt: string | null;
  stage: string;
  going: number;
  condition: StockCard['condition'] | null;
  sort_value: string;
}

const SORT = {
  place: "coalesce(a.card_place, '')",
  age: "coalesce(a.card_arrived_at, '')",
} as const;

const HERE = `a.stage IN ('at-point', 'at-counter', 'issue-promised') AND a.card_number IS NOT NULL`;

const awayOf = ({ stage, going }: Row): StockCard['away'] => {
  if (going === 1) return 'returning';
  if (stage === 'issue-promised') return 'promised';
  return stage === 'at-counter' ? 'at-counter' : null;
};

const cardOf = (row: Row, now: string): StockCard => ({
  applicationId: row.applicationId,
  ticket: row.ticket,
  cardNumber: row.cardNumber,
  place: row.place,
  arrivedAt: row.arrivedAt,
  daysWaiting:
    row.arrivedAt === null
      ? null
      : daysBetween(localDateOf(new Date(row.arrivedAt)), localDateOf(new Date(now))),
  condition: row.condition ?? 'good',
  away: awayOf(row),
});

export function stockPages(db: Connection): Pick<CustodyStore, 'stock' | 'stockPage'> {
  const stock = db.prepare<[], StoredStock>(STOCK);
  const waiting = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM application a WHERE ${HERE} AND a.card_arrived_at < ?`,
  );
  return {
    stock: () => stock.all(),
    stockPage({ search, cardNumber, order, waitingDays, after, limit }, now) {
      const parts = [HERE];
      const values: (string | number)[] = [];
      const add = (sql: string, ...more: (string | number)[]): void => {
        parts.push(sql);
        values.push(...more);
      };
      const found = cardNumber === null ? foundBy(search) : null;
      if (found !== null) add(found.sql, ...found.values);
      if (cardNumber !== null) add('a.card_number = ?', cardNumber);
      if (waitingDays > 0) add('a.card_arrived_at < ?', arrivedBefore(waitingDays, now));
      const where = parts.join(' AND ');
      const start = readCursor(after);
      const rows = db
        .prepare<unknown[], Row>(
          `WITH page AS (
             SELECT a.*, ${SORT[order]} AS sort_value, ${RETURNING} AS going FROM application a
              WHERE ${where} ${start === null ? '' : `AND (${SORT[order]}, a.application_id) > (?, ?)`}
              ORDER BY sort_value, a.application_id LIMIT ?)
           SELECT p.application_id AS applicationId, p.ticket, p.card_number AS cardNumber,
                  p.card_place AS place, p.card_arrived_at AS arrivedAt, p.stage, p.going,
                  b.head ->> '$.card.condition' AS condition, p.sort_value
             FROM page p LEFT JOIN body b ON b.id = p.id ORDER BY p.sort_value, p.application_id`,
        )
        .all(...values, ...(start ?? []), limit + 1);
      const total = db
        .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM application a WHERE ${where}`)
        .get(...values)!.n;
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        rows: page.map((row) => cardOf(row, now)),
        next: rows.length > limit && last ? cursorOf(last.sort_value, last.applicationId) : null,
        total,
        waiting: WAITING_DAYS.map((days) => waiting.get(arrivedBefore(days, now))!.n),
      };
    },
  };
}
