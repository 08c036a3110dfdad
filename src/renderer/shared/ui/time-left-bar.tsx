// How much of the term is left, in working time: a bar and words.
import type { TimeLeft } from '../../../shared/contract/queue.ts';
import { formatWorkingMinutes } from '../format/format.ts';
import { fill, useTexts } from '../i18n/language.ts';
import styles from './ui.module.css';

export function TimeLeftBar({ timeLeft }: { readonly timeLeft: TimeLeft }) {
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
      <span className={styles['number']}>{words}</span>
    </span>
  );
}
