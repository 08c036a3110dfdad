// Reviewing: the officer confirms groups, overrides failed checks, answers findings and moves lines.
import type { RefusalOf, RequestOf } from '../../shared/contract/channels.ts';
import { no, ok, type No, type Result } from '../../shared/kernel/result.ts';
import { measureStateOf, wantsAnswer, wantsReason } from '../../shared/central/measures.ts';
import type { CaseFact } from '../domain/case-facts.ts';
import { checklistGroup } from '../domain/checklist.ts';
import type { StoredCase } from '../ports/case-store.ts';
import { forbidden } from './allowed.ts';
import { judged, record } from './case-record.ts';
import { journal, type OpenDesk } from './desk.ts';

type Channel = 'case.confirm' | 'case.override' | 'case.answer' | 'case.checklist' | 'case.lines';
type Reviewed<N extends Channel> = Result<{ applicationId: string }, RefusalOf<N>>;
type OwnRefusal = 'check-unanswered' | 'not-overridable' | 'reason-missing';

/** What one deed of the review leaves: facts of the case and a row of the journal. */
interface Deed {
  readonly facts: readonly CaseFact[];
  readonly kind: Parameters<typeof journal>[1];
  readonly details: Parameters<typeof journal>[3];
}

/** One deed in one transaction: the case is here, the actions table allows it, then facts and journal together. */
function reviewed<R extends OwnRefusal = never>(
  desk: OpenDesk,
  applicationId: string,
  action: 'confirm' | 'override',
  deed: (stored: StoredCase) => Deed | No<R>,
) {
  const { store } = desk.session;
  return store.transaction(() => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const refused = forbidden(desk, stored, action);
    if (refused !== null) return refused;
    const made = deed(stored);
    if ('refusal' in made) return made;
    record(desk, stored, ...made.facts);
    journal(desk, made.kind, stored.dossier.ticket, made.details);
    return ok({ applicationId });
  });
}

const toConfirmAgain = (
  group: Extract<CaseFact, { type: 'group-confirmed' }>['group'],
): CaseFact => ({
  type: 'group-confirmed',
  group,
  confirmed: false,
});

/**
 * Confirms one group: nothing in it may stand open. Confirming is also the officer's answer to the
 * group's questions to the eye (cl. 11), so each goes into the record as answered "in order".
 */
export function confirmGroup(
  desk: OpenDesk,
  { applicationId, group, confirmed }: RequestOf<'case.confirm'>,
): Reviewed<'case.confirm'> {
  return reviewed<'check-unanswered'>(desk, applicationId, 'confirm', (stored) => {
    const { rows, checklist } = judged(desk, stored);
    const questions = checklist.filter((item) => item.group === group);
    const open =
      rows.find((row) => row.group === group && row.open) ??
      questions.find(({ answer }) => answer === 'fault');
    if (confirmed && open !== undefined) return no('check-unanswered', { code: open.code });
    const answered = questions
      .filter(({ answer }) => confirmed && answer === null)
      .map(({ code }) => ({ type: 'checklist-answered', code, answer: 'in-order' }) as const);
    return {
      facts: [...answered, { type: 'group-confirmed', group, confirmed }],
      kind: 'confirmed',
      details: { group, confirmed },
    };
  });
}

/** Overrides a check with a reason, or takes the override back; its group is to be confirmed again. */
export function overrideCheck(
  desk: OpenDesk,
  { applicationId, code, reason }: RequestOf<'case.override'>,
): Reviewed<'case.override'> {
  return reviewed<'not-overridable'>(desk, applicationId, 'override', (stored) => {
    const row = judged(desk, stored).rows.find((one) => one.code === code);
    if (row === undefined || !row.overridable || row.state === 'agrees')
      return no('not-overridable');
    return {
      facts: [{ type: 'check-overridden', code, reason }, toConfirmAgain(row.group)],
      kind: 'override',
      details: { code, set: reason !== null },
    };
  });
}

/** Answers a finding of the measures: looked at and in order; null takes the answer back. */
export function answerFinding(
  desk: OpenDesk,
  { applicationId, code, answer }: RequestOf<'case.answer'>,
): Reviewed<'case.answer'> {
  return reviewed<'not-overridable' | 'reason-missing'>(
    desk,
    applicationId,
    'override',
    (stored) => {
      const row = judged(desk, stored).rows.find((one) => one.code === code);
      if (row?.measure === undefined || row.measure === null) return no('not-overridable');
      const { value } = row.measure;
      const state = measureStateOf(value, row.measure);
      if (!wantsAnswer(code, state)) return no('not-overridable');
      const reason = answer?.reason?.trim() ?? null;
      if (answer !== null && wantsReason(state) && (reason?.length ?? 0) < 3)
        return no('reason-missing', { code });
      const given = answer === null ? null : { value, reason };
      return {
        facts: [
          { type: 'finding-answered', code, answer: given },
          ...(answer === null ? [toConfirmAgain(row.group)] : []),
        ],
        kind: 'answered',
        details: { code, set: answer !== null },
      };
    },
  );
}

/** A question to the eye answered by itself; a fault unconfirms its group. */
export function answerChecklist(
  desk: OpenDesk,
  { applicationId, code, answer }: RequestOf<'case.checklist'>,
): Reviewed<'case.checklist'> {
  return reviewed<never>(desk, applicationId, 'confirm', () => ({
    facts: [
      { type: 'checklist-answered', code, answer },
      ...(answer === 'in-order' ? [] : [toConfirmAgain(checklistGroup(code))]),
    ],
    kind: 'answered',
    details: { code, answer: answer ?? '' },
  }));
}

/** Crown and chin where the officer sees them; the photo group is to be confirmed again. */
export function moveLines(
  desk: OpenDesk,
  { applicationId, lines }: RequestOf<'case.lines'>,
): Reviewed<'case.lines'> {
  return reviewed<never>(desk, applicationId, 'confirm', () => ({
    facts: [{ type: 'lines-moved', lines }, toConfirmAgain('photo')],
    kind: 'lines-moved',
    details: { set: lines !== null },
  }));
}
