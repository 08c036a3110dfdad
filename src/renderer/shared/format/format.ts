// How instants, dates, numbers, IINs and durations are written, in both languages (UTC+5, one zone).
import { fill } from '../i18n/text-types.ts';
import { currentLanguage, plural, texts } from '../i18n/language.ts';

/** Kazakhstan keeps one time zone, UTC+5, all year. */
const OFFSET_MS = 5 * 60 * 60 * 1000;
/** Terms run round the clock on working days, as the core counts them. */
export const WORKING_DAY_MINUTES = 24 * 60;

const pad = (n: number): string => String(n).padStart(2, '0');
const shifted = (instant: string | number): Date =>
  new Date(new Date(instant).getTime() + OFFSET_MS);

/** «05.11.2026» from an instant. */
export function formatDay(instant: string): string {
  const d = shifted(instant);
  return `${pad(d.getUTCDate())}.${pad(d.getUTCMonth() + 1)}.${d.getUTCFullYear()}`;
}

/** «05.11.2026» from a calendar date YYYY-MM-DD. */
export const formatDate = (date: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(date) ? date.split('-').reverse().join('.') : date;

/** «14:02» in UTC+5. */
export function formatTime(instant: string): string {
  const d = shifted(instant);
  return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}`;
}

/** «05.11.2026 14:02». */
export const formatDateTime = (instant: string): string =>
  `${formatDay(instant)} ${formatTime(instant)}`;

/** Time alone when it is today, else day and month with time: «14:02», «05.11 14:02». */
export function formatMoment(instant: string, now: number = Date.now()): string {
  const today = formatDay(new Date(now).toISOString());
  const day = formatDay(instant);
  return day === today ? formatTime(instant) : `${day.slice(0, 5)} ${formatTime(instant)}`;
}

/** «9913 3230 0002»: an IIN in groups of four; anything else stays as it is. */
export const formatIin = (iin: string): string =>
  /^[\d•]{12}$/.test(iin) ? `${iin.slice(0, 4)} ${iin.slice(4, 8)} ${iin.slice(8)}` : iin;

const thin = '\u202f';

/** «12 345» with narrow spaces. */
export const formatNumber = (n: number): string =>
  String(Math.trunc(n)).replace(/\B(?=(\d{3})+(?!\d))/g, thin);

/** «865 ₸». */
export const formatMoney = (tenge: number): string => `${formatNumber(tenge)}${thin}₸`;

/** «1,4 МБ». */
export function formatBytes(bytes: number): string {
  const t = texts().common.units;
  if (bytes < 1024 * 1024) return `${formatNumber(Math.max(1, Math.round(bytes / 1024)))} ${t.kb}`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} ${t.mb}`;
}

/** «40 с», «12 мин», «2 ч 05 мин» of plain seconds. */
export function formatSeconds(seconds: number): string {
  const t = texts().common.units;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} ${t.s}`;
  if (whole < 3600) return `${Math.round(whole / 60)} ${t.min}`;
  return `${Math.floor(whole / 3600)} ${t.h} ${pad(Math.round((whole % 3600) / 60) % 60)} ${t.min}`;
}

/** Working time: «2 раб. дня 3 ч», «5 ч 40 мин»; the sign is left to the caller. */
export function formatWorkingMinutes(minutes: number, brief = false): string {
  const t = texts().common;
  const all = Math.abs(minutes);
  const days = Math.floor(all / WORKING_DAY_MINUTES);
  const hours = Math.floor((all % WORKING_DAY_MINUTES) / 60);
  if (days > 0) {
    const head = plural(days, t.workingDays);
    return hours > 0 && !brief ? `${head} ${hours} ${t.units.h}` : head;
  }
  if (hours > 0) return `${hours} ${t.units.h} ${pad(all % 60)} ${t.units.min}`;
  return `${all} ${t.units.min}`;
}

/** «только что», «5 мин назад», «3 ч назад», «2 дня назад»; future instants read «через 5 мин». */
export function formatRelative(instant: string, now: number = Date.now()): string {
  const t = texts().common;
  const seconds = Math.round((now - new Date(instant).getTime()) / 1000);
  const past = seconds >= 0;
  const abs = Math.abs(seconds);
  if (abs < 45) return past ? t.justNow : t.rightNow;
  const minutes = Math.round(abs / 60);
  const hours = Math.round(abs / 3600);
  const amount =
    minutes < 60
      ? `${minutes} ${t.units.min}`
      : hours < 24
        ? `${hours} ${t.units.h}`
        : plural(Math.round(abs / 86400), t.days);
  return fill(past ? t.ago : t.inTime, { amount });
}

/** Region, point or department in the language of the screen. */
export const formatCoded = (coded: { readonly nameRu: string; readonly nameKz: string }): string =>
  currentLanguage() === 'kk' ? coded.nameKz || coded.nameRu : coded.nameRu || coded.nameKz;
