// PIN and entry for the chosen certificate; the PIN lives in the field and in the one call.
import { useEffect, useRef, useState } from 'react';
import { call, type AnyRefusal } from '../../shared/bridge.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { readLine, setSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import { PinField, type PinHandle } from '../../shared/ui/pin-field.tsx';
import type { TokenDto } from '../../../shared/contract/session.ts';
import { readTokens, type Certificate } from './login-store.ts';
import styles from './login.module.css';

interface Props {
  readonly token: TokenDto;
  readonly certificate: Certificate;
  readonly onBusy: (busy: boolean) => void;
}

export function LogInForm({ token, certificate, onBusy }: Props) {
  const t = useTexts().login;
  const pin = useRef<PinHandle>(null);
  const previous = useRef<PinHandle>(null);
  const [filled, setFilled] = useState(false);
  /** Counts refusals: after each the focus goes back to the field that is asked for. */
  const [asked, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const [asksPrevious, setAsksPrevious] = useState(false);
  const [refusal, setRefusal] = useState<AnyRefusal | null>(null);

  useEffect(() => {
    if (asked === 0) return;
    if (asksPrevious) previous.current?.focus();
    else pin.current?.focus();
  }, [asked, asksPrevious]);

  const enter = async (): Promise<void> => {
    if (busy || pin.current === null || pin.current.isEmpty()) return;
    if (asksPrevious && previous.current?.isEmpty() !== false) {
      previous.current?.focus();
      return;
    }
    setBusy(true);
    onBusy(true);
    setRefusal(null);
    const answer = await call('session.logIn', {
      moduleId: token.moduleId,
      serial: token.serial,
      keyId: certificate.keyId,
      certSha256: certificate.certSha256,
      pin: pin.current.take(),
      ...(asksPrevious && previous.current !== null
        ? { previousPin: previous.current.take() }
        : {}),
    });
    onBusy(false);
    if (answer.ok) {
      setSession(answer.value);
      void readLine();
      return;
    }
    setBusy(false);
    if (answer.refusal.code === 'cache-pin-changed') setAsksPrevious(true);
    else setRefusal(answer.refusal);
    void readTokens();
    setTries((n) => n + 1);
  };

  const { tries, mustChange, maxLength } = token.pin;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      {asksPrevious && (
        <Notice tone="look" title={t.previousTitle} testId="cache-pin-changed">
          {t.previousText}
        </Notice>
      )}
      {asksPrevious && (
        <PinField
          ref={previous}
          label={t.previousPin}
          testId="previous-pin-field"
          disabled={busy}
          onEnter={() => pin.current?.focus()}
        />
      )}
      <PinField
        key={`${token.serial}-${certificate.certSha256}`}
        ref={pin}
        tries={tries}
        {...(asksPrevious ? { label: t.newPin } : {})}
        maxLength={maxLength > 0 ? maxLength : 128}
        disabled={busy}
        autoFocus
        onFilled={setFilled}
        onEnter={() => void enter()}
      />
      {tries === 'final' && <Notice tone="bad">{t.pinFinal}</Notice>}
      {mustChange && <Notice tone="look">{t.pinMustChange}</Notice>}
      {refusal !== null && <RefusalNotice refusal={refusal} />}
      <Button
        type="submit"
        look="primary"
        size="large"
        busy={busy}
        aria-disabled={!filled && !busy}
        data-testid="login-submit"
      >
        {busy ? t.entering : t.enter}
      </Button>
      <p className={styles['steps']} role="status">
        {busy ? t.steps : ''}
      </p>
    </form>
  );
}
