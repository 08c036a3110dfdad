// Terms of the check (cl. 4.2): when it is due, how much working time is left, which mark it gets.
import type { NodeConfig } from '../../shared/central/messages.ts';
import type { TimeLeft } from '../../shared/contract/queue.ts';
import {
  addWorkingMinutes,
  localDateOf,
  startOfLocalDate,
  workingMinutesBetween,
  type WorkingCalendar,
} from './calendar.ts';

const DAY_MINUTES = 1440;
const SOON_SHARE = 0.25;

/** When the check of an application registered at `registeredAt` is due. */
export const dueAt = (
  registeredAt: Date,
  deadline: NodeConfig['deadline'],
  calendar: WorkingCalendar,
): Date => addWorkingMinutes(registeredAt, deadline.targetDays * DAY_MINUTES, calendar);

/** Time left against the term; `decided` stops the clock. */
export function timeLeft(
  due: Date,
  now: Date,
  decided: boolean,
  deadline: NodeConfig['deadline'],
  calendar: WorkingCalendar,
): TimeLeft {
  const term = deadline.targetDays * DAY_MINUTES;
  const left = workingMinutesBetween(now, due, calendar);
  const level = decided ? 'done' : left < 0 ? 'late' : left < term * SOON_SHARE ? 'soon' : 'ok';
  return { dueAt: due.toISOString(), workingMinutesLeft: left, termMinutes: term, level };
}

/** Past the alarm (two working days by default): the head is told. */
export const isAlarm = (
  due: Date,
  now: Date,
  deadline: NodeConfig['deadline'],
  calendar: WorkingCalendar,
): boolean =>
  workingMinutesBetween(now, due, calendar) <=
  -(deadline.alarmDays - deadline.targetDays) * DAY_MINUTES;

/** The moment until which a decision still makes today's production run; null when past or unknown. */
export function productionCutOffAt(cutOff: string | null, now: Date): Date | null {
  if (cutOff === null) return null;
  const [hours = 0, minutes = 0] = cutOff.split(':').map(Number);
  const start = startOfLocalDate(localDateOf(now)).getTime();
  const at = new Date(start + (hours * 60 + minutes) * 60_000);
  return at > now ? at : null;
}
