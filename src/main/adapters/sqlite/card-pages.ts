// Pages of the issuance desk: cards ready, on the way, promised and issued.
import {
  WAITING_DAYS,
  type ISSUANCE_VIEWS,
  type IssuanceRow,
} from '../../../shared/contract/issuance.ts';
import type { CaseStore } from '../../ports/case-store.ts';
import { addDays, daysBetween, localDateOf, startOfLocalDate } from '../../domain/calendar.ts';
import { cursorOf, foundBy, readCursor } from './case-pages.ts';
import type { Connection } from './open-store.ts';

type View = (typeof ISSUANCE_VIEWS)[number];

const STAGES: Readonly<Record<View, string>> = {
  ready: "('at-point', 'at-counter')",
  'on-the-way': "('in-production')",
  promised: "('issue-promised')",
  issued: "('issued')",
};

interface Row {
  application_id: string;
  ticket: string;
  name: string;
  stage: IssuanceRow['stage'];
  card_place: string | null;
  card_arrived_at: string | null;
  flags: string;
}

/** Arrived before this instant = waits so many days at least, counted by days of the calendar. */
export const arrivedBefore = (days: number, now: string): string =>
  startOfLocalDate(addDays(localDateOf(new Date(now)), 1 - days)).toISOString();

export function cardPages(db: Connection): Pick<CaseStore, 'cards'> {
  const counts = db.prepare<[], { stage: string; n: number }>(
    'SELECT stage, count(*) AS n FROM application GROUP BY stage',
  );
  const ready = `a.stage IN ${STAGES.ready} AND a.card_arrived_at < ?`;
  const countWaiting = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM application a WHERE ${ready}`,
  );
  return {
    cards({ view, search, after, limit, waitingDays = 0 }, now) {
      const parts = [`a.stage IN ${STAGES[view as View]}`];
      const values: (string | number)[] = [];
      const found = foundBy(search);
      if (found !== null) {
        parts.push(found.sql);
        values.push(...found.values);
      }
      if (waitingDays > 0) {
        parts.push('a.card_arrived_at < ?');
        values.push(arrivedBefore(waitingDays, now));
      }
      const where = parts.join(' AND ');
      const sort = "coalesce(a.card_arrived_at, '')";
      const start = readCursor(after);
      const rows = db
        .prepare<unknown[], Row>(
          `SELECT a.application_id, a.ticket, a.name, a.stage, a.card_place, a.card_arrived_at, a.flags
             FROM application a WHERE ${where}
             ${start === null ? '' : `AND (${sort}, a.application_id) > (?, ?)`}
             ORDER BY ${sort}, a.application_id LIMIT ?`,
        )
        .all(...values, ...(start ?? []), limit + 1);
      const total = db
        .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM application a WHERE ${where}`)
        .get(...values)!.n;
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const stages = new Map(counts.all().map(({ stage, n }) => [stage, n]));
      const sum = (...names: string[]) =>
        names.reduce((all, name) => all + (stages.get(name) ?? 0), 0);
      return {
        rows: page.map((row) => rowOf(row, now)),
        next:
          rows.length > limit && last
            ? cursorOf(last.card_arrived_at ?? '', last.application_id)
            : null,
        total,
        counts: {
          ready: sum('at-point', 'at-counter'),
          'on-the-way': sum('in-production'),
          promised: sum('issue-promised'),
          issued: sum('issued'),
        } satisfies Record<View, number>,
        waiting: WAITING_DAYS.map((days) => countWaiting.get(arrivedBefore(days, now))!.n),
      };
    },
  };
}

const rowOf = (row: Row, now: string): IssuanceRow => ({
  applicationId: row.application_id,
  ticket: row.ticket,
  name: row.name,
  stage: row.stage,
  place: row.card_place,
  arrivedAt: row.card_arrived_at,
  daysWaiting:
    row.card_arrived_at === null
      ? null
      : daysBetween(localDateOf(new Date(row.card_arrived_at)), localDateOf(new Date(now))),
  flags: JSON.parse(row.flags) as IssuanceRow['flags'],
});
