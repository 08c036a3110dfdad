// The rows of the register, windowed; each with the paper that can be printed of it here.
import type { RegisterRow } from '../../../shared/contract/register.ts';
import { formatDay, formatIin, formatTime } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { WindowedTable } from '../../shared/ui/windowed-table.tsx';
import { readMore, useRegister } from './register-store.ts';
import styles from './register.module.css';

const ROW = 44;
const COLUMNS = '128px 124px 116px minmax(150px, 1fr) 128px 84px minmax(100px, 150px) 108px 130px';

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
  const c = t.columns;
  return (
    <WindowedTable
      title={t.title}
      heads={[c.at, c.outcome, c.ticket, c.name, c.iin, c.card, c.officer, c.standing, c.paper]}
      columns={COLUMNS}
      minWidth={1180}
      rowHeight={ROW}
      rows={rows}
      total={total}
      readMore={next === null ? null : () => void readMore()}
      row={(row) => ({
        key: row.id,
        cells: <Cells row={row} />,
        marks: {
          'data-testid': `register-row-${row.ticket}`,
          'data-outcome': row.outcome,
          'data-standing': row.standing,
        },
      })}
    />
  );
}
