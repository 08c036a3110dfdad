// The foot of a panel that signs one statement: steps with the token, PIN, what a refusal leaves and the way out.
import { useState } from 'react';
import type { AnyRefusal } from '../bridge.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { useSession } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { Notice, RefusalNotice } from '../ui/notice.tsx';
import { PinFoot } from './pin-foot.tsx';
import { useOwnToken } from './pin-tries.ts';
import { TokenSteps } from './token-steps.tsx';
import styles from './signing.module.css';

/** With these the intent is of no use any more: the statement has to be written anew. */
const STALE = ['intent-gone', 'challenge-expired', 'lease-expired', 'case-changed'];

interface Props {
  /** Why the statement could not be written. */
  readonly refusal: AnyRefusal | null;
  /** Signs with the PIN; the refusal, or null when it is signed. */
  readonly sign: (pin: string) => Promise<AnyRefusal | null>;
  readonly onClose: () => void;
  readonly onAgain: () => void;
}

export function SignFoot(props: Props) {
  const t = useTexts().act.panel;
  const words = useTexts().login;
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<AnyRefusal | null>(null);
  const token = useOwnToken(refused);
  const key = useSession()?.key ?? null;
  const absent = token.state === 'absent';
  const stale = refused !== null && STALE.includes(refused.code);
  const refusal = props.refusal ?? refused;

  const sign = async (pin: string): Promise<void> => {
    setBusy(true);
    setRefused(null);
    const no = await props.sign(pin);
    setBusy(false);
    setRefused(no);
  };

  return (
    <PinFoot
      scope="panel"
      label={t.pin}
      tries={token.tries}
      busy={busy}
      barred={stale || absent}
      back={{ words: t.cancel, onClick: props.onClose }}
      sign={{ words: busy ? t.signing : t.sign, testId: 'sign-submit' }}
      hint={
        <p className={styles['quiet']} role="status">
          {busy ? words.keepToken : key?.pinAlways ? words.pinEach : ''}
        </p>
      }
      onPin={(pin) => void sign(pin)}
    >
      {refusal !== null && (
        <div className={styles['refused']}>
          <RefusalNotice refusal={refusal} />
          {stale ? (
            <Button onClick={props.onAgain}>{t.prepareAgain}</Button>
          ) : (
            <p className={styles['kept']}>{t.kept}</p>
          )}
        </div>
      )}
      <TokenSteps
        steps={['insert', 'pin', 'wait']}
        at={busy ? 'wait' : absent ? 'insert' : 'pin'}
      />
      {absent && (
        <Notice tone="look" title={fill(words.insertOwn, { label: key?.label ?? '' })}>
          {words.insertOwnText}
        </Notice>
      )}
      {token.state === 'restarting' && <Notice tone="look">{words.moduleRestarts}</Notice>}
    </PinFoot>
  );
}
