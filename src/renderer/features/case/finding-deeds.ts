// Walking the findings and answering them: F, Y, the questions to the eye, and what stands in a group's way.
import type { CaseDto, CheckRow, ChecklistItem } from '../../../shared/contract/case.ts';
import type { RequestOf } from '../../shared/bridge.ts';
import { call } from '../../shared/bridge.ts';
import { fill, texts } from '../../shared/i18n/language.ts';
import { actionOf } from './actions.ts';
import { changeCase, checkName, tell } from './case-deeds.ts';
import { useCase } from './case-store.ts';
import { inOrderOn, nextOpen, rowsOf } from './findings.ts';
import { marking } from './marking-store.ts';

type Code = CheckRow['code'];
type MeasureCode = RequestOf<'case.answer'>['code'];

/** Opens a row, brings it into sight and lights its place on the picture; `writing` opens its reason field. */
export function goToFinding(code: Code, writing = false): void {
  useCase.setState({ tab: 'checks', current: code, writing, written: '' });
  marking.light(code);
}

export function leaveFinding(): void {
  useCase.setState({ current: null, writing: false, written: '' });
  marking.light(null);
}

/** The key F. */
export function nextFinding(dto: CaseDto): void {
  const row = nextOpen(dto, useCase.getState().current);
  if (row !== null) return goToFinding(row.code);
  leaveFinding();
  tell('plain', texts().measures.answer.none);
}

/** The key Y: the current finding is in order; without one the first is shown, never answered unseen. */
export async function inOrder(dto: CaseDto): Promise<void> {
  const { current, busy } = useCase.getState();
  if (busy) return;
  const t = texts().measures.answer;
  const row = dto.checks.find((each) => each.code === current);
  if (row === undefined || current === null) return nextFinding(dto);
  if (!actionOf(dto, 'override').enabled) return tell('plain', t.notYours);
  switch (inOrderOn(row)) {
    case 'answered':
      return nextFinding(dto);
    case 'never':
      return tell('bad', fill(t.never, { name: checkName(row.code) }));
    case 'override':
    case 'write-reason':
      return goToFinding(row.code, true);
    case 'answer':
      await answerFinding(dto, row, null);
  }
}

/** Answers a measure and goes to the next open finding; false = the core refused. */
export async function answerFinding(
  dto: CaseDto,
  row: CheckRow,
  reason: string | null,
): Promise<boolean> {
  const done = await sendAnswer(dto, row, { reason });
  if (done) moveOn(row.code);
  return done;
}

/** After an override too: whatever was current is answered. */
export function moveOn(code: Code): void {
  const { dto } = useCase.getState();
  const next = dto === null ? null : nextOpen(dto, code);
  if (next !== null) return goToFinding(next.code);
  leaveFinding();
  tell('plain', texts().measures.answer.done);
}

export const takeAnswerBack = (dto: CaseDto, row: CheckRow): Promise<boolean> =>
  sendAnswer(dto, row, null);

const sendAnswer = (
  { applicationId }: CaseDto,
  row: CheckRow,
  answer: RequestOf<'case.answer'>['answer'],
): Promise<boolean> =>
  changeCase(
    applicationId,
    call('case.answer', { applicationId, code: row.code as MeasureCode, answer }),
  );

/** A question to the eye; the answer given already is taken back. */
export const answerQuestion = (
  { applicationId }: CaseDto,
  item: ChecklistItem,
  answer: NonNullable<ChecklistItem['answer']>,
): Promise<boolean> =>
  changeCase(
    applicationId,
    call('case.checklist', {
      applicationId,
      code: item.code,
      answer: item.answer === answer ? null : answer,
    }),
  );

/** Confirms a group or takes that back; what stands open in it is shown instead, with why. */
export async function confirmGroup(dto: CaseDto, group: CheckRow['group']): Promise<void> {
  const { applicationId } = dto;
  const confirmed = !dto.confirmed.includes(group);
  await changeCase(applicationId, call('case.confirm', { applicationId, group, confirmed }), {
    'check-unanswered': (params) => showOpen(params?.['code']),
  });
}

function showOpen(code: string | number | undefined): void {
  const { dto } = useCase.getState();
  const t = texts().measures.answer;
  if (dto === null) return;
  const row = dto.checks.find((each) => each.code === code);
  if (row === undefined) {
    useCase.setState({ tab: 'checks' });
    // After the list is drawn: the tab may only now be shown.
    requestAnimationFrame(() => document.getElementById(`question-${code}`)?.focus());
    return tell('bad', fill(t.faultFirst, { name: checkName(String(code)) }));
  }
  // The core names one of them; the officer begins at the top of the group.
  const first = rowsOf(dto, row.group).loud.find((each) => each.open) ?? row;
  goToFinding(first.code);
  const words = first.measure !== null ? t.first : first.overridable ? t.override : t.never;
  tell('bad', fill(words, { name: checkName(first.code) }));
}
