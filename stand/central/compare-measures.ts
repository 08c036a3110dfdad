// Compares the measures, answers and checklist of a signed statement with the limits this node delivered.
import {
  CHECKLIST,
  MEASURED_AT_ALL,
  PORTRAIT_MEASURES,
  SIGNATURE_MEASURES,
  measureStateOf,
  wantsAnswer,
  wantsReason,
  type MeasureCode,
  type PictureLimits,
} from '../../src/shared/central/measures.ts';
import type {
  AnnulmentStatement,
  ApprovalStatement,
  MeasureRow,
} from '../../src/shared/central/statement.ts';
import { refuse } from './refusal.ts';

type Decision = ApprovalStatement | AnnulmentStatement;
type Demand = (field: string, same: boolean) => void;

/**
 * The values are the workstation's own: the node keeps no faces measured. What it can check it does: the
 * limits' version and borders, each state against value and border, each answer against the state, and that
 * no row is left out, nor the comparison with the reference photo (`hasReference`). Throws as `demand` does.
 */
export function compareMeasures(
  statement: Decision,
  limits: PictureLimits,
  hasReference: boolean,
  demand: Demand,
): void {
  demand('measuring.limits', statement.measuring.limits === limits.version);
  const rows = new Map(statement.measures.map((row) => [row.code, row]));
  demand('measures', rows.size === statement.measures.length);
  for (const row of statement.measures) {
    const known = limits.measures.find(({ measure }) => measure === row.code);
    const field = `measures.${row.code}`;
    if (known === undefined) return demand(field, false);
    demand(`${field}.agrees`, sameRange(row.agrees, known.agrees));
    demand(`${field}.tolerated`, sameRange(row.tolerated, known.tolerated));
    demand(`${field}.state`, row.state === measureStateOf(row.value, known));
    demand(`${field}.linesMoved`, !row.linesMoved || row.code === 'head-height');
    demand(`${field}.answer`, row.answer === null || answerFits(row));
  }
  for (const code of MEASURED_AT_ALL) demand(`measures.${code}`, rows.has(code));
  demandWhole(rows, limits, demand);
  const compared = rows.has('same-person');
  const comparable =
    rows.get('photo-measured')?.value === 1 &&
    limits.measures.some(({ measure }) => measure === 'same-person');
  // Approved is only who was compared; an annulment may come before the comparison.
  if (hasReference && comparable && statement.type === 'kualik/approval')
    demand('measures.same-person', compared);
  if (!hasReference) demand('measures.same-person', !compared);
  demand(
    'measuring.engine',
    (rows.get('photo-measured')?.value === 1) === (statement.measuring.engine !== null),
  );
  demand('checklist', statement.checklist.length === CHECKLIST.length);
  CHECKLIST.forEach((code, i) =>
    demand(`checklist.${i}.code`, statement.checklist[i]?.code === code),
  );
}

const sameRange = (one: MeasureRow['agrees'], other: MeasureRow['agrees']): boolean =>
  one.min === other.min && one.max === other.max;

const answerFits = ({ code, state, answer }: MeasureRow): boolean =>
  wantsAnswer(code, state) && (!wantsReason(state) || (answer?.reason ?? '').trim().length >= 3);

/** A measured picture has every measure the limits speak of: a finding cannot be dropped. */
function demandWhole(
  rows: ReadonlyMap<MeasureCode, MeasureRow>,
  limits: PictureLimits,
  demand: Demand,
): void {
  const limited = new Set(limits.measures.map(({ measure }) => measure));
  const parts = [
    ['photo-measured', PORTRAIT_MEASURES],
    ['signature-measured', SIGNATURE_MEASURES],
  ] as const;
  for (const [measured, codes] of parts) {
    const taken = rows.get(measured)?.value === 1;
    for (const code of codes)
      demand(`measures.${code}`, rows.has(code) === (taken && limited.has(code)));
  }
}

/** cl. 11: approved only when every finding was answered and no question to the eye was left or failed. */
export function demandAnswered(statement: ApprovalStatement): void {
  for (const row of statement.measures)
    if (wantsAnswer(row.code, row.state) && row.answer === null)
      refuse('not-approvable', { measure: row.code });
  for (const { code, answer } of statement.checklist)
    if (answer !== 'in-order') refuse('not-approvable', { question: code });
}
