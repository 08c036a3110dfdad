// The time line of the journal, windowed; a row opens nothing: it is the record itself.
import type { JournalRow } from '../../../shared/contract/journal.ts';
import { ExportAct } from '../../shared/acts/export-act.tsx';
import { formatDay, formatTime } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { WindowedTable } from '../../shared/ui/windowed-table.tsx';
import { detailsInWords } from './journal-details.ts';
import { readOlder, useJournal } from './journal-store.ts';
import styles from './journal.module.css';

const ROW = 36;
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

function Cells({ row, above }: { readonly row: JournalRow; readonly above?: JournalRow }) {
  const t = useTexts();
  const day = formatDay(row.at);
  const newDay = above === undefined || formatDay(above.at) !== day;
  return (
    <>
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
        {actOf(row) !== null && <ExportAct actId={actOf(row) ?? ''} ticket={row.ticket ?? ''} />}
        {detailsInWords(row, t)}
      </div>
      <div role="cell" className={styles['hash']} title={row.hash}>
        {row.hash.slice(0, 10)}
      </div>
    </>
  );
}

export function JournalList() {
  const { journal: t } = useTexts();
  const rows = useJournal((s) => s.rows);
  const next = useJournal((s) => s.next);
  const c = t.columns;
  return (
    <WindowedTable
      title={t.title}
      heads={[c.n, c.at, c.kind, c.ticket, c.officer, c.details, t.hash]}
      columns="64px 104px 220px 150px 180px minmax(160px, 1fr) 96px"
      minWidth={1010}
      rowHeight={ROW}
      rows={rows}
      total={-1}
      readMore={next === null ? null : () => void readOlder()}
      row={(row, above) => ({
        key: row.n,
        cells: <Cells row={row} {...(above === undefined ? {} : { above })} />,
        marks: {
          'data-testid': `journal-row-${row.n}`,
          'data-kind': row.kind,
          'data-refusal': REFUSALS.has(row.kind),
        },
      })}
    />
  );
}
