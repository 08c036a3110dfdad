// Batch: tick what is ready, look through the statements, one PIN, progress, results.
import { useEffect, useRef } from 'react';
import type { BatchDto } from '../../../shared/contract/batch.ts';
import { plural, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { navigate } from '../../shared/state/navigation.ts';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState, ErrorState } from '../../shared/ui/empty-state.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { ChooseFoot, RunFoot, SignFoot } from './batch-foot.tsx';
import { ItemRow, ReadyRow } from './batch-row.tsx';
import {
  drop,
  leave,
  readBatch,
  showStatement,
  stageOf,
  stop,
  tickAll,
  useBatch,
  watchBatch,
} from './batch-store.ts';
import styles from './batch.module.css';

/** Moves the focus among the boxes of the rows; a row that cannot be ticked is passed over. */
function moveAmong(list: HTMLElement | null, by: number): void {
  const boxes = [...(list?.querySelectorAll<HTMLInputElement>('input[data-row]:enabled') ?? [])];
  const at = boxes.findIndex((box) => box === document.activeElement);
  const next = boxes[Math.min(boxes.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  next?.focus();
  next?.closest('li')?.scrollIntoView({ block: 'nearest' });
}

function List({ batch }: { readonly batch: BatchDto }) {
  const t = useTexts().batch;
  const ticked = useBatch((s) => s.ticked);
  const leftOut = useBatch((s) => s.leftOut);
  const shown = useBatch((s) => s.shown);
  const list = useRef<HTMLUListElement>(null);
  const stage = stageOf(batch);
  useKeys('screen', {
    next: () => moveAmong(list.current, 1),
    previous: () => moveAmong(list.current, -1),
    open: () => {
      const row = document.activeElement?.closest('li');
      const key = row?.querySelector<HTMLElement>('[data-intent]');
      const intentId = key?.dataset['intent'];
      if (intentId === undefined) return false;
      void showStatement(intentId);
      return undefined;
    },
  });
  return (
    <div className={styles['list']} tabIndex={-1}>
      {stage === 'choose' ? (
        <label className={styles['head']}>
          <input
            type="checkbox"
            data-testid="batch-all"
            checked={ticked.size === batch.ready.length}
            onChange={tickAll}
          />
          {t.all}
        </label>
      ) : (
        <h2 className={styles['head']}>{t.says}</h2>
      )}
      <ul ref={list} data-testid="batch-list" data-stage={stage}>
        {stage === 'choose'
          ? batch.ready.map((row) => (
              <ReadyRow key={row.applicationId} row={row} ticked={ticked.has(row.applicationId)} />
            ))
          : batch.items.map((item) => (
              <ItemRow
                key={item.applicationId}
                item={item}
                chosen={item.intentId !== null && !leftOut.has(item.intentId)}
                open={stage !== 'run'}
                shown={shown?.intentId === item.intentId ? shown : null}
              />
            ))}
      </ul>
    </div>
  );
}

function Foot({ batch }: { readonly batch: BatchDto }) {
  const stage = stageOf(batch);
  if (stage === 'choose') return <ChooseFoot />;
  return stage === 'run' && batch.run !== null ? (
    <RunFoot run={batch.run} />
  ) : (
    <SignFoot batch={batch} />
  );
}

export function BatchPage() {
  const t = useTexts().batch;
  const batch = useBatch((s) => s.batch);
  const refusal = useBatch((s) => s.refusal);
  useEffect(() => {
    void readBatch();
    const unwatch = watchBatch();
    return () => {
      unwatch();
      leave();
    };
  }, []);
  useKeys('screen', {
    back: () => {
      const stage = batch === null ? 'choose' : stageOf(batch);
      if (stage === 'choose') navigate({ screen: 'queue' });
      else if (stage === 'run' || useBatch.getState().busy) void stop();
      else void drop();
    },
  });
  const empty = batch !== null && batch.ready.length === 0 && batch.items.length === 0;
  return (
    <Page
      bare
      title={t.title}
      note={t.note}
      testId="batch-page"
      aside={
        batch !== null &&
        batch.items.length === 0 &&
        !empty && <span className={styles['count']}>{plural(batch.ready.length, t.ready)}</span>
      }
    >
      {batch === null && refusal !== null && (
        <ErrorState refusal={refusal} onRetry={() => void readBatch()} />
      )}
      {empty && (
        <EmptyState title={t.none} text={t.noneText}>
          <Button onClick={() => navigate({ screen: 'queue' })}>{t.toQueue}</Button>
        </EmptyState>
      )}
      {batch !== null && !empty && (
        <div className={styles['body']}>
          <List batch={batch} />
          <Foot batch={batch} />
        </div>
      )}
    </Page>
  );
}
