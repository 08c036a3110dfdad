// A register check or a rule; it opens in place with values, source, clause and, where allowed, an override.
import type { CaseDto, CheckRow } from '../../../../shared/contract/case.ts';
import { formatDateTime } from '../../../shared/format/format.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { checkName, overrideCheck } from '../case-deeds.ts';
import { useCase } from '../case-store.ts';
import { goToFinding, moveOn } from '../finding-deeds.ts';
import { Item } from './item.tsx';
import { ReasonField } from './reason-field.tsx';
import styles from './checks.module.css';

const clauseOf = (step: string, t: { step: string; clause: string }): string => {
  // "3.4" is step 4 of clause 3; "7" is clause 7; "5.4" is a clause of its own.
  const [head, tail] = step.split('.');
  return head === '3' && tail !== undefined
    ? fill(t.step, { step: tail })
    : fill(t.clause, { clause: step });
};

interface Props {
  readonly dto: CaseDto;
  readonly row: CheckRow;
  readonly mayOverride: boolean;
}

export function CheckItem(props: Props) {
  const t = useTexts().casework;
  const { row } = props;
  const word =
    row.override !== null
      ? t.row.overridden
      : row.state !== 'agrees' && row.outcome !== null
        ? t.outcome[row.outcome]
        : undefined;
  return (
    <Item row={row} title={checkName(row.code)} {...(word === undefined ? {} : { word })}>
      <dl className={styles['values']}>
        {row.values.map((value) => (
          <div key={value.name}>
            <dt>{value.name}</dt>
            <dd>{value.value}</dd>
          </div>
        ))}
        {row.outcome !== null && (
          <div>
            <dt>{t.row.asReceived}</dt>
            <dd>{t.outcome[row.outcome]}</dd>
          </div>
        )}
        <div>
          <dt>{t.row.source}</dt>
          <dd>
            {row.source} · {clauseOf(row.step, t.row)}
            {row.obligatory ? ` · ${t.row.obligatory}` : ''}
          </dd>
        </div>
        {row.at !== null && (
          <div>
            <dt>{t.row.at}</dt>
            <dd>{formatDateTime(row.at)}</dd>
          </div>
        )}
        {row.requestId !== null && (
          <div>
            <dt>{t.row.requestId}</dt>
            <dd className={styles['requestId']}>{row.requestId}</dd>
          </div>
        )}
      </dl>
      <Override {...props} />
    </Item>
  );
}

function Override({ dto, row, mayOverride }: Props) {
  const t = useTexts().casework.row;
  const current = useCase((s) => s.current === row.code);
  const writing = useCase((s) => s.writing) && current;
  if (row.override !== null) {
    return (
      <div className={styles['override']}>
        <p>
          <strong>{t.overridden}.</strong> {row.override.reason}
        </p>
        {mayOverride && (
          <Button look="quiet" onClick={() => void overrideCheck(dto, row.code, null)}>
            {t.overrideRemove}
          </Button>
        )}
      </div>
    );
  }
  if (row.state === 'agrees') return null;
  if (!row.overridable) {
    return row.obligatory && row.state === 'disagrees' ? (
      <p className={styles['never']}>{t.notOverridable}</p>
    ) : null;
  }
  if (!mayOverride) return null;
  if (!writing) {
    return (
      <Button
        {...(current && row.open ? { command: 'inOrder' as const } : {})}
        data-testid={`override-${row.code}`}
        onClick={() => goToFinding(row.code, true)}
      >
        {t.override}
      </Button>
    );
  }
  const save = async (reason: string): Promise<void> => {
    if (await overrideCheck(dto, row.code, reason)) moveOn(row.code);
  };
  return (
    <ReasonField
      label={t.overrideReason}
      placeholder={t.overridePlaceholder}
      tooShort={t.overrideShort}
      save={t.overrideSave}
      cancel={t.cancel}
      testId={`override-reason-${row.code}`}
      saveTestId={`override-save-${row.code}`}
      onSave={(reason) => void save(reason)}
      onCancel={() => goToFinding(row.code)}
    />
  );
}
