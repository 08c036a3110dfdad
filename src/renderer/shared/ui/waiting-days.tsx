// How long cards have not been collected: a choice of days, each with the number of cards that wait longer.
import { WAITING_DAYS } from '../../../shared/contract/issuance.ts';
import { fill } from '../i18n/language.ts';
import styles from './ui.module.css';

interface Props {
  readonly label: string;
  /** Words of one choice, with {n} for the days. */
  readonly fromDays: string;
  /** The chosen days; 0 = all cards. */
  readonly chosen: number;
  /** Cards that wait so long at least, in the order of WAITING_DAYS. */
  readonly counts: readonly number[];
  /** What the test ids of the choices begin with. */
  readonly testId: string;
  readonly onChoose: (days: (typeof WAITING_DAYS)[number]) => void;
}

export function WaitingDays({ label, fromDays, chosen, counts, testId, onChoose }: Props) {
  return (
    <div className={styles['waitingDays']} role="group" aria-label={label}>
      <span>{label}</span>
      {WAITING_DAYS.map((days, i) => (
        <button
          key={days}
          type="button"
          aria-pressed={chosen === days}
          data-testid={`${testId}-${days}`}
          onClick={() => onChoose(days)}
        >
          {fill(fromDays, { n: days })} <b>{counts[i] ?? ''}</b>
        </button>
      ))}
    </div>
  );
}
