// The audit journal: chain state on top, filter by kind, search by ticket, verification on demand.
import { IconLink, IconSearch, IconUnlink } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { formatDateTime } from '../../shared/format/format.ts';
import { fill, plural, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState, ErrorState } from '../../shared/ui/empty-state.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import ui from '../../shared/ui/ui.module.css';
import { JournalList } from './journal-list.tsx';
import {
  filterBy,
  KIND_GROUPS,
  readJournal,
  useJournal,
  verifyChain,
  type KindGroup,
} from './journal-store.ts';
import styles from './journal.module.css';

function Chain() {
  const t = useTexts().journal;
  const chain = useJournal((s) => s.chain);
  if (chain === null) {
    return (
      <p className={styles['chain']} data-state="unknown" data-testid="journal-chain">
        <IconLink size={18} stroke={1.7} aria-hidden="true" />
        {t.chainUnknown}
      </p>
    );
  }
  if (!chain.ok) {
    return (
      <div className={styles['chain']} data-state="broken" role="alert" data-testid="journal-chain">
        <IconUnlink size={18} stroke={1.9} aria-hidden="true" />
        <strong>{fill(t.chainBroken, { n: chain.brokenAt ?? '?' })}.</strong>
        <span>{t.chainBrokenText}</span>
      </div>
    );
  }
  return (
    <p className={styles['chain']} data-state="ok" data-testid="journal-chain">
      <IconLink size={18} stroke={1.7} aria-hidden="true" />
      {fill(t.chainOk, {
        rows: plural(chain.rows, t.rows),
        when: formatDateTime(chain.verifiedAt),
      })}
    </p>
  );
}

const GROUPS = Object.keys(KIND_GROUPS) as KindGroup[];

export function JournalPage() {
  const t = useTexts().journal;
  const { group, text, rows, refusal, waiting, verifying } = useJournal();
  const search = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    void readJournal();
    return () => clearTimeout(timer.current);
  }, []);
  useKeys('screen', { search: () => search.current?.focus() });
  return (
    <Page
      title={t.title}
      bare
      testId="journal-page"
      aside={
        <Button busy={verifying} data-testid="journal-verify" onClick={() => void verifyChain()}>
          {t.verify}
        </Button>
      }
    >
      <div className={styles['bar']}>
        <Chain />
        <div className={styles['filters']}>
          <Segmented
            label={t.kindsLabel}
            value={group}
            options={GROUPS.map((value) => ({ value, label: t.groups[value] }))}
            onChange={(value) => filterBy({ group: value })}
          />
          <label className={`${ui['searchField']} ${styles['search']}`}>
            <IconSearch size={16} stroke={1.8} aria-hidden="true" />
            <input
              ref={search}
              className={ui['input']}
              aria-label={t.searchLabel}
              placeholder={t.search}
              defaultValue={text}
              maxLength={200}
              data-testid="journal-search"
              onInput={(event) => {
                const value = event.currentTarget.value.trim();
                clearTimeout(timer.current);
                timer.current = setTimeout(() => filterBy({ text: value }), 35);
              }}
            />
          </label>
        </div>
      </div>
      <div className={styles['middle']}>
        {refusal !== null && rows.length === 0 ? (
          <ErrorState refusal={refusal} onRetry={() => void readJournal()} />
        ) : rows.length > 0 ? (
          <JournalList />
        ) : waiting ? null : (
          <EmptyState title={t.empty} text={t.emptyText} />
        )}
      </div>
    </Page>
  );
}
