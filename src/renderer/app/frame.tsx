// The frame around every screen: rail on the left, line of facts on top, the screen in the middle.
import { lazy, Suspense, useEffect } from 'react';
import type { SessionDto } from '../../shared/contract/session.ts';
import { useTexts } from '../shared/i18n/language.ts';
import { useKeys, type KeyHandlers } from '../shared/keys/use-keys.ts';
import {
  inRail,
  navigate,
  screensFor,
  useNavigation,
  type Screen,
} from '../shared/state/navigation.ts';
import { startServices } from '../shared/state/services.ts';
import { readLine } from '../shared/state/session.ts';
import { Button } from '../shared/ui/button.tsx';
import { EmptyState } from '../shared/ui/empty-state.tsx';
import { QueuePage } from '../features/queue/queue-page.tsx';
import { KeyBand } from './key-band.tsx';
import { lockNow } from './lock-now.ts';
import { OutageBanner } from './outage-banner.tsx';
import { Rail } from './rail.tsx';
import { TopLine } from './top-line.tsx';
import { UpdateBand } from './update-band.tsx';
import styles from './app.module.css';

// The queue and the case are the work and come with the first frame; the rest when first asked for.
const CasePage = lazy(async () => ({
  default: (await import('../features/case/case-page.tsx')).CasePage,
}));
const BatchPage = lazy(async () => ({
  default: (await import('../features/batch/batch-page.tsx')).BatchPage,
}));
const IssuancePage = lazy(async () => ({
  default: (await import('../features/issuance/issuance-page.tsx')).IssuancePage,
}));
const StockPage = lazy(async () => ({
  default: (await import('../features/stock/stock-page.tsx')).StockPage,
}));
const RegisterPage = lazy(async () => ({
  default: (await import('../features/register/register-page.tsx')).RegisterPage,
}));
const MonitoringPage = lazy(async () => ({
  default: (await import('../features/monitoring/monitoring-page.tsx')).MonitoringPage,
}));
const OutboxPage = lazy(async () => ({
  default: (await import('../features/outbox/outbox-page.tsx')).OutboxPage,
}));
const JournalPage = lazy(async () => ({
  default: (await import('../features/journal/journal-page.tsx')).JournalPage,
}));
const ReadinessPage = lazy(async () => ({
  default: (await import('../features/readiness/readiness-page.tsx')).ReadinessPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('../features/settings/settings-page.tsx')).SettingsPage,
}));

function NoCase() {
  const t = useTexts().shell;
  return (
    <EmptyState title={t.noCase} text={t.noCaseText}>
      <Button onClick={() => navigate({ screen: 'queue' })}>{t.toQueue}</Button>
    </EmptyState>
  );
}

function Place({ screen }: { readonly screen: Screen }) {
  const applicationId = useNavigation((s) => s.applicationId);
  switch (screen) {
    case 'queue':
      return <QueuePage />;
    case 'case':
      return applicationId === null ? <NoCase /> : <CasePage applicationId={applicationId} />;
    case 'batch':
      return <BatchPage />;
    case 'issuance':
      return <IssuancePage />;
    case 'stock':
      return <StockPage />;
    case 'register':
      return <RegisterPage />;
    case 'monitoring':
      return <MonitoringPage />;
    case 'outbox':
      return <OutboxPage />;
    case 'journal':
      return <JournalPage />;
    case 'readiness':
      return <ReadinessPage />;
    case 'settings':
      return <SettingsPage />;
  }
}

export function Frame({ session }: { readonly session: SessionDto }) {
  const wanted = useNavigation((s) => s.screen);
  const screens = screensFor(session.officer?.roles ?? []);
  const first = screens[0] ?? 'settings';
  const screen = screens.includes(wanted) ? wanted : first;
  useEffect(() => {
    if (screen !== wanted) navigate({ screen });
  }, [screen, wanted]);
  useEffect(() => {
    void readLine();
    // The case screen is fetched while the officer looks at the queue: opening waits for nothing.
    const timer = setTimeout(() => void import('../features/case/case-page.tsx'), 400);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => startServices(), []);
  const toScreen = Object.fromEntries(
    inRail(screens).map((each, i) => [`screen${i + 1}`, () => navigate({ screen: each })]),
  ) as KeyHandlers;
  useKeys('frame', { ...toScreen, lock: () => void lockNow() });
  return (
    <div className={styles['frame']}>
      <Rail screens={inRail(screens)} current={screen} />
      <div className={styles['right']}>
        <TopLine session={session} />
        <KeyBand />
        {(screen === 'queue' || screen === 'readiness') && <UpdateBand />}
        {(screen === 'queue' || screen === 'issuance') && <OutageBanner />}
        <main className={styles['place']} data-screen={screen}>
          <Suspense fallback={null}>
            <Place screen={screen} />
          </Suspense>
        </main>
      </div>
    </div>
  );
}
