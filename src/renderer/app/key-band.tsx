// A factory PIN on the officer's token is said on every screen until it is changed; which one, is not said.
import { useTexts } from '../shared/i18n/language.ts';
import { useSession } from '../shared/state/session.ts';
import { Notice } from '../shared/ui/notice.tsx';
import styles from './app.module.css';

export function KeyBand() {
  const t = useTexts().login;
  const key = useSession()?.key ?? null;
  if (!key?.factoryPin) return null;
  return (
    <div className={styles['keyBand']}>
      <Notice tone="look" title={t.factoryPin} testId="factory-pin">
        {t.factoryPinText}
      </Notice>
    </div>
  );
}
