// What stands in the window: the log-in, the lock, or the frame with its screen.
import { useEffect } from 'react';
import { LogInPage } from '../features/login/log-in-page.tsx';
import { LockPage } from '../features/login/lock-page.tsx';
import { useTexts } from '../shared/i18n/language.ts';
import { startTold, useSession, useSettings } from '../shared/state/session.ts';
import { Frame } from './frame.tsx';
import { KeySheet } from './key-sheet.tsx';
import { TrainingBand } from './training-band.tsx';
import { useIdleTouch } from './use-idle-touch.ts';
import styles from './app.module.css';

function Inside() {
  const session = useSession();
  const t = useTexts().shell;
  if (session === null) {
    return (
      <p className={styles['starting']} role="status">
        {t.starting}
      </p>
    );
  }
  if (session.state === 'signed-out') return <LogInPage session={session} />;
  // The renderer keeps nothing of a case behind the lock: the frame is not mounted at all.
  if (session.state === 'locked') return <LockPage session={session} />;
  return <Frame session={session} />;
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
