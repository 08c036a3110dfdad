// The measures of a case's pictures as rows: value, limit, state, the officer's answer. Pure.
import type { PictureLimits, MeasureCode, MeasureLimit } from '../../shared/central/measures.ts';
import {
  measureGroup,
  measureStateOf,
  wantsAnswer,
  wantsReason,
} from '../../shared/central/measures.ts';
import type { CheckRow, HeadLines } from '../../shared/contract/case.ts';
import type { MeasuredPortrait, MeasureFailure } from '../../shared/contract/measured.ts';
import { fitCard } from '../../shared/kernel/card-frame.ts';
import type { CaseMeasured, Outcome } from './case-measured.ts';

/** An answer holds for the value it was given to; another value wants another look. */
export interface MeasureAnswer {
  readonly value: number | null;
  readonly reason: string | null;
}

export interface MeasureReview {
  readonly answers: Readonly<Partial<Record<MeasureCode, MeasureAnswer>>>;
  readonly lines: HeadLines | null;
}

/** One measure as it was taken. */
export interface Found {
  readonly value: number | null;
  readonly component: NonNullable<CheckRow['measure']>['component'];
  readonly failure: MeasureFailure | null;
  readonly linesMoved: boolean;
}

const nothing: Found = { value: null, component: null, failure: null, linesMoved: false };

/** Four decimals: enough for every unit, and the same number in row, statement and answer. */
const rounded = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : Math.round(value * 10_000) / 10_000 + 0;

/** Head height on the card by the lines as they lie now, mm; null without a face. */
export function headHeight(portrait: MeasuredPortrait, lines: HeadLines | null): number | null {
  const { geometry, file } = portrait;
  if (geometry === null) return null;
  return fitCard({ ...geometry, ...lines }, file).headMm;
}

const atAll = (outcome: Outcome<unknown>): Found => ({
  ...nothing,
  value: outcome?.ok === true ? 1 : null,
  failure: outcome !== null && !outcome.ok ? outcome.failure : null,
});

function foundOf(measured: CaseMeasured, lines: HeadLines | null): Map<MeasureCode, Found> {
  const found = new Map<MeasureCode, Found>();
  const { portrait, signature, faces, earlier } = measured;
  found.set('photo-measured', atAll(portrait));
  found.set('signature-measured', atAll(signature));
  if (portrait?.ok === true)
    for (const { measure, value, component } of portrait.value.values)
      found.set(measure, { ...nothing, value, component });
  if (portrait?.ok === true && lines !== null) {
    const height = found.get('head-height') ?? nothing;
    const value = headHeight(portrait.value, lines);
    found.set('head-height', { ...height, value, component: null, linesMoved: true });
  }
  const compared = (code: MeasureCode, outcome: CaseMeasured['faces']): void => {
    if (outcome === null) return;
    // A comparison that failed is told, not left out.
    const value = outcome.ok ? outcome.value.distance : null;
    found.set(code, { ...nothing, value, failure: outcome.ok ? null : outcome.failure });
  };
  compared('same-person', faces);
  compared('same-as-earlier', earlier?.faces ?? null);
  if (signature?.ok === true)
    for (const { measure, value, component } of signature.value.values)
      found.set(measure, { ...nothing, value, component });
  return found;
}

/** One row for each limit whose measure was taken or failed; the two "measured at all" rows always. */
export function measureRows(
  measured: CaseMeasured,
  limits: PictureLimits,
  review: MeasureReview,
): CheckRow[] {
  const found = foundOf(measured, review.lines);
  return limits.measures.flatMap((limit) => {
    const one = found.get(limit.measure);
    return one === undefined ? [] : [measureRow(limit, one, review.answers)];
  });
}

/** The row of one measure under its limit, with the officer's answer while it holds. */
export function measureRow(
  limit: MeasureLimit,
  found: Found,
  answers: MeasureReview['answers'],
): CheckRow {
  const value = rounded(found.value);
  const state = measureStateOf(value, limit);
  const said = answers[limit.measure];
  // Under other limits a "look" may have become a "does not agree": then it wants a reason.
  const holds =
    said !== undefined && said.value === value && (said.reason !== null || !wantsReason(state));
  const answer = holds ? { reason: said.reason } : null;
  const wanted = wantsAnswer(limit.measure, state);
  return {
    code: limit.measure,
    group: measureGroup(limit.measure),
    state,
    outcome: null,
    step: '11',
    source: 'workstation',
    at: null,
    requestId: null,
    values: [],
    obligatory: wanted,
    overridable: wanted,
    override: null,
    measure: {
      value,
      agrees: limit.agrees,
      tolerated: limit.tolerated,
      component: found.component,
      linesMoved: found.linesMoved,
      failure: found.failure,
      reason: limit.reason,
    },
    answer: wanted ? answer : null,
    open: wanted && answer === null,
  };
}
