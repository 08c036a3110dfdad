// The lock: nothing of the work is behind it; the same token and its PIN open it.
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { SessionDto } from '../../../shared/contract/session.ts';
import { call, type AnyRefusal } from '../../shared/bridge.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { setSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import { PinField, type PinHandle } from '../../shared/ui/pin-field.tsx';
import { UpdateOffer } from '../../shared/updates/update-offer.tsx';
import { readTokens, useTokens } from './login-store.ts';
import { useTokenWatch } from './use-token-watch.ts';
import styles from './login.module.css';

export function LockPage({ session }: { readonly session: SessionDto }) {
  useTokenWatch();
  const t = useTexts().shell;
  const tokens = useTokens((s) => s.tokens);
  const entry = useTexts().login;
  const pin = useRef<PinHandle>(null);
  const previous = useRef<PinHandle>(null);
  const [asksPrevious, setAsksPrevious] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<AnyRefusal | null>(null);
  const label = session.key?.label ?? '';
  const token = tokens?.tokens.find(
    (each) => each.serial === session.key?.serial && each.moduleId === session.key.moduleId,
  );
  // No PIN opens this one: the session only sends what was signed.
  const closed = session.lockedBecause === 'update-required';
  const absent = !closed && tokens !== null && token === undefined;

  useEffect(() => {
    if (refusal !== null) pin.current?.focus();
  }, [refusal]);
  useEffect(() => {
    if (asksPrevious) previous.current?.focus();
  }, [asksPrevious]);

  const unlock = async (): Promise<void> => {
    if (busy || pin.current === null || pin.current.isEmpty()) return;
    if (asksPrevious && previous.current?.isEmpty() !== false) return previous.current?.focus();
    setBusy(true);
    setRefusal(null);
    const answer = await call('session.unlock', {
      pin: pin.current.take(),
      ...(asksPrevious && previous.current !== null
        ? { previousPin: previous.current.take() }
        : {}),
    });
    if (answer.ok) return setSession(answer.value);
    setBusy(false);
    // Changed while the screen was locked: the cache is sealed under the one of before.
    if (answer.refusal.code === 'cache-pin-changed') setAsksPrevious(true);
    else setRefusal(answer.refusal);
    void readTokens();
  };
  const other = async (): Promise<void> => {
    const answer = await call('session.logOut', {});
    if (answer.ok) setSession(answer.value);
  };

  return (
    <main className={styles['page']}>
      <form
        className={styles['card']}
        data-testid="lock-screen"
        data-because={session.lockedBecause}
        onSubmit={(event) => {
          event.preventDefault();
          void unlock();
        }}
      >
        <header className={styles['lockHead']}>
          <IconLock size={28} stroke={1.5} aria-hidden="true" />
          <div>
            <h1>{t.locked.title}</h1>
            {session.lockedBecause !== null && (
              <p>
                {fill(t.locked.because[session.lockedBecause], {
                  minutes: session.lockAfterMinutes,
                })}
              </p>
            )}
          </div>
        </header>
        <p className={styles['lockWho']}>
          <strong>{session.officer?.fullName}</strong>
          {!closed && <span>{fill(absent ? t.locked.insert : t.locked.ask, { label })}</span>}
        </p>
        {absent && <Notice tone="look">{t.locked.absent}</Notice>}
        {asksPrevious && (
          <Notice tone="look" title={entry.previousTitle} testId="cache-pin-changed">
            {entry.previousText}
          </Notice>
        )}
        {asksPrevious && (
          <PinField
            ref={previous}
            label={entry.previousPin}
            testId="previous-pin-field"
            disabled={busy}
            onEnter={() => pin.current?.focus()}
          />
        )}
        {!closed && (
          <PinField
            ref={pin}
            {...(asksPrevious ? { label: entry.newPin } : {})}
            {...(token === undefined ? {} : { tries: token.pin.tries })}
            disabled={busy}
            autoFocus
            onEnter={() => void unlock()}
          />
        )}
        {refusal !== null && <RefusalNotice refusal={refusal} />}
        {closed && <UpdateOffer />}
        {!closed && (
          <Button type="submit" look="primary" size="large" busy={busy} data-testid="unlock-submit">
            {t.locked.unlock}
          </Button>
        )}
        <Button look="quiet" onClick={() => void other()} data-testid="lock-log-out">
          {t.locked.other}
        </Button>
      </form>
    </main>
  );
}
