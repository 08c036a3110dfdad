// What stands in the window: the log-in, the lock, or the frame with its screen.
import { useEffect, useState } from 'react';
import { LogInPage } from '../features/login/log-in-page.tsx';
import { LockPage } from '../features/login/lock-page.tsx';
import { useTexts } from '../shared/i18n/language.ts';
import { notOver, startTold, useOver, useSession, useSettings } from '../shared/state/session.ts';
import { Frame } from './frame.tsx';
import { KeySheet } from './key-sheet.tsx';
import { TrainingBand } from './training-band.tsx';
import { useIdleTouch } from './use-idle-touch.ts';
import styles from './app.module.css';

function Inside() {
  const session = useSession();
  const over = useOver();
  if (session === null) return <Starting />;
  if (over) return <Ending />;
  if (session.state === 'signed-out') return <LogInPage session={session} />;
  if (session.state === 'locked') return <LockPage session={session} />;
  return <Frame session={session} />;
}

const SLOW_MS = 400;

/** Behind the lock the core runs already: words would only flicker. */
function Starting() {
  const t = useTexts().shell;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={styles['starting']} role="status">
      {slow ? t.starting : ''}
    </p>
  );
}

const ENDS_MS = 2_500;

/**
 * The shell ends this process and shows the lock in another. Where nobody does (a plain browser), the lock
 * screen stands here after all.
 */
function Ending() {
  useEffect(() => {
    const timer = setTimeout(notOver, ENDS_MS);
    return () => clearTimeout(timer);
  }, []);
  return <main className={styles['starting']} />;
}

export function App() {
  const settings = useSettings();
  const session = useSession();
  useEffect(() => startTold(), []);
  useIdleTouch(session?.state === 'open');
  const training = session?.training ?? settings?.fixed.training ?? false;
  return (
    <div className={styles['window']}>
      {training && <TrainingBand />}
      <div className={styles['inside']}>
        <Inside />
      </div>
      <KeySheet />
    </div>
  );
}
