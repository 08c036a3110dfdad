// The windowed list: only the rows in sight exist; further pages are read as it is scrolled.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, type Ref } from 'react';
import { useTexts } from '../../shared/i18n/language.ts';
import { useSettings } from '../../shared/state/session.ts';
import { openRow, readMore, useQueue } from './queue-store.ts';
import { QueueLine } from './queue-row.tsx';
import styles from './queue.module.css';

/** Heights of --k-row in tokens.css. */
const ROW = { comfortable: 44, compact: 34 } as const;
const READ_AHEAD_ROWS = 60;

export interface ListHandle {
  readonly scrollTo: (index: number) => void;
}

export function QueueList({ handle }: { readonly handle: Ref<ListHandle> }) {
  const t = useTexts().queue;
  const rows = useQueue((s) => s.rows);
  const next = useQueue((s) => s.next);
  const pointed = useQueue((s) => s.pointed);
  const total = useQueue((s) => s.total);
  const question = useQueue((s) => s.question);
  const density = useSettings()?.density ?? 'comfortable';
  const height = ROW[density];
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [height, virtual]);
  useLayoutEffect(() => {
    const value: ListHandle = { scrollTo: (index) => virtual.scrollToIndex(index) };
    if (typeof handle === 'function') handle(value);
    else if (handle !== null) handle.current = value;
  });
  // The place in the list is kept while a case is open, and lost with another question.
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null) element.scrollTop = useQueue.getState().scrollTop;
  }, [question]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (next !== null && last + READ_AHEAD_ROWS >= rows.length) void readMore();
  }, [last, next, rows.length]);

  return (
    <div
      ref={box}
      className={styles['list']}
      role="grid"
      aria-label={t.views[question.view]}
      aria-rowcount={total + 1}
      aria-activedescendant={
        items.some((item) => rows[item.index]?.applicationId === pointed)
          ? `queue-row-${pointed}`
          : undefined
      }
      tabIndex={0}
      data-testid="queue-list"
      onScroll={(event) => useQueue.setState({ scrollTop: event.currentTarget.scrollTop })}
    >
      <div role="rowgroup" className={styles['heads']}>
        <div role="row" aria-rowindex={1} className={styles['headRow']}>
          <div role="columnheader">{t.columns.ticket}</div>
          <div role="columnheader">{t.columns.name}</div>
          <div role="columnheader">{t.columns.filed}</div>
          <div role="columnheader">{t.columns.timeLeft}</div>
          <div role="columnheader">{t.columns.findings}</div>
          <div role="columnheader">{t.columns.flags}</div>
          <div role="columnheader">{t.columns.holder}</div>
        </div>
      </div>
      <div role="rowgroup" className={styles['rows']} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <QueueLine
              key={row.applicationId}
              row={row}
              index={item.index}
              pointed={row.applicationId === pointed}
              top={item.start}
              height={height}
              onOpen={openRow}
            />
          );
        })}
      </div>
    </div>
  );
}
