// Dispatches and stock of the point: taken over, found, counted, given back, and held for a dead line.
import { useEffect } from 'react';
import { onPush } from '../../shared/bridge.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { useLeases } from '../../shared/leases/lease-store.ts';
import { useWedge } from '../../shared/scan/use-wedge.ts';
import { useSession } from '../../shared/state/session.ts';
import { RefusalNotice } from '../../shared/ui/notice.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { CardsTab } from './cards-tab.tsx';
import { CountTab } from './count-tab.tsx';
import { CustodyPanel } from './custody-panel.tsx';
import { DispatchList } from './dispatch-list.tsx';
import { DispatchOpen } from './dispatch-open.tsx';
import { LeaseTab } from './lease-tab.tsx';
import { hear, letGo, readAgain, showTab } from './stock-deeds.ts';
import { TABS, useStock } from './stock-store.ts';
import styles from './stock.module.css';

function Part() {
  const { tab, dispatch } = useStock();
  if (tab === 'cards') return <CardsTab />;
  if (tab === 'count') return <CountTab />;
  if (tab === 'lease') return <LeaseTab />;
  return dispatch === null ? (
    <DispatchList />
  ) : (
    <DispatchOpen key={dispatch.dispatchId} dispatch={dispatch} />
  );
}

export function StockPage() {
  const t = useTexts().stock;
  const { tab, refusal, panel } = useStock();
  const issuer = useSession()?.officer?.roles.includes('issuer') ?? false;
  useEffect(() => {
    if (useLeases.getState().wanted) {
      useLeases.setState({ wanted: false });
      showTab('lease');
    } else readAgain();
    const stop = onPush(({ topic }) => {
      if (topic === 'stock' || topic === 'outbox' || topic === 'cases') readAgain();
    });
    return () => {
      stop();
      letGo();
    };
  }, []);
  useWedge((text) => {
    if (issuer) hear(text);
  });
  return (
    <Page
      title={t.title}
      bare
      testId="stock-page"
      {...(issuer ? {} : { note: t.readOnly })}
      aside={
        <Segmented
          label={t.tabsLabel}
          value={tab}
          testId="stock-tabs"
          options={TABS.map((value) => ({ value, label: t.tabs[value] }))}
          onChange={showTab}
        />
      }
    >
      {refusal !== null && (
        <div className={styles['refusal']}>
          <RefusalNotice refusal={refusal} />
        </div>
      )}
      <div className={styles['middle']}>
        <div className={styles['part']} inert={panel !== null}>
          <Part />
        </div>
        {panel !== null && <CustodyPanel panel={panel} />}
      </div>
    </Page>
  );
}
