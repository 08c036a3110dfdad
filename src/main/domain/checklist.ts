// Questions to the officer's own eye: what no measure can say honestly (cl. 11).
import {
  CHECKLIST,
  type ChecklistAnswer,
  type ChecklistCode,
  type PictureLimits,
} from '../../shared/central/measures.ts';
import type { CheckGroup } from '../../shared/central/statement.ts';
import type { ChecklistItem } from '../../shared/contract/case.ts';

export type ChecklistAnswers = Readonly<Partial<Record<ChecklistCode, ChecklistAnswer>>>;

export const checklistGroup = (code: ChecklistCode): CheckGroup =>
  code === 'signature-by-eye' ? 'signature' : 'photo';

/** All questions in their order; a reason is what a fault proposes. */
export const checklistItems = (limits: PictureLimits, answers: ChecklistAnswers): ChecklistItem[] =>
  CHECKLIST.map((code) => ({
    code,
    group: checklistGroup(code),
    answer: answers[code] ?? null,
    reason: limits.checklist.find((one) => one.code === code)?.reason ?? null,
  }));
