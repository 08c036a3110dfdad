// Kazakhstan's one time zone (UTC+5) for synthetic times: working moments and local dates.

const OFFSET_MS = 5 * 3_600_000;
const DAY_MS = 86_400_000;

/** Calendar date in UTC+5, YYYY-MM-DD. */
export function localDateOf(date: Date): string {
  return new Date(date.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** A local date some days away. */
export function addDays(localDate: string, days: number): string {
  return new Date(Date.parse(`${localDate}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day some years away; 29 February becomes 28 where it must. */
export function addYears(localDate: string, years: number): string {
  const [year, month, day] = localDate.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + years, month - 1, Math.min(day, last)))
    .toISOString()
    .slice(0, 10);
}

/** Whole days from one local date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Start of business hours counted back: minutes of weekdays 09:00–18:00 UTC+5 before `now`. */
export function workingMinutesBefore(now: Date, minutes: number): Date {
  let at = new Date(now.getTime());
  let left = minutes;
  for (;;) {
    const local = new Date(at.getTime() + OFFSET_MS);
    const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
    const opens = midnight + 9 * 3_600_000 - OFFSET_MS;
    const closes = midnight + 18 * 3_600_000 - OFFSET_MS;
    const weekday = local.getUTCDay() !== 0 && local.getUTCDay() !== 6;
    if (weekday && at.getTime() > opens) {
      const from = Math.min(at.getTime(), closes);
      const available = (from - opens) / 60_000;
      if (left <= available) return new Date(from - left * 60_000);
      left -= available;
    }
    at = new Date(midnight - OFFSET_MS - 6 * 3_600_000); // 18:00 of the day before
  }
}
