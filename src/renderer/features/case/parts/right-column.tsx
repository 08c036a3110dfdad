// The right column: checks, data, history as three calm tabs.
import type { CaseDto } from '../../../../shared/contract/case.ts';
import { useTexts } from '../../../shared/i18n/language.ts';
import { TABS, useCase, type Tab } from '../case-store.ts';
import { leaveFinding } from '../finding-deeds.ts';
import { openRows } from '../findings.ts';
import { ChecksTab } from './checks-tab.tsx';
import { DataTab } from './data-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import styles from './case.module.css';

export function RightColumn({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts().casework.tabs;
  const tab = useCase((s) => s.tab);
  const setTab = (to: Tab): void => {
    if (to !== 'checks') leaveFinding();
    useCase.setState({ tab: to });
  };
  const counts: Record<Tab, number> = {
    checks: openRows(dto).length,
    data: dto.compared.filter((row) => row.same === false).length,
    history: dto.earlier.length,
  };
  const walk = (event: React.KeyboardEvent): void => {
    const by = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const to = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? 'checks';
    setTab(to);
    document.getElementById(`case-tab-${to}`)?.focus();
  };
  return (
    <div className={styles['rightBody']}>
      <div className={styles['tabs']} role="tablist" onKeyDown={walk}>
        {TABS.map((each) => (
          <button
            key={each}
            id={`case-tab-${each}`}
            type="button"
            role="tab"
            className={styles['tab']}
            aria-selected={tab === each}
            aria-controls="case-tab-panel"
            tabIndex={tab === each ? 0 : -1}
            onClick={(event) => {
              setTab(each);
              if (event.detail > 0) event.currentTarget.blur();
            }}
          >
            {t[each]}
            {counts[each] > 0 && <span className={styles['count']}>{counts[each]}</span>}
          </button>
        ))}
      </div>
      <div
        className={styles['tabPanel']}
        role="tabpanel"
        id="case-tab-panel"
        aria-labelledby={`case-tab-${tab}`}
        tabIndex={0}
        key={`${dto.applicationId}-${tab}`}
      >
        {tab === 'checks' ? (
          <ChecksTab dto={dto} />
        ) : tab === 'data' ? (
          <DataTab dto={dto} />
        ) : (
          <HistoryTab dto={dto} />
        )}
      </div>
    </div>
  );
}
