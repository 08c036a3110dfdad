// The decision panel: what is signed in words, its hash, what the citizen gets, and the PIN for one call.
import { useState } from 'react';
import type { IntentDto } from '../../../shared/contract/act.ts';
import { call, type AnyRefusal, type ReplyOf } from '../bridge.ts';
import { formatMoment } from '../format/format.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { useSession } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { Notice, RefusalNotice } from '../ui/notice.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { CitizenText } from './citizen-text.tsx';
import { PinFoot } from './pin-foot.tsx';
import { useOwnToken } from './pin-tries.ts';
import { StatementWords } from './statement-words.tsx';
import { TokenSteps } from './token-steps.tsx';
import styles from './signing.module.css';

/** With these the intent is of no use any more: the statement has to be written anew. */
const STALE = ['intent-gone', 'challenge-expired', 'lease-expired', 'case-changed'];

interface Props {
  readonly title: string;
  /** null while the statement is being written. */
  readonly intent: IntentDto | null;
  /** Why the statement could not be written. */
  readonly refusal: AnyRefusal | null;
  readonly reasonName: (code: string) => string;
  readonly onClose: () => void;
  readonly onSigned: (answer: ReplyOf<'act.sign'>) => void;
  readonly onAgain: () => void;
}

export function SignPanel(props: Props) {
  const t = useTexts().act.panel;
  const { intent } = props;
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<AnyRefusal | null>(null);
  const token = useOwnToken(refused);
  const key = useSession()?.key ?? null;
  const words = useTexts().login;
  const { tries } = token;
  const absent = token.state === 'absent';

  const sign = async (pin: string): Promise<void> => {
    if (intent === null) return;
    setBusy(true);
    setRefused(null);
    const answer = await call('act.sign', { intentId: intent.intentId, pin });
    setBusy(false);
    if (answer.ok) return props.onSigned(answer.value);
    setRefused(answer.refusal);
  };

  const stale = refused !== null && STALE.includes(refused.code);
  const refusal = props.refusal ?? refused;
  const foot =
    intent === null ? undefined : (
      <PinFoot
        scope="panel"
        label={t.pin}
        tries={tries}
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

  return (
    <SidePanel
      title={props.title}
      onClose={props.onClose}
      testId="decision-panel"
      focusInside
      {...(foot === undefined ? {} : { foot })}
    >
      {intent === null ? (
        props.refusal === null ? (
          <p className={styles['wait']} role="status">
            {t.preparing}
          </p>
        ) : (
          <div className={styles['refused']}>
            <RefusalNotice refusal={props.refusal} />
            <div className={styles['keys']}>
              <Button look="quiet" command="back" onClick={props.onClose}>
                {t.cancel}
              </Button>
              <Button onClick={props.onAgain}>{t.prepareAgain}</Button>
            </div>
          </div>
        )
      ) : (
        <div className={styles['body']}>
          <h3 className={styles['label']}>{t.statement}</h3>
          <StatementWords intent={intent} reasonName={props.reasonName} />
          {intent.citizen !== null && <CitizenText {...intent.citizen} />}
          {intent.refundDue ? (
            <Notice tone="accent">{t.refundDue}</Notice>
          ) : intent.statement.type === 'kualik/annulment' ? (
            <p className={styles['quiet']}>{t.noRefund}</p>
          ) : null}
          <p className={styles['quiet']}>
            {fill(t.expires, { time: formatMoment(intent.challengeExpiresAt) })}
          </p>
        </div>
      )}
    </SidePanel>
  );
}
