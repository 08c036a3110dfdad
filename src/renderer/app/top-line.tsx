// The top line: unit and officer, token, line with last sync, outbox, clock drift, language, lock.
import { IconKeyboard, IconLock, IconLogout, IconUsb } from '@tabler/icons-react';
import type { SessionDto } from '../../shared/contract/session.ts';
import { call } from '../shared/bridge.ts';
import { formatCoded } from '../shared/format/format.ts';
import { fill, useLanguage, useTexts } from '../shared/i18n/language.ts';
import { allKept } from '../shared/state/keep.ts';
import { changeSettings, setSession, useLanguageFixed } from '../shared/state/session.ts';
import { Button } from '../shared/ui/button.tsx';
import { Segmented } from '../shared/ui/segmented.tsx';
import { lockNow } from './lock-now.ts';
import { openKeySheet } from './key-sheet.tsx';
import { LineState } from './line-state.tsx';
import { ServiceState } from './service-state.tsx';
import styles from './app.module.css';

async function logOut(): Promise<void> {
  await allKept();
  const answer = await call('session.logOut', {});
  if (answer.ok) setSession(answer.value);
}

export function LanguageSwitch() {
  const t = useTexts().shell;
  const language = useLanguage((s) => s.language);
  const fixed = useLanguageFixed();
  return (
    <Segmented
      label={t.language}
      value={language}
      testId="language-switch"
      disabled={fixed}
      options={[
        { value: 'kk', label: <span lang="kk">Қаз</span> },
        { value: 'ru', label: <span lang="ru">Рус</span> },
      ]}
      onChange={(value) => void changeSettings({ language: value })}
    />
  );
}

export function TopLine({ session }: { readonly session: SessionDto }) {
  const t = useTexts().shell;
  const officer = session.officer;
  return (
    <header className={styles['top']}>
      <div className={styles['who']}>
        <strong>{officer?.fullName}</strong>
        <span title={officer === null ? '' : formatCoded(officer.department)}>
          {officer === null ? '' : formatCoded(officer.department)}
          {officer?.registrationPoint ? ` · ${formatCoded(officer.registrationPoint)}` : ''}
        </span>
      </div>
      {session.key !== null && (
        <span
          className={styles['token']}
          title={fill(t.tokenIn, { label: session.key.label })}
          data-testid="token-state"
        >
          <IconUsb size={16} stroke={1.7} aria-hidden="true" />
          <span>{session.key.label}</span>
        </span>
      )}
      {session.offline && (
        <span className={styles['offlineSession']} title={t.offlineSessionHint}>
          {t.offlineSession}
        </span>
      )}
      <ServiceState />
      <LineState />
      <LanguageSwitch />
      <div className={styles['topKeys']}>
        <Button
          look="quiet"
          aria-label={t.help.open}
          title={`${t.help.open} (?)`}
          onClick={openKeySheet}
          icon={<IconKeyboard size={18} stroke={1.7} aria-hidden="true" />}
        />
        <Button
          look="quiet"
          aria-label={t.lock}
          title={`${t.lock} (L)`}
          data-testid="lock"
          onClick={() => void lockNow()}
          icon={<IconLock size={18} stroke={1.7} aria-hidden="true" />}
        />
        <Button
          look="quiet"
          aria-label={t.logOut}
          title={t.logOut}
          data-testid="log-out"
          onClick={() => void logOut()}
          icon={<IconLogout size={18} stroke={1.7} aria-hidden="true" />}
        />
      </div>
    </header>
  );
}
