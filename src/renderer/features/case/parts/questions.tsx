// What no measure can say: short questions to the officer's eye at the foot of photo and signature.
import type { CaseDto, CheckRow, ChecklistItem } from '../../../../shared/contract/case.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { StateMark } from '../../../shared/ui/state-mark.tsx';
import { actionOf } from '../actions.ts';
import { openComposerWith } from '../case-deeds.ts';
import { answerQuestion } from '../finding-deeds.ts';
import { useReasonName } from './finding-answer.tsx';
import styles from './checks.module.css';

interface Props {
  readonly dto: CaseDto;
  readonly group: CheckRow['group'];
  readonly cap: string;
}

export const questionsOf = (dto: CaseDto, group: CheckRow['group']): readonly ChecklistItem[] =>
  dto.checklist.filter((item) => item.group === group);

export function Questions({ dto, group, cap }: Props) {
  const t = useTexts().measures.questions;
  const items = questionsOf(dto, group);
  if (items.length === 0) return null;
  const may = actionOf(dto, 'confirm').enabled;
  return (
    <section className={styles['questions']} aria-label={t.heading}>
      <h3>{t.heading}</h3>
      <ul>
        {items.map((item) => (
          <Question key={item.code} dto={dto} item={item} may={may} />
        ))}
      </ul>
      {may && items.some((item) => item.answer === null) && (
        <p className={styles['hint']}>{fill(t.byConfirm, { key: cap })}</p>
      )}
    </section>
  );
}

function Question(props: {
  readonly dto: CaseDto;
  readonly item: ChecklistItem;
  readonly may: boolean;
}) {
  const t = useTexts().measures;
  const { dto, item, may } = props;
  const reasonName = useReasonName(item.reason);
  const chip = (answer: 'in-order' | 'fault', word: string) => (
    <button
      type="button"
      className={styles['chip']}
      data-answer={answer}
      aria-pressed={item.answer === answer}
      aria-disabled={!may}
      data-testid={`question-${item.code}-${answer}`}
      onClick={(event) => {
        if (may) void answerQuestion(dto, item, answer);
        if (event.detail > 0) event.currentTarget.blur();
      }}
    >
      {word}
    </button>
  );
  return (
    <li
      className={styles['question']}
      id={`question-${item.code}`}
      tabIndex={-1}
      data-answer={item.answer ?? 'none'}
      data-testid={`question-${item.code}`}
    >
      <StateMark
        bare
        size={15}
        state={item.answer === null ? 'no-data' : item.answer === 'fault' ? 'disagrees' : 'agrees'}
        label={
          item.answer === null
            ? t.questions.unanswered
            : item.answer === 'fault'
              ? t.questions.fault
              : t.questions.inOrder
        }
      />
      <span className={styles['title']}>{t.question[item.code]}</span>
      <span className={styles['chips']} role="group" aria-label={t.question[item.code]}>
        {chip('in-order', t.questions.inOrder)}
        {chip('fault', t.questions.fault)}
      </span>
      {item.answer === 'fault' && item.reason !== null && (
        <div className={styles['answers']}>
          <span className={styles['dim']}>{fill(t.answer.proposes, { reason: reasonName })}</span>
          {actionOf(dto, 'annul').enabled && (
            <Button
              look="quiet"
              data-testid={`annul-for-${item.code}`}
              onClick={() => void openComposerWith(dto, item.reason ?? '')}
            >
              {t.answer.annul}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
