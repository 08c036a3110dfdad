// What the officer says to a finding: in order (with a reason where it does not agree), or annul for it.
import type { CaseDto, CheckRow } from '../../../../shared/contract/case.ts';
import { byLanguage, fill, useTexts } from '../../../shared/i18n/language.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { actionOf } from '../actions.ts';
import { openComposer } from '../case-deeds.ts';
import { useCase } from '../case-store.ts';
import { answerFinding, goToFinding, takeAnswerBack } from '../finding-deeds.ts';
import { inOrderOn } from '../findings.ts';
import { ReasonField } from './reason-field.tsx';
import styles from './checks.module.css';

interface Props {
  readonly dto: CaseDto;
  readonly row: CheckRow;
}

export function FindingAnswer({ dto, row }: Props) {
  const t = useTexts().measures.answer;
  const current = useCase((s) => s.current === row.code);
  const writing = useCase((s) => s.writing) && current;
  const may = actionOf(dto, 'override').enabled;
  if (row.answer !== null) {
    return (
      <div className={styles['override']}>
        <p>
          {row.answer.reason === null
            ? t.looked
            : fill(t.withReason, { reason: row.answer.reason })}
        </p>
        {may && (
          <Button look="quiet" onClick={() => void takeAnswerBack(dto, row)}>
            {t.take}
          </Button>
        )}
      </div>
    );
  }
  if (!row.open || !may) return null;
  if (writing) {
    return (
      <ReasonField
        label={t.reason}
        placeholder={t.reasonPlaceholder}
        tooShort={t.reasonShort}
        save={t.save}
        cancel={t.cancel}
        testId={`answer-reason-${row.code}`}
        saveTestId={`answer-save-${row.code}`}
        onSave={(reason) => void answerFinding(dto, row, reason)}
        onCancel={() => goToFinding(row.code)}
      />
    );
  }
  const withReason = inOrderOn(row) === 'write-reason';
  return (
    <div className={styles['answers']}>
      <Button
        {...(current ? { command: 'inOrder' as const } : {})}
        data-testid={`answer-${row.code}`}
        onClick={() =>
          withReason ? goToFinding(row.code, true) : void answerFinding(dto, row, null)
        }
      >
        {t.inOrder}
        {withReason && '…'}
      </Button>
      <AnnulForIt dto={dto} row={row} current={current} />
    </div>
  );
}

function AnnulForIt({ dto, row, current }: Props & { readonly current: boolean }) {
  const t = useTexts().measures.answer;
  const reason = row.measure?.reason ?? null;
  const name = useReasonName(reason);
  if (reason === null || !actionOf(dto, 'annul').enabled) return null;
  return (
    <Button
      look="quiet"
      {...(current ? { command: 'annul' as const } : {})}
      title={fill(t.proposes, { reason: name })}
      data-testid={`annul-for-${row.code}`}
      onClick={() => void openComposer(dto, row)}
    >
      {t.annul}
    </Button>
  );
}

/** The dictionary's words for a reason; its code until the dictionary is read. */
export function useReasonName(code: string | null): string {
  const reason = useCase((s) => s.reasons.find((each) => each.code === code));
  return reason === undefined ? (code ?? '') : byLanguage(reason.nameRu, reason.nameKz);
}
