// The working calendar: which dates are working days and how terms run over them (UTC+5, one zone).

export interface WorkingCalendar {
  /** Dates off besides weekends, YYYY-MM-DD. Years without data count weekends only. */
  readonly daysOff: ReadonlySet<string>;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ZONE = 5 * 60 * MINUTE;

/** Builds the calendar from the node's yearly lists. */
export const workingCalendar = (
  years: readonly { readonly daysOff: readonly string[] }[],
): WorkingCalendar => ({ daysOff: new Set(years.flatMap((year) => year.daysOff)) });

/** Calendar date of an instant in the country's zone, YYYY-MM-DD. */
export const localDateOf = (at: Date): string =>
  new Date(at.getTime() + ZONE).toISOString().slice(0, 10);

/** «14:02» of an instant in the country's zone. */
export const localTimeOf = (at: Date): string =>
  new Date(at.getTime() + ZONE).toISOString().slice(11, 16);

/** Start (00:00 local) of a local date. */
export const startOfLocalDate = (date: string): Date =>
  new Date(Date.parse(`${date}T00:00:00Z`) - ZONE);

/** Whole calendar days from one local date to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

export function isWorkingDay(date: string, calendar: WorkingCalendar): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !calendar.daysOff.has(date);
}

/** Advances `start` by minutes that run only on working days (a working day has 1440 of them). */
export function addWorkingMinutes(start: Date, minutes: number, calendar: WorkingCalendar): Date {
  let at = start.getTime();
  let left = minutes * MINUTE;
  for (;;) {
    const date = localDateOf(new Date(at));
    const dayEnd = startOfLocalDate(date).getTime() + DAY;
    if (isWorkingDay(date, calendar)) {
      if (left <= dayEnd - at) return new Date(at + left);
      left -= dayEnd - at;
    }
    at = dayEnd;
  }
}

/** Working minutes from `from` to `to`; negative when `to` lies before `from`. */
export function workingMinutesBetween(from: Date, to: Date, calendar: WorkingCalendar): number {
  if (to < from) return -workingMinutesBetween(to, from, calendar);
  let at = from.getTime();
  let sum = 0;
  while (at < to.getTime()) {
    const date = localDateOf(new Date(at));
    const end = Math.min(startOfLocalDate(date).getTime() + DAY, to.getTime());
    if (isWorkingDay(date, calendar)) sum += end - at;
    at = end;
  }
  return Math.floor(sum / MINUTE);
}
