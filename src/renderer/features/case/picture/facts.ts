// What the facts of a file may mean: hints for the officer, none of them proves anything. Pure.
import type { CaseDto } from '../../../../shared/contract/case.ts';
import type { FileFacts } from '../../../../shared/contract/measured.ts';

export const FACT_NOTES = ['edited', 'saved-small', 'taken-long-ago', 'no-exif'] as const;
export type FactNote = (typeof FACT_NOTES)[number];

const LOW_QUALITY = 60;

/** «2024:05:01 12:00:00» of EXIF as a calendar date; null when it is not one. */
export function dateOf(written: string | null): string | null {
  const found = /^(\d{4})[:.-](\d\d)[:.-](\d\d)/.exec(written ?? '');
  if (found === null) return null;
  const [, year, month, day] = found;
  const date = `${year}-${month}-${day}`;
  return Number.isNaN(Date.parse(date)) ? null : date;
}

/** Age in months the rule of the photo's age allows, as its row of the checks says; null when it is not said. */
export function allowedMonths(dto: Pick<CaseDto, 'checks'>): number | null {
  const row = dto.checks.find((each) => each.code === 'photo-age');
  const months = Number(row?.values.find((value) => value.name === 'months')?.value ?? Number.NaN);
  return Number.isFinite(months) && months > 0 ? months : null;
}

/** Whether a calendar date lies more than `months` before the instant. */
export function olderThan(date: string, months: number, instant: string): boolean {
  const oldest = new Date(instant);
  oldest.setUTCMonth(oldest.getUTCMonth() - months);
  return date < oldest.toISOString().slice(0, 10);
}

/** Which of the hints stand beside these facts; `months` null = no rule to hold the date against. */
export function notesOf(
  facts: FileFacts,
  rule: { readonly months: number | null; readonly filedAt: string },
): readonly FactNote[] {
  const taken = dateOf(facts.takenAt);
  const saved = facts.lastSaveQuality;
  const old = taken !== null && rule.months !== null && olderThan(taken, rule.months, rule.filedAt);
  return FACT_NOTES.filter(
    (note) =>
      ({
        edited: facts.edited,
        'saved-small': saved !== null && saved <= LOW_QUALITY,
        'taken-long-ago': old,
        'no-exif': facts.exifBytes === 0,
      })[note],
  );
}

/** A histogram as an SVG path on 256 × `height`; the tallest bin but the outermost fills the height. */
export function histogramPath(bins: readonly number[], height: number): string {
  const inner = bins.slice(1, -1);
  // Pure black and pure white of a flat background would press everything else to the ground.
  const top = Math.max(1, ...(inner.some((n) => n > 0) ? inner : bins));
  const points = bins.map((n, i) => `${i} ${(height - Math.min(1, n / top) * height).toFixed(1)}`);
  return `M0 ${height}L${points.join('L')}L${bins.length - 1} ${height}Z`;
}
