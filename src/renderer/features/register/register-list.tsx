// The rows of the register, windowed; each with the paper that can be printed of it here.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { RegisterRow } from '../../../shared/contract/register.ts';
import { formatDay, formatIin, formatTime } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { readMore, useRegister } from './register-store.ts';
import styles from './register.module.css';

const ROW = 44;
const READ_AHEAD_ROWS = 40;

function Cells({ row }: { readonly row: RegisterRow }) {
  const t = useTexts().register;
  return (
    <>
      <div role="cell" className={styles['num']}>
        {formatDay(row.at)} {formatTime(row.at)}
      </div>
      <div role="cell" className={styles['outcome']} data-issued={row.outcome === 'issued'}>
        {t.outcomes[row.outcome]}
      </div>
      <div role="cell">
        <TicketText ticket={row.ticket} />
      </div>
      <div role="cell" title={row.name}>
        {row.name}
      </div>
      <div role="cell" className={styles['num']}>
        {formatIin(row.iin)}
      </div>
      <div role="cell" className={styles['num']}>
        {row.cardNumber ?? '–'}
      </div>
      <div role="cell" title={row.stationId ?? undefined}>
        {row.officer ?? t.unknownOfficer}
      </div>
      <div
        role="cell"
        className={styles['standing']}
        data-standing={row.standing}
        title={t.standings[row.standing]}
      >
        {t.standings[row.standing]}
      </div>
      <div role="cell" className={styles['paper']}>
        {row.paper === 'receipt' && (
          <PaperButton
            look="quiet"
            label={t.paperOf.receipt}
            paper={{ kind: 'receipt', applicationId: row.applicationId }}
          />
        )}
        {row.paper === 'refusal' && (
          <PaperButton
            look="quiet"
            label={t.paperOf.refusal}
            paper={{ kind: 'refusal', applicationId: row.applicationId, reportId: row.id }}
          />
        )}
      </div>
    </>
  );
}

export function RegisterList() {
  const t = useTexts().register;
  const { rows, next, total } = useRegister();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (next !== null && last + READ_AHEAD_ROWS >= rows.length) void readMore();
  }, [last, next, rows.length]);
  const c = t.columns;
  const heads = [c.at, c.outcome, c.ticket, c.name, c.iin, c.card, c.officer, c.standing, c.paper];
  return (
    <div
      ref={box}
      className={styles['list']}
      role="table"
      aria-label={t.title}
      aria-rowcount={total}
      tabIndex={0}
    >
      <div role="rowgroup" className={styles['heads']}>
        <div role="row" className={styles['row']} data-head="true">
          {heads.map((word) => (
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
          return (
            <div
              key={row.id}
              role="row"
              className={styles['row']}
              data-testid={`register-row-${row.ticket}`}
              data-outcome={row.outcome}
              data-standing={row.standing}
              style={{ height: ROW, transform: `translateY(${item.start}px)` }}
            >
              <Cells row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
