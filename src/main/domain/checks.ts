// The checks list of a case: register answers and own rules as rows with one state each.
import type { Check, CheckCode, CheckOutcome, Dossier } from '../../shared/central/application.ts';
import type { NodeConfig } from '../../shared/central/messages.ts';
import type { CheckGroup, RuleOutcome } from '../../shared/central/statement.ts';
import type { CheckRow, ChecklistItem } from '../../shared/contract/case.ts';
import type { RuleResult } from './rules.ts';

/** Step of clause 3 each register check comes from. */
const STEPS: Readonly<Record<CheckCode, string>> = {
  'personal-data-consent': '3.1',
  'person-record': '3.2',
  'phone-owner': '3.2',
  'digital-id': '3.3',
  'legal-capacity': '3.4',
  'civil-record-change': '3.5',
  'permanent-registration': '3.6',
  'document-validity': '3.7',
  'photo-requirements': '3.10',
  'photo-match': '3.11',
  'request-signature': '3.12',
  'request-registered': '3.13',
  'social-status': '3.14',
  fee: '3.15',
};

const groupOf = (code: CheckCode): CheckGroup =>
  code === 'photo-requirements' || code === 'photo-match' ? 'photo' : 'register';

const stateOf = (outcome: CheckOutcome): RuleOutcome =>
  ({ passed: 'agrees', failed: 'disagrees', 'no-data': 'no-data', error: 'no-data' })[
    outcome
  ] as RuleOutcome;

/** A row without what only measures have; `open` is set once the row is whole. */
type PlainRow = Omit<CheckRow, 'measure' | 'answer' | 'open'>;

const whole = (row: PlainRow): CheckRow => ({
  ...row,
  measure: null,
  answer: null,
  open: standsOpen(row),
});

/** A failed obligatory check, or a rule that does not agree, waits for an override. */
const standsOpen = (row: PlainRow): boolean => {
  if (row.override !== null) return false;
  if (row.outcome === null) return row.state === 'disagrees';
  return row.obligatory && row.state !== 'agrees';
};

/** Rows in the order of the order's steps, then the rules. */
export function checkRows(
  dossier: Dossier,
  rules: readonly RuleResult[],
  overrides: Readonly<Record<string, string>>,
  checkRules: NodeConfig['checkRules'],
): CheckRow[] {
  const overrideOf = (code: string) => {
    const reason = overrides[code];
    return reason === undefined ? null : { reason };
  };
  const registers = dossier.checks.map((check: Check): PlainRow => {
    const rule = checkRules.find(({ code }) => code === check.code);
    return {
      code: check.code,
      group: groupOf(check.code),
      state: stateOf(check.outcome),
      outcome: check.outcome,
      step: STEPS[check.code],
      source: check.source,
      at: check.at,
      requestId: check.requestId,
      values: Object.entries(check.values).map(([name, value]) => ({ name, value })),
      obligatory: rule?.obligatory ?? true,
      overridable: rule?.overridable ?? false,
      override: overrideOf(check.code),
    };
  });
  // A check the node's rules ask for and the dossier lacks counts as no data: it blocks, and says so.
  const lacking = checkRules
    .filter(
      ({ code, obligatory }) => obligatory && !dossier.checks.some((one) => one.code === code),
    )
    .map(({ code }): PlainRow => ({
      code,
      group: groupOf(code),
      state: 'no-data',
      outcome: 'no-data',
      step: STEPS[code],
      source: '',
      at: null,
      requestId: null,
      values: [],
      obligatory: true,
      overridable: false, // there is no answer an override could stand beside
      override: null,
    }));
  const own = rules.map((rule): PlainRow => ({
    code: rule.code,
    group: rule.code === 'photo-age' ? 'photo' : 'rules',
    state: rule.outcome,
    outcome: null,
    step: rule.clause,
    source: 'workstation',
    at: null,
    requestId: null,
    values: Object.entries(rule.values).map(([name, value]) => ({ name, value })),
    obligatory: rule.outcome === 'disagrees',
    overridable: rule.overridable,
    override: overrideOf(rule.code),
  }));
  return [...registers, ...lacking, ...own].map(whole);
}

/** Counts for the queue's findings marks. */
export const findingsOf = (rows: readonly CheckRow[]) => ({
  disagrees: rows.filter((row) => row.state === 'disagrees').length,
  look: rows.filter((row) => row.state === 'look').length,
  noData: rows.filter((row) => row.state === 'no-data').length,
});

const PROPOSALS: Readonly<Partial<Record<CheckRow['code'], string>>> = {
  'photo-match': 'PHOTO_NOT_SAME_PERSON',
  'photo-age': 'PHOTO_OLD',
  'iin-check-digit': 'DATA_MISMATCH',
  'declared-matches-record': 'DATA_MISMATCH',
  'civil-record-change': 'DATA_MISMATCH', // step 5: a change of name belongs to the ЦОН
  'person-record': 'DATA_MISMATCH',
  'permanent-registration': 'EXTRA_CHECK_REQUIRED', // step 6
  'legal-capacity': 'EXTRA_CHECK_REQUIRED',
  'document-validity': 'EXTRA_CHECK_REQUIRED',
  'filing-window': 'EXTRA_CHECK_REQUIRED', // cl. 7: other cases go to the ЦОН
  'applicant-signature': 'EXTRA_CHECK_REQUIRED',
};

/** Reasons the findings propose; the officer chooses, nothing annuls by itself. */
export const proposedReasons = (
  rows: readonly CheckRow[],
  checklist: readonly ChecklistItem[],
): string[] => [
  ...new Set([
    ...checklist.flatMap((item) => (item.answer === 'fault' ? (item.reason ?? []) : [])),
    ...rows
      .filter((row) => row.measure === null && row.state === 'disagrees' && row.override === null)
      .flatMap((row) => PROPOSALS[row.code] ?? []),
    ...rows.filter((row) => row.open).flatMap((row) => row.measure?.reason ?? []),
  ]),
];
