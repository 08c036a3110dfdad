// The time line of the journal, windowed; a row opens nothing: it is the record itself.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { JournalRow } from '../../../shared/contract/journal.ts';
import { ExportAct } from '../../shared/acts/export-act.tsx';
import { formatDay, formatTime } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { detailsInWords } from './journal-details.ts';
import { readOlder, useJournal } from './journal-store.ts';
import styles from './journal.module.css';

const ROW = 36;
const READ_AHEAD_ROWS = 60;
const REFUSALS = new Set([
  'log-in-refused',
  'claim-refused',
  'act-not-signed',
  'act-refused',
  'damaged-application',
  'picture-problem',
  'incident',
]);

/** The act a row speaks of, where one was signed: it can be taken out for an auditor. */
const actOf = ({ kind, details }: JournalRow): string | null =>
  kind === 'act-signed' || kind === 'act-accepted' ? String(details['act'] ?? '') || null : null;

export function JournalList() {
  const t = useTexts();
  const rows = useJournal((s) => s.rows);
  const next = useJournal((s) => s.next);
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 16,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (next !== null && last + READ_AHEAD_ROWS >= rows.length) void readOlder();
  }, [last, next, rows.length]);
  const c = t.journal.columns;
  return (
    <div
      ref={box}
      className={styles['list']}
      role="table"
      aria-label={t.journal.title}
      aria-rowcount={-1}
      tabIndex={0}
    >
      <div role="rowgroup" className={styles['heads']}>
        <div role="row" className={styles['row']} data-head="true">
          {[c.n, c.at, c.kind, c.ticket, c.officer, c.details, t.journal.hash].map((word) => (
            <div role="columnheader" key={word}>
              {word}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles['rows']} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const day = formatDay(row.at);
          const above = rows[item.index - 1];
          const newDay = above === undefined || formatDay(above.at) !== day;
          return (
            <div
              key={row.n}
              role="row"
              className={styles['row']}
              data-testid={`journal-row-${row.n}`}
              data-kind={row.kind}
              data-refusal={REFUSALS.has(row.kind)}
              style={{ height: ROW, transform: `translateY(${item.start}px)` }}
            >
              <div role="cell" className={styles['num']}>
                {row.n}
              </div>
              <div role="cell" className={styles['num']}>
                <span className={newDay ? undefined : styles['faint']}>{day.slice(0, 5)} </span>
                {formatTime(row.at)}
              </div>
              <div role="cell" className={styles['kind']}>
                {t.journal.kinds[row.kind]}
              </div>
              <div role="cell">{row.ticket !== null && <TicketText ticket={row.ticket} />}</div>
              <div role="cell">{row.officer === '' ? t.journal.nobody : row.officer}</div>
              <div role="cell" className={styles['details']} title={detailsInWords(row, t)}>
                {actOf(row) !== null && (
                  <ExportAct actId={actOf(row) ?? ''} ticket={row.ticket ?? ''} />
                )}
                {detailsInWords(row, t)}
              </div>
              <div role="cell" className={styles['hash']} title={row.hash}>
                {row.hash.slice(0, 10)}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}
