// One card: insert the token, choose the certificate, type the PIN, in.
import { IconUsb } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { SessionDto } from '../../../shared/contract/session.ts';
import { fill, plural, useLanguage, useTexts } from '../../shared/i18n/language.ts';
import { changeSettings, useLanguageFixed } from '../../shared/state/session.ts';
import { SaveDiagnostics } from '../../shared/diagnostics/save-diagnostics.tsx';
import { TokenSteps } from '../../shared/signing/token-steps.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { UpdateOffer } from '../../shared/updates/update-offer.tsx';
import { TokenChoice } from './certificate-choice.tsx';
import { LogInForm } from './log-in-form.tsx';
import { findChosen, readTokens, useTokens } from './login-store.ts';
import { useTokenWatch } from './use-token-watch.ts';
import styles from './login.module.css';

function Modules() {
  const t = useTexts().login;
  const modules = useTokens((s) => s.tokens?.modules) ?? [];
  const broken = modules.filter((each) => each.state !== 'ready');
  if (broken.length === 0) return null;
  return (
    <Notice tone="look" title={t.modules}>
      {broken.map((each) => (
        <p key={each.id}>
          {each.title}: {t.moduleState[each.state]}
        </p>
      ))}
    </Notice>
  );
}

function Waiting() {
  const t = useTexts().login;
  const reading = useTokens((s) => s.tokens === null && s.refusal === null);
  return (
    <div className={styles['waiting']}>
      <span className={styles['waitingIcon']}>
        <IconUsb size={36} stroke={1.3} aria-hidden="true" />
      </span>
      <h2>{reading ? t.looking : t.insertTitle}</h2>
      <p>{t.insertText}</p>
      <Button onClick={() => void readTokens()}>{t.refresh}</Button>
    </div>
  );
}

/** Keeps the chosen certificate in sight when the form below takes room from the list. */
function useChosenInSight(listed: boolean) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    const watch = new ResizeObserver(() =>
      box.querySelector('label:has(input:checked)')?.scrollIntoView({ block: 'nearest' }),
    );
    watch.observe(box);
    return () => watch.disconnect();
  }, [listed]);
  return list;
}

export function LogInPage({ session }: { readonly session: SessionDto }) {
  useTokenWatch();
  const t = useTexts();
  const language = useLanguage((s) => s.language);
  const fixed = useLanguageFixed();
  const { tokens, choice, refusal } = useTokens();
  const [busy, setBusy] = useState(false);
  const chosen = findChosen(tokens, choice);
  const list = tokens?.tokens ?? [];
  const box = useChosenInSight(list.length > 0);
  return (
    <main className={styles['page']}>
      <div className={styles['card']} data-testid="login-card">
        <header className={styles['head']}>
          <div>
            <h1>{t.login.product}</h1>
            <p>{t.login.about}</p>
            <p className={styles['station']}>{fill(t.login.station, { id: session.stationId })}</p>
          </div>
          <Segmented
            label={t.shell.language}
            value={language}
            testId="language-switch"
            disabled={fixed}
            options={[
              { value: 'kk', label: <span lang="kk">Қаз</span> },
              { value: 'ru', label: <span lang="ru">Рус</span> },
            ]}
            onChange={(value) => void changeSettings({ language: value })}
          />
        </header>
        {session.othersUnsent > 0 && (
          <Notice tone="look" title={plural(session.othersUnsent, t.login.othersUnsent)}>
            {t.login.othersUnsentText}
          </Notice>
        )}
        <UpdateOffer />
        <TokenSteps
          steps={['insert', 'choose', 'pin', 'wait']}
          at={busy ? 'wait' : chosen !== null ? 'pin' : list.length > 0 ? 'choose' : 'insert'}
        />
        {refusal !== null && <RefusalNotice refusal={refusal} />}
        <Modules />
        {list.length === 0 ? (
          <Waiting />
        ) : (
          <div
            ref={box}
            className={styles['tokens']}
            role="group"
            aria-label={t.login.choose}
            tabIndex={-1}
          >
            <p className={styles['choose']}>{t.login.choose}</p>
            {list.map((token) => (
              <TokenChoice
                key={`${token.moduleId}-${token.serial}`}
                token={token}
                choice={choice}
                disabled={busy}
              />
            ))}
          </div>
        )}
        {chosen !== null && (
          <LogInForm token={chosen.token} certificate={chosen.certificate} onBusy={setBusy} />
        )}
        <SaveDiagnostics quiet />
      </div>
    </main>
  );
}
