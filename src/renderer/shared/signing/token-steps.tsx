// Where the officer is with the token: one line of steps, the present one marked, those behind ticked.
import { IconCheck } from '@tabler/icons-react';
import { useTexts } from '../i18n/language.ts';
import styles from './signing.module.css';

export type TokenStep = 'insert' | 'choose' | 'pin' | 'wait';

interface Props {
  /** The steps of this place, in their order. */
  readonly steps: readonly TokenStep[];
  readonly at: TokenStep;
}

export function TokenSteps({ steps, at }: Props) {
  const t = useTexts().login.tokenSteps;
  const here = steps.indexOf(at);
  return (
    <ol className={styles['steps']} aria-label={t.label} data-testid="token-steps" data-at={at}>
      {steps.map((step, i) => (
        <li
          key={step}
          data-state={i < here ? 'done' : i === here ? 'now' : 'later'}
          aria-current={i === here ? 'step' : undefined}
        >
          <span className={styles['stepMark']} aria-hidden="true">
            {i < here ? <IconCheck size={12} stroke={3} /> : i + 1}
          </span>
          {t[step]}
        </li>
      ))}
    </ol>
  );
}
