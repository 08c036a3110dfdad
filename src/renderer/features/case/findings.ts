// Which findings wait for an answer and in which order the officer walks them; pure.
import type { CaseDto, CheckRow } from '../../../shared/contract/case.ts';

export const GROUPS = ['register', 'rules', 'photo', 'signature'] as const;
const WEIGHT = { disagrees: 0, look: 1, 'no-data': 2, agrees: 3 } as const;

/** Rows of a group that must be seen, worst first, and those folded away. */
export function rowsOf(
  dto: CaseDto,
  group: CheckRow['group'],
): { readonly loud: readonly CheckRow[]; readonly fine: readonly CheckRow[] } {
  const rows = dto.checks.filter((row) => row.group === group);
  const loud = rows.filter(isLoud).toSorted((a, b) => WEIGHT[a.state] - WEIGHT[b.state]);
  return { loud, fine: rows.filter((row) => !isLoud(row)) };
}

/** A measure that was not taken and asks for nothing stays folded: it is no finding. */
const isLoud = (row: CheckRow): boolean => {
  if (row.open || row.override !== null || row.answer !== null) return true;
  return row.measure !== null && row.state === 'no-data' ? false : row.state !== 'agrees';
};

/** Everything open, in the order it stands on the screen. */
export const openRows = (dto: CaseDto): readonly CheckRow[] =>
  GROUPS.flatMap((group) => rowsOf(dto, group).loud.filter((row) => row.open));

/** The open finding after the current one, round to the first; null when none is left. */
export function nextOpen(dto: CaseDto, current: CheckRow['code'] | null): CheckRow | null {
  const order = GROUPS.flatMap((group) => rowsOf(dto, group).loud);
  const at = order.findIndex((row) => row.code === current);
  const round = [...order.slice(at + 1), ...order.slice(0, at + 1)];
  return round.find((row) => row.open) ?? null;
}

/** What the key "in order" does on a row. */
export type InOrder = 'answer' | 'write-reason' | 'override' | 'never' | 'answered';

export function inOrderOn(row: CheckRow): InOrder {
  if (!row.open) return 'answered';
  if (row.measure === null) return row.overridable ? 'override' : 'never';
  return row.state === 'disagrees' ? 'write-reason' : 'answer';
}
