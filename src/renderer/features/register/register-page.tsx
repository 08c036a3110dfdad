// The register of issue: filters, sums, rows newest first, the day on paper, the signed export.
import { IconFileExport, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { OUTCOMES, type Outcome } from '../../../shared/contract/papers.ts';
import { onPush } from '../../shared/bridge.ts';
import { formatNumber } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState, ErrorState } from '../../shared/ui/empty-state.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import ui from '../../shared/ui/ui.module.css';
import { ExportPanel } from './export-panel.tsx';
import { RegisterList } from './register-list.tsx';
import {
  byOutcome,
  closeExport,
  dayAgo,
  filterBy,
  openExport,
  readRegister,
  showSpan,
  spanOf,
  SPANS,
  useRegister,
  type Span,
} from './register-store.ts';
import styles from './register.module.css';

const CALM_MS = 60;

/** An empty date field means: no border on this side. */
const dateOrNull = (value: string): string | null => (value === '' ? null : value);

function Days() {
  const t = useTexts().register;
  const filter = useRegister((s) => s.filter);
  const span = spanOf(filter);
  return (
    <>
      <Segmented
        label={t.dayLabel}
        value={span ?? ''}
        testId="register-span"
        options={SPANS.map((value) => ({ value: value as string, label: t.days[value] }))}
        onChange={(value) => showSpan(value as Span)}
      />
      <label className={styles['date']}>
        {t.from}
        <input
          className={ui['input']}
          type="date"
          value={filter.from ?? ''}
          data-testid="register-from"
          onChange={(event) => filterBy({ from: dateOrNull(event.currentTarget.value) })}
        />
      </label>
      <label className={styles['date']}>
        {t.to}
        <input
          className={ui['input']}
          type="date"
          value={filter.to ?? ''}
          data-testid="register-to"
          onChange={(event) => filterBy({ to: dateOrNull(event.currentTarget.value) })}
        />
      </label>
    </>
  );
}

function Choices() {
  const t = useTexts().register;
  const { filter, officers } = useRegister();
  return (
    <>
      <select
        className={ui['input']}
        aria-label={t.officer}
        data-testid="register-officer"
        value={filter.officer ?? ''}
        onChange={(event) => filterBy({ officer: dateOrNull(event.currentTarget.value) })}
      >
        <option value="">{t.anyone}</option>
        {officers.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        className={ui['input']}
        aria-label={t.outcome}
        data-testid="register-outcome"
        value={filter.outcome ?? ''}
        onChange={(event) => byOutcome((event.currentTarget.value || null) as Outcome | null)}
      >
        <option value="">{t.anyOutcome}</option>
        {OUTCOMES.map((each) => (
          <option key={each} value={each}>
            {t.outcomes[each]}
          </option>
        ))}
      </select>
    </>
  );
}

function Sums() {
  const t = useTexts().register;
  const { totals, total } = useRegister();
  if (totals === null) return null;
  return (
    <dl className={styles['sums']} aria-label={t.totals} data-testid="register-totals">
      {OUTCOMES.filter((each) => each === 'issued' || totals[each] > 0).map((each) => (
        <div key={each} data-outcome={each} data-n={totals[each]}>
          <dt>{t.outcomes[each]}</dt>
          <dd>{formatNumber(totals[each])}</dd>
        </div>
      ))}
      <div data-outcome="all">
        <dt>{fill(t.total, { n: formatNumber(total) })}</dt>
      </div>
    </dl>
  );
}

export function RegisterPage() {
  const t = useTexts().register;
  const { filter, rows, refusal, waiting, exporting } = useRegister();
  const search = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    void readRegister();
    const stop = onPush(({ topic }) => {
      if (topic === 'outbox' || topic === 'cases') void readRegister();
    });
    return () => {
      stop();
      clearTimeout(timer.current);
      closeExport();
    };
  }, []);
  useKeys('screen', { search: () => search.current?.focus() });
  return (
    <Page
      title={t.title}
      note={t.note}
      bare
      testId="register-page"
      aside={
        <>
          <PaperButton paper={{ kind: 'day-register', day: filter.to ?? dayAgo(0) }} />
          <Button
            data-testid="register-export"
            disabled={rows.length === 0}
            icon={<IconFileExport size={18} stroke={1.6} aria-hidden />}
            onClick={openExport}
          >
            {t.export}
          </Button>
        </>
      }
    >
      <div className={styles['bar']}>
        <label className={`${ui['searchField']} ${styles['search']}`}>
          <IconSearch size={16} stroke={1.8} aria-hidden />
          <input
            ref={search}
            className={ui['input']}
            aria-label={t.search}
            placeholder={t.search}
            defaultValue={filter.search}
            maxLength={200}
            data-testid="register-search"
            onInput={(event) => {
              const value = event.currentTarget.value.trim();
              clearTimeout(timer.current);
              timer.current = setTimeout(() => filterBy({ search: value }), CALM_MS);
            }}
          />
        </label>
        <Days />
        <Choices />
      </div>
      <Sums />
      <div className={styles['middle']}>
        {refusal !== null && rows.length === 0 ? (
          <ErrorState refusal={refusal} onRetry={() => void readRegister()} />
        ) : rows.length > 0 ? (
          <RegisterList />
        ) : waiting ? (
          <p className={styles['quiet']} role="status">
            {t.loading}
          </p>
        ) : (
          <EmptyState title={t.empty} text={t.emptyText} />
        )}
        {exporting && <ExportPanel />}
      </div>
    </Page>
  );
}
