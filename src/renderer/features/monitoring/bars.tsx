// Simple bars: a list of amounts, and days with three amounts each. Numbers stand beside every bar.
import { formatDate, formatNumber } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import styles from './monitoring.module.css';

export interface Amount {
  readonly label: string;
  readonly count: number;
  readonly tone?: 'plain' | 'look' | 'bad';
}

export function AmountBars({ amounts }: { readonly amounts: readonly Amount[] }) {
  const t = useTexts().monitoring;
  const most = Math.max(1, ...amounts.map((each) => each.count));
  if (amounts.length === 0) return <p className={styles['none']}>{t.empty}</p>;
  return (
    <ul className={styles['amounts']}>
      {amounts.map((each) => (
        <li key={each.label} data-tone={each.tone ?? 'plain'}>
          <span className={styles['amountLabel']} title={each.label}>
            {each.label}
          </span>
          <span className={styles['track']} aria-hidden="true">
            <span style={{ width: `${(each.count / most) * 100}%` }} />
          </span>
          <span className={styles['amount']}>{formatNumber(each.count)}</span>
        </li>
      ))}
    </ul>
  );
}

interface Day {
  readonly day: string;
  readonly filed: number;
  readonly approved: number;
  readonly annulled: number;
}

const HEIGHT = 140;

export function DayBars({ days }: { readonly days: readonly Day[] }) {
  const t = useTexts().monitoring;
  const most = Math.max(1, ...days.map((day) => Math.max(day.filed, day.approved + day.annulled)));
  const high = (n: number): number => (n / most) * HEIGHT;
  if (days.length === 0) return <p className={styles['none']}>{t.empty}</p>;
  return (
    <>
      <ul className={styles['legend']} aria-hidden="true">
        <li data-kind="filed">{t.filed}</li>
        <li data-kind="approved">{t.approvedShort}</li>
        <li data-kind="annulled">{t.annulledShort}</li>
      </ul>
      <div className={styles['days']} aria-hidden="true">
        {days.map((day) => (
          <div
            key={day.day}
            className={styles['day']}
            title={`${formatDate(day.day)}: ${t.filed} ${day.filed}, ${t.approvedShort} ${day.approved}, ${t.annulledShort} ${day.annulled}`}
          >
            <svg viewBox={`0 0 28 ${HEIGHT}`} preserveAspectRatio="none">
              <rect
                data-kind="filed"
                x="2"
                width="11"
                y={HEIGHT - high(day.filed)}
                height={high(day.filed)}
              />
              <rect
                data-kind="approved"
                x="15"
                width="11"
                y={HEIGHT - high(day.approved)}
                height={high(day.approved)}
              />
              <rect
                data-kind="annulled"
                x="15"
                width="11"
                y={HEIGHT - high(day.approved + day.annulled)}
                height={high(day.annulled)}
              />
            </svg>
            <span>{day.day.slice(8)}</span>
          </div>
        ))}
      </div>
      <table className={styles['hidden']}>
        <thead>
          <tr>
            <th>{t.day}</th>
            <th>{t.filed}</th>
            <th>{t.approvedShort}</th>
            <th>{t.annulledShort}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <td>{formatDate(day.day)}</td>
              <td>{day.filed}</td>
              <td>{day.approved}</td>
              <td>{day.annulled}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
