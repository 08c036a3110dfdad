// The head's view of the unit (cl. 4.2): ages, holders, decisions, reasons.
import type { MonitoringDto } from '../../shared/contract/settings.ts';
import {
  addDays,
  addWorkingMinutes,
  localDateOf,
  startOfLocalDate,
  workingMinutesBetween,
} from '../domain/calendar.ts';
import { nowText, type OpenDesk } from './desk.ts';

const DAY_MINUTES = 1440;
const DAYS_SHOWN = 14;
const LOOK_BACK_DAYS = 30;

export function readMonitoring(desk: OpenDesk): MonitoringDto {
  const { store, calendar } = desk.session;
  const wholeDays = (filedAt: string): number =>
    Math.max(0, Math.floor(workingMinutesBetween(new Date(filedAt), now, calendar) / DAY_MINUTES));
  const now = desk.deps.clock.now();
  const since = startOfLocalDate(addDays(localDateOf(now), 1 - DAYS_SHOWN)).toISOString();
  return {
    asOf: nowText(desk),
    ...store.cases.monitoring(nowText(desk), alarmBefore(desk, now), since, wholeDays),
  };
}

/** The latest due time whose alarm has come: due + (alarm − target) working days ≤ now. */
function alarmBefore(desk: OpenDesk, now: Date): string {
  const { config, calendar } = desk.session;
  const grace = (config.deadline.alarmDays - config.deadline.targetDays) * DAY_MINUTES;
  let low = now.getTime() - LOOK_BACK_DAYS * 86_400_000;
  let high = now.getTime();
  while (high - low > 60_000) {
    const middle = (low + high) / 2;
    if (addWorkingMinutes(new Date(middle), grace, calendar) <= now) low = middle;
    else high = middle;
  }
  return new Date(low).toISOString();
}
