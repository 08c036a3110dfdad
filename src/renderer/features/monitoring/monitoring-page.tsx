// Monitoring for the head of the unit (cl. 4.2): numbers, ages, holders, reasons, days.
import { useCallback, useEffect, useState } from 'react';
import type { ReasonDto } from '../../../shared/contract/case.ts';
import type { MonitoringDto } from '../../../shared/contract/settings.ts';
import { call, onPush, type AnyRefusal } from '../../shared/bridge.ts';
import {
  formatMoment,
  formatNumber,
  formatRelative,
  formatTime,
} from '../../shared/format/format.ts';
import { byLanguage, fill, useTexts } from '../../shared/i18n/language.ts';
import { useNow } from '../../shared/format/use-now.ts';
import { Services } from '../../shared/services/services.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { ErrorState } from '../../shared/ui/empty-state.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import { AmountBars, DayBars } from './bars.tsx';
import styles from './monitoring.module.css';

const READ_EVERY_MS = 30_000;

function Numbers({ data }: { readonly data: MonitoringDto }) {
  const t = useTexts().monitoring;
  const numbers = [
    { label: t.open, n: data.open, tone: 'plain' },
    { label: t.dueToday, n: data.dueToday, tone: 'plain' },
    { label: t.alarm, n: data.alarm, tone: data.alarm > 0 ? 'look' : 'plain' },
    { label: t.overdue, n: data.overdue, tone: data.overdue > 0 ? 'bad' : 'plain' },
    { label: t.held, n: data.held, tone: 'plain' },
    { label: t.approved, n: data.decidedToday.approved, tone: 'plain' },
    { label: t.annulled, n: data.decidedToday.annulled, tone: 'plain' },
  ] as const;
  return (
    <dl className={styles['numbers']}>
      {numbers.map((each) => (
        <div key={each.label} data-tone={each.tone}>
          <dt>{each.label}</dt>
          <dd>{formatNumber(each.n)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Holders({ data }: { readonly data: MonitoringDto }) {
  const t = useTexts().monitoring;
  const now = useNow();
  if (data.byHolder.length === 0) return <p className={styles['none']}>{t.empty}</p>;
  return (
    <table className={styles['holders']}>
      <thead>
        <tr>
          <th>{t.officer}</th>
          <th>{t.count}</th>
          <th>{t.oldest}</th>
        </tr>
      </thead>
      <tbody>
        {data.byHolder.map((each) => (
          <tr key={each.officerName}>
            <td>{each.officerName}</td>
            <td>{formatNumber(each.held)}</td>
            <td>
              {each.oldestSince === null
                ? '–'
                : `${formatMoment(each.oldestSince, now)}, ${formatRelative(each.oldestSince, now)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function MonitoringPage() {
  const { monitoring: t, services } = useTexts();
  const outside = services.title;
  const [data, setData] = useState<MonitoringDto | null>(null);
  const [reasons, setReasons] = useState<readonly ReasonDto[]>([]);
  const [refusal, setRefusal] = useState<AnyRefusal | null>(null);
  const read = useCallback(async () => {
    const answer = await call('monitoring.read', {});
    if (answer.ok) {
      setData(answer.value);
      setRefusal(null);
    } else setRefusal(answer.refusal);
  }, []);
  useEffect(() => {
    const first = setTimeout(() => void read(), 0);
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    const stop = onPush((message) => {
      if (message.topic === 'cases' && message.ids === null) void read();
    });
    void call('case.reasons', {}).then((answer) => {
      if (answer.ok) setReasons(answer.value.reasons);
    });
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      stop();
    };
  }, [read]);
  const nameOf = (code: string): string => {
    const reason = reasons.find((each) => each.code === code);
    return reason === undefined ? code : byLanguage(reason.nameRu, reason.nameKz);
  };
  const oldest = Math.max(0, ...(data?.byAge.map((each) => each.days) ?? []));
  return (
    <Page
      title={t.title}
      {...(data === null ? {} : { note: fill(t.asOf, { when: formatTime(data.asOf) }) })}
      testId="monitoring-page"
      aside={<Button onClick={() => void read()}>{t.refresh}</Button>}
    >
      {refusal !== null && <ErrorState refusal={refusal} onRetry={() => void read()} />}
      {data !== null && refusal === null && (
        <div className={styles['grid']}>
          <Numbers data={data} />
          <SectionCard title={t.byAge}>
            <AmountBars
              amounts={data.byAge.map(({ days, count }) => ({
                label: days === oldest && days > 0 ? fill(t.older, { n: days }) : String(days),
                count,
                tone: days >= 2 ? 'bad' : days === 1 ? 'look' : 'plain',
              }))}
            />
          </SectionCard>
          <SectionCard title={t.byDay}>
            <DayBars days={data.byDay} />
          </SectionCard>
          <SectionCard title={t.byHolder}>
            <Holders data={data} />
          </SectionCard>
          <SectionCard title={t.byReason}>
            <AmountBars
              amounts={data.byReason.map(({ code, count }) => ({ label: nameOf(code), count }))}
            />
          </SectionCard>
          <div className={styles['wide']}>
            <SectionCard title={outside} testId="monitoring-services">
              <Services />
            </SectionCard>
          </div>
        </div>
      )}
    </Page>
  );
}
