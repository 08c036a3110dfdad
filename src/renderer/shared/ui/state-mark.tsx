// One mark for one fact: agrees whispers, disagrees stands out; shape and word beside the colour.
import type { RuleOutcome } from '../../../shared/central/statement.ts';
import { useTexts } from '../i18n/language.ts';
import styles from './ui.module.css';

function Shape({ state }: { state: RuleOutcome }) {
  switch (state) {
    case 'agrees':
      return <path d="M3 8.5 6.4 12 13 4.5" fill="none" stroke="currentColor" strokeWidth="1.8" />;
    case 'look':
      return (
        <>
          <path d="M8 1.5 15 14H1z" fill="currentColor" />
          <path d="M8 6v4M8 11.4v1.2" stroke="var(--k-surface)" strokeWidth="1.5" />
        </>
      );
    case 'disagrees':
      return (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" />
          <path d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6" stroke="var(--k-surface)" strokeWidth="1.7" />
        </>
      );
    case 'no-data':
      return (
        <circle
          cx="8"
          cy="8"
          r="6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="2.4 2.2"
        />
      );
  }
}

interface Props {
  readonly state: RuleOutcome;
  /** Another word than the usual one, e.g. a count. */
  readonly label?: string;
  /** Draws the shape only; the word is still there for screen readers. */
  readonly bare?: boolean;
  readonly size?: number;
}

export function StateMark({ state, label, bare = false, size = 14 }: Props) {
  const t = useTexts().common.marks;
  const word = label ?? t[state];
  return (
    <span className={styles['mark']} data-state={state} title={bare ? word : undefined}>
      <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
        <Shape state={state} />
      </svg>
      <span className={bare ? styles['hidden'] : undefined}>{word}</span>
    </span>
  );
}
