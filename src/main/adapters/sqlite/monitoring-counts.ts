// Counts for the head of the unit (cl. 4.2): how many wait, how long, with whom, and what was decided.
import type { CaseStore } from '../../ports/case-store.ts';
import { addDays, localDateOf } from '../../domain/calendar.ts';
import type { Connection } from './open-store.ts';

const DAYS_SHOWN = 14;
const OLDEST_BUCKET = 5;

export function monitoringCounts(db: Connection): Pick<CaseStore, 'monitoring'> {
  const open = db.prepare<
    [string, string, string, string],
    { open: number; overdue: number; alarm: number; today: number; held: number }
  >(`SELECT count(*) AS open, coalesce(sum(due_at < ?), 0) AS overdue,
       coalesce(sum(due_at < ?), 0) AS alarm,
       coalesce(sum(substr(datetime(due_at, '+5 hours'), 1, 10) = ?), 0) AS today,
       coalesce(sum(holder_until > ?), 0) AS held
     FROM application WHERE view = 'pending'`);
  const decided = db.prepare<[string], { decided_kind: string; n: number }>(
    `SELECT decided_kind, count(*) AS n FROM application WHERE decided_day = ? GROUP BY decided_kind`,
  );
  const filed = db.prepare<[], { filed_at: string }>(
    `SELECT filed_at FROM application WHERE view = 'pending'`,
  );
  const holders = db.prepare<[string], { officer: string; held: number; since: string | null }>(
    `SELECT json_extract(b.head, '$.holder.officerName') AS officer, count(*) AS held,
            min(json_extract(b.head, '$.holder.since')) AS since
     FROM application a JOIN body b ON b.id = a.id
     WHERE a.view = 'pending' AND a.holder_until > ? GROUP BY officer ORDER BY held DESC, officer`,
  );
  const reasons = db.prepare<[string], { code: string; n: number }>(
    `SELECT r.value AS code, count(*) AS n
     FROM application a JOIN body b ON b.id = a.id, json_each(b.head, '$.decision.reasons') r
     WHERE a.decided_kind = 'annul' AND a.decided_day >= ? GROUP BY code ORDER BY n DESC, code`,
  );
  const days = db.prepare<[string], { day: string; kind: string; n: number }>(
    `SELECT decided_day AS day, decided_kind AS kind, count(*) AS n FROM application
     WHERE decided_day >= ? GROUP BY day, kind`,
  );
  const filedDays = db.prepare<[string], { day: string; n: number }>(
    `SELECT substr(datetime(filed_at, '+5 hours'), 1, 10) AS day, count(*) AS n
     FROM application WHERE filed_at >= ? GROUP BY day`,
  );

  return {
    monitoring(now, alarmBefore, dayStart, wholeDays) {
      const today = localDateOf(new Date(now));
      const totals = open.get(now, alarmBefore, today, now)!;
      const since = addDays(today, 1 - DAYS_SHOWN);
      const of = (kind: string) =>
        decided.all(today).find((row) => row.decided_kind === kind)?.n ?? 0;
      const ages = new Map<number, number>();
      for (const { filed_at } of filed.all()) {
        const age = Math.min(OLDEST_BUCKET, wholeDays(filed_at));
        ages.set(age, (ages.get(age) ?? 0) + 1);
      }
      const decidedDays = days.all(since);
      const filedBy = new Map(filedDays.all(dayStart).map(({ day, n }) => [day, n]));
      const count = (day: string, kind: string) =>
        decidedDays.find((row) => row.day === day && row.kind === kind)?.n ?? 0;
      return {
        open: totals.open,
        overdue: totals.overdue,
        alarm: totals.alarm,
        dueToday: totals.today,
        held: totals.held,
        decidedToday: { approved: of('approve'), annulled: of('annul') },
        byAge: Array.from({ length: OLDEST_BUCKET + 1 }, (_, age) => ({
          days: age,
          count: ages.get(age) ?? 0,
        })),
        byHolder: holders.all(now).map(({ officer, held, since: oldest }) => ({
          officerName: officer,
          held,
          oldestSince: oldest,
        })),
        byReason: reasons.all(since).map(({ code, n }) => ({ code, count: n })),
        byDay: Array.from({ length: DAYS_SHOWN }, (_, i) => addDays(since, i)).map((day) => ({
          day,
          filed: filedBy.get(day) ?? 0,
          approved: count(day, 'approve'),
          annulled: count(day, 'annul'),
        })),
      };
    },
  };
}
