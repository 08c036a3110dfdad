// The decision panel: what is signed in words, its hash, what the citizen gets, and the PIN for one call.
import type { IntentDto } from '../../../shared/contract/act.ts';
import { call, type AnyRefusal, type ReplyOf } from '../bridge.ts';
import { formatMoment } from '../format/format.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { Button } from '../ui/button.tsx';
import { Notice, RefusalNotice } from '../ui/notice.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { CitizenText } from './citizen-text.tsx';
import { SignFoot } from './sign-foot.tsx';
import { StatementWords } from './statement-words.tsx';
import styles from './signing.module.css';

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

  const sign = async (pin: string): Promise<AnyRefusal | null> => {
    if (intent === null) return null;
    const answer = await call('act.sign', { intentId: intent.intentId, pin });
    if (answer.ok) props.onSigned(answer.value);
    return answer.ok ? null : answer.refusal;
  };
  const foot =
    intent === null ? undefined : (
      <SignFoot
        refusal={props.refusal}
        sign={sign}
        onClose={props.onClose}
        onAgain={props.onAgain}
      />
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
