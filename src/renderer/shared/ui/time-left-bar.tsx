// How much of the term is left, in working time: a bar and words.
import type { TimeLeft } from '../../../shared/contract/queue.ts';
import { formatWorkingMinutes } from '../format/format.ts';
import { fill, useTexts } from '../i18n/language.ts';
import styles from './ui.module.css';

interface Props {
  readonly timeLeft: TimeLeft;
  /** In tables: «−3 ч 10 мин» for overdue; the whole words on hover and for screen readers. */
  readonly brief?: boolean;
}

export function TimeLeftBar({ timeLeft, brief = false }: Props) {
  const t = useTexts().common.timeLeft;
  const { level, workingMinutesLeft, termMinutes } = timeLeft;
  const amount = formatWorkingMinutes(workingMinutesLeft);
  const share = Math.max(0, Math.min(1, workingMinutesLeft / Math.max(1, termMinutes)));
  const words =
    level === 'done' ? t.done : workingMinutesLeft < 0 ? fill(t.late, { amount }) : amount;
  return (
    <span className={styles['time']} data-level={level}>
      <span className={styles['bar']} aria-hidden="true">
        <span style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      {brief && workingMinutesLeft < 0 && level !== 'done' ? (
        <span className={styles['number']} title={words}>
          <span aria-hidden="true">−{formatWorkingMinutes(workingMinutesLeft, true)}</span>
          <span className={styles['hidden']}>{words}</span>
        </span>
      ) : (
        <span className={styles['number']} title={words}>
          {brief && level !== 'done' ? formatWorkingMinutes(workingMinutesLeft, true) : words}
        </span>
      )}
    </span>
  );
}
