// One row of the checks list; it opens in place with values, source, clause and, where allowed, an override.
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { CaseDto, CheckRow } from '../../../../shared/contract/case.ts';
import { formatDateTime } from '../../../shared/format/format.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { StateMark } from '../../../shared/ui/state-mark.tsx';
import { overrideCheck } from '../case-deeds.ts';
import styles from './checks.module.css';

const clauseOf = (step: string, t: { step: string; clause: string }): string => {
  // "3.4" is step 4 of clause 3; "7" is clause 7; "5.4" is a clause of its own.
  const [head, tail] = step.split('.');
  return head === '3' && tail !== undefined
    ? fill(t.step, { step: tail })
    : fill(t.clause, { clause: step });
};

export function CheckItem(props: {
  readonly dto: CaseDto;
  readonly row: CheckRow;
  readonly mayOverride: boolean;
}) {
  const t = useTexts().casework;
  const { row } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  const loud = row.state !== 'agrees';
  return (
    <li className={styles['item']} data-state={row.state} data-testid={`check-${row.code}`}>
      <button
        type="button"
        className={styles['head']}
        aria-expanded={open}
        aria-controls={id}
        onClick={(event) => {
          setOpen(!open);
          if (event.detail > 0) event.currentTarget.blur();
        }}
      >
        <StateMark state={row.state} bare size={15} />
        <span className={styles['title']}>{t.check[row.code]}</span>
        {row.override !== null ? (
          <span className={styles['word']}>{t.row.overridden}</span>
        ) : loud && row.outcome !== null ? (
          <span className={styles['word']}>{t.outcome[row.outcome]}</span>
        ) : null}
        <IconChevronRight size={16} className={styles['chevron']} data-open={open} aria-hidden />
      </button>
      {open && (
        <div className={styles['detail']} id={id}>
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
        </div>
      )}
    </li>
  );
}

function Override(props: {
  readonly dto: CaseDto;
  readonly row: CheckRow;
  readonly mayOverride: boolean;
}) {
  const t = useTexts().casework.row;
  const { dto, row, mayOverride } = props;
  const [writing, setWriting] = useState(false);
  const [reason, setReason] = useState('');
  const id = useId();
  const short = reason.trim().length < 3;

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
      <Button data-testid={`override-${row.code}`} onClick={() => setWriting(true)}>
        {t.override}
      </Button>
    );
  }
  const save = async (): Promise<void> => {
    if (short) return;
    if (await overrideCheck(dto, row.code, reason.trim())) setWriting(false);
  };
  return (
    <div className={styles['override']}>
      <label htmlFor={id}>{t.overrideReason}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={500}
        value={reason}
        autoFocus
        placeholder={t.overridePlaceholder}
        data-testid={`override-reason-${row.code}`}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) {
            event.preventDefault();
            void save();
          }
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            setWriting(false);
          }
        }}
      />
      <div className={styles['row']}>
        <span className={styles['dim']}>{short ? t.overrideShort : ''}</span>
        <Button look="quiet" onClick={() => setWriting(false)}>
          {t.cancel}
        </Button>
        <Button
          look="primary"
          aria-disabled={short}
          data-testid={`override-save-${row.code}`}
          onClick={() => void save()}
        >
          {t.overrideSave}
        </Button>
      </div>
    </div>
  );
}
