// Reviewing: the officer confirms groups, overrides failed checks, answers findings and moves lines.
import type { RefusalOf, RequestOf } from '../../shared/contract/channels.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { measureStateOf, wantsAnswer, wantsReason } from '../../shared/central/measures.ts';
import { checklistGroup } from '../domain/checklist.ts';
import { forbidden } from './allowed.ts';
import { judged, record } from './case-record.ts';
import { journal, type OpenDesk } from './desk.ts';

/**
 * Confirms one group: nothing in it may stand open. Confirming is also the officer's answer to the
 * group's questions to the eye (cl. 11), so each goes into the record as answered "in order".
 */
export function confirmGroup(
  desk: OpenDesk,
  { applicationId, group, confirmed }: RequestOf<'case.confirm'>,
): Result<{ applicationId: string }, RefusalOf<'case.confirm'>> {
  const { store } = desk.session;
  return store.transaction(() => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const refused = forbidden(desk, stored, 'confirm');
    if (refused !== null) return refused;
    const { rows, checklist } = judged(desk, stored);
    const questions = checklist.filter((item) => item.group === group);
    const open =
      rows.find((row) => row.group === group && row.open) ??
      questions.find(({ answer }) => answer === 'fault');
    if (confirmed && open !== undefined) return no('check-unanswered', { code: open.code });
    const answered = questions
      .filter(({ answer }) => confirmed && answer === null)
      .map(({ code }) => ({ type: 'checklist-answered', code, answer: 'in-order' }) as const);
    record(desk, stored, ...answered, { type: 'group-confirmed', group, confirmed });
    journal(desk, 'confirmed', stored.dossier.ticket, { group, confirmed });
    return ok({ applicationId });
  });
}

/** Overrides a check with a reason, or takes the override back; its group is to be confirmed again. */
export function overrideCheck(
  desk: OpenDesk,
  { applicationId, code, reason }: RequestOf<'case.override'>,
): Result<{ applicationId: string }, RefusalOf<'case.override'>> {
  const { store } = desk.session;
  return store.transaction(() => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const refused = forbidden(desk, stored, 'override');
    if (refused !== null) return refused;
    const row = judged(desk, stored).rows.find((one) => one.code === code);
    if (row === undefined || !row.overridable || row.state === 'agrees')
      return no('not-overridable');
    record(
      desk,
      stored,
      { type: 'check-overridden', code, reason },
      { type: 'group-confirmed', group: row.group, confirmed: false },
    );
    journal(desk, 'override', stored.dossier.ticket, { code, set: reason !== null });
    return ok({ applicationId });
  });
}

/** Answers a finding of the measures: looked at and in order; null takes the answer back. */
export function answerFinding(
  desk: OpenDesk,
  { applicationId, code, answer }: RequestOf<'case.answer'>,
): Result<{ applicationId: string }, RefusalOf<'case.answer'>> {
  const { store } = desk.session;
  return store.transaction(() => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const refused = forbidden(desk, stored, 'override');
    if (refused !== null) return refused;
    const row = judged(desk, stored).rows.find((one) => one.code === code);
    if (row?.measure === undefined || row.measure === null) return no('not-overridable');
    const { value } = row.measure;
    const state = measureStateOf(value, row.measure);
    if (!wantsAnswer(code, state)) return no('not-overridable');
    const reason = answer?.reason?.trim() ?? null;
    if (answer !== null && wantsReason(state) && (reason?.length ?? 0) < 3)
      return no('reason-missing', { code });
    const group = row.group;
    record(
      desk,
      stored,
      { type: 'finding-answered', code, answer: answer === null ? null : { value, reason } },
      ...(answer === null ? [{ type: 'group-confirmed', group, confirmed: false } as const] : []),
    );
    journal(desk, 'answered', stored.dossier.ticket, { code, set: answer !== null });
    return ok({ applicationId });
  });
}

/** A question to the eye answered by itself; a fault unconfirms its group. */
export function answerChecklist(
  desk: OpenDesk,
  { applicationId, code, answer }: RequestOf<'case.checklist'>,
): Result<{ applicationId: string }, RefusalOf<'case.checklist'>> {
  const { store } = desk.session;
  return store.transaction(() => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const refused = forbidden(desk, stored, 'confirm');
    if (refused !== null) return refused;
    const group = checklistGroup(code);
    record(
      desk,
      stored,
      { type: 'checklist-answered', code, answer },
      ...(answer === 'in-order'
        ? []
        : [{ type: 'group-confirmed', group, confirmed: false } as const]),
    );
    journal(desk, 'answered', stored.dossier.ticket, { code, answer: answer ?? '' });
    return ok({ applicationId });
  });
}

/** Crown and chin where the officer sees them; the photo group is to be confirmed again. */
export function moveLines(
  desk: OpenDesk,
  { applicationId, lines }: RequestOf<'case.lines'>,
): Result<{ applicationId: string }, RefusalOf<'case.lines'>> {
  const { store } = desk.session;
  return store.transaction(() => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const refused = forbidden(desk, stored, 'confirm');
    if (refused !== null) return refused;
    record(
      desk,
      stored,
      { type: 'lines-moved', lines },
      { type: 'group-confirmed', group: 'photo', confirmed: false },
    );
    journal(desk, 'lines-moved', stored.dossier.ticket, { set: lines !== null });
    return ok({ applicationId });
  });
}
