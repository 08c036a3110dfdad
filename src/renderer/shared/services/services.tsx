// The outside services in a table with their probes, and under it the outages on record.
import { useEffect, useState } from 'react';
import type { ServiceDto } from '../../../shared/contract/services.ts';
import { call, onPush, type ReplyOf } from '../bridge.ts';
import { formatMoment, formatSeconds } from '../format/format.ts';
import { useNow } from '../format/use-now.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { minutesText, useServices } from '../state/services.ts';
import { StateMark } from '../ui/state-mark.tsx';
import { OutageList } from './outage-list.tsx';
import { ProbeStrip } from './probe-strip.tsx';
import styles from './services.module.css';

const READ_EVERY_MS = 30_000;
const MARKS = { unknown: 'no-data', up: 'agrees', failing: 'look', outage: 'disagrees' } as const;

type History = ReplyOf<'services.history'>;

function useHistory(): History | null {
  const [history, setHistory] = useState<History | null>(null);
  useEffect(() => {
    let here = true;
    const read = async (): Promise<void> => {
      const answer = await call('services.history', {});
      if (here && answer.ok) setHistory(answer.value);
    };
    void read();
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    const stop = onPush(({ topic }) => {
      if (topic === 'services') void read();
    });
    return () => {
      here = false;
      clearInterval(timer);
      stop();
    };
  }, []);
  return history;
}

function State({ service }: { readonly service: ServiceDto }) {
  const t = useTexts().services;
  const now = useNow();
  const { state, since, doubt } = service;
  return (
    <>
      <StateMark state={MARKS[state]} label={t.states[state]} />
      {since !== null && (
        <p className={styles['quiet']}>
          {fill(t.sinceFor, {
            when: formatMoment(since, now),
            amount: formatSeconds((now - Date.parse(since)) / 1000),
          })}
        </p>
      )}
      {doubt !== null && <p className={styles['quiet']}>{t.doubts[doubt]}</p>}
    </>
  );
}

export function Services() {
  const t = useTexts().services;
  const { thresholdMinutes, services } = useServices();
  const history = useHistory();
  return (
    <div className={styles['services']}>
      <p className={styles['quiet']}>{fill(t.note, { minutes: minutesText(thresholdMinutes) })}</p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t.columns.service}</th>
            <th>{t.columns.state}</th>
            <th>{t.columns.own}</th>
            <th>{t.columns.node}</th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => {
            const probes = history?.probes.find(({ code }) => code === service.code);
            return (
              <tr
                key={service.code}
                data-testid={`service-${service.code}`}
                data-state={service.state}
              >
                <td>{t.names[service.code]}</td>
                <td>
                  <State service={service} />
                </td>
                <td>
                  {probes?.own === null ? (
                    <span className={styles['quiet']}>{t.notOurs}</span>
                  ) : (
                    probes !== undefined && <ProbeStrip probes={probes.own} />
                  )}
                </td>
                <td>{probes !== undefined && <ProbeStrip probes={probes.node} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {history !== null && <OutageList outages={history.outages} />}
    </div>
  );
}
