// A long table of which only what is seen stands in the page; more is read before its end is reached.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type CSSProperties, type HTMLAttributes, type ReactNode } from 'react';
import styles from './windowed-table.module.css';

/** What a row is in the page: its key, its cells, and what tests and styles know it by. */
export interface TableRow {
  readonly key: string | number;
  readonly cells: ReactNode;
  readonly marks: HTMLAttributes<HTMLDivElement> & Readonly<Record<`data-${string}`, unknown>>;
}

interface Props<T> {
  readonly title: string;
  readonly heads: readonly string[];
  /** Widths of the columns, as in `grid-template-columns`, and the least width of all, px. */
  readonly columns: string;
  readonly minWidth: number;
  readonly rowHeight: number;
  readonly rows: readonly T[];
  /** How many there are in all; -1 when nobody counted. */
  readonly total: number;
  readonly row: (row: T, above: T | undefined) => TableRow;
  /** null: all is read. */
  readonly readMore: (() => void) | null;
}

/** This many rows before the end more is asked for. */
const READ_AHEAD_ROWS = 60;

export function WindowedTable<T>(props: Props<T>) {
  const { rows, rowHeight, readMore } = props;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 16,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const more = useRef(readMore);
  useEffect(() => {
    more.current = readMore;
  });
  const open = readMore !== null;
  useEffect(() => {
    if (open && last + READ_AHEAD_ROWS >= rows.length) more.current?.();
  }, [last, open, rows.length]);
  const grid = {
    '--columns': props.columns,
    '--least': `${props.minWidth}px`,
  } as CSSProperties;
  return (
    <div
      ref={box}
      className={styles['list']}
      style={grid}
      role="table"
      aria-label={props.title}
      aria-rowcount={props.total}
      tabIndex={0}
    >
      <div role="rowgroup" className={styles['heads']}>
        <div role="row" className={styles['row']} data-head="true">
          {props.heads.map((word) => (
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
          const { key, cells, marks } = props.row(row, rows[item.index - 1]);
          return (
            <div
              key={key}
              role="row"
              className={styles['row']}
              {...marks}
              style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
            >
              {cells}
            </div>
          );
        })}
      </div>
    </div>
  );
}
