// The outbox: needs you, on its way, accepted today; nothing silent.
import { useEffect, type ReactNode } from 'react';
import type { OutboxRow } from '../../../shared/contract/outbox.ts';
import { onPush } from '../../shared/bridge.ts';
import { formatNumber } from '../../shared/format/format.ts';
import { useNow } from '../../shared/format/use-now.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { useLine } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { ErrorState } from '../../shared/ui/empty-state.tsx';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import { OutboxLine } from './outbox-row.tsx';
import { readOutbox, sendNow, useOutbox } from './outbox-store.ts';
import styles from './outbox.module.css';

interface GroupProps {
  readonly title: string;
  readonly count: number;
  readonly rows: readonly OutboxRow[];
  readonly empty: string;
  readonly now: number;
  readonly aside?: ReactNode;
  readonly tone?: 'bad' | 'plain';
  readonly testId: string;
}

function Group({ title, count, rows, empty, now, aside, tone = 'plain', testId }: GroupProps) {
  return (
    <SectionCard
      flush
      testId={testId}
      title={
        <span className={styles['groupTitle']} data-tone={count > 0 ? tone : 'plain'}>
          {title} <span>{formatNumber(count)}</span>
        </span>
      }
      aside={aside}
    >
      {rows.length === 0 ? (
        <p className={styles['empty']}>{empty}</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <OutboxLine key={row.id} row={row} now={now} />
          ))}
        </ul>
      )}
    </SectionCard>
  );
}

export function OutboxPage() {
  const t = useTexts().outbox;
  const now = useNow(5_000);
  const line = useLine();
  const { outbox, refusal, busy, done } = useOutbox();
  useEffect(() => {
    void readOutbox();
    return onPush((message) => {
      if (message.topic === 'outbox') void readOutbox();
    });
  }, []);
  const body = (): ReactNode => {
    if (outbox === null) {
      return refusal === null ? null : (
        <ErrorState refusal={refusal} onRetry={() => void readOutbox()} />
      );
    }
    const accepted = outbox.acceptedToday;
    return (
      <div className={styles['groups']}>
        {refusal !== null && <RefusalNotice refusal={refusal} />}
        {done !== null && (
          <Notice tone="accent">
            {fill(t.done[done.kind], { ticket: done.ticket, path: done.path ?? '' })}
          </Notice>
        )}
        {line?.state === 'offline' && <Notice tone="look">{t.offline}</Notice>}
        <Group
          title={t.needsYou}
          tone="bad"
          count={outbox.needsYou.length}
          rows={outbox.needsYou}
          empty={t.emptyNeedsYou}
          now={now}
          testId="outbox-needs-you"
        />
        <Group
          title={t.onItsWay}
          count={outbox.onItsWay.length}
          rows={outbox.onItsWay}
          empty={t.emptyOnItsWay}
          now={now}
          testId="outbox-on-its-way"
        />
        <Group
          title={t.acceptedToday}
          count={outbox.acceptedTodayTotal}
          rows={accepted}
          empty={t.emptyAccepted}
          now={now}
          testId="outbox-accepted"
          aside={
            accepted.length < outbox.acceptedTodayTotal && (
              <span className={styles['since']}>
                {fill(t.acceptedMore, {
                  shown: accepted.length,
                  total: outbox.acceptedTodayTotal,
                })}
              </span>
            )
          }
        />
      </div>
    );
  };
  return (
    <Page
      title={t.title}
      note={t.note}
      testId="outbox-page"
      aside={
        outbox !== null &&
        outbox.onItsWay.length + outbox.needsYou.length > 0 && (
          <Button busy={busy === 'all'} data-testid="send-all" onClick={() => void sendNow()}>
            {t.sendAll}
          </Button>
        )
      }
    >
      {body()}
    </Page>
  );
}
