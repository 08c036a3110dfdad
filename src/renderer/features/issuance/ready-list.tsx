// The cards of the point: ready, on the way, promised, issued; found by name or ticket.
import { IconSearch } from '@tabler/icons-react';
import type { ISSUANCE_VIEWS } from '../../../shared/contract/issuance.ts';
import { formatDay } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { LeaseLine } from '../../shared/leases/lease-line.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { WaitingDays } from '../../shared/ui/waiting-days.tsx';
import { openRow, readList, searchFor, showView, showWaiting } from './desk-deeds.ts';
import { useDesk } from './issuance-store.ts';
import styles from './ready-list.module.css';

const VIEWS = [
  'ready',
  'on-the-way',
  'promised',
  'issued',
] as const satisfies readonly (typeof ISSUANCE_VIEWS)[number][];

export function ReadyList() {
  const all = useTexts();
  const t = all.issuance.list;
  const { view, search, rows, counts, next, listed, waiting, waitingDays } = useDesk();
  return (
    <section className={styles['list']} aria-label={t.label}>
      <Segmented
        label={t.label}
        value={view}
        onChange={showView}
        testId="issuance-views"
        options={VIEWS.map((value) => ({
          value,
          label: (
            <>
              {all.issuance.views[value]}
              <span className={styles['count']}>{counts[value] ?? ''}</span>
            </>
          ),
        }))}
      />
      <label className={styles['search']}>
        <IconSearch size={17} aria-hidden />
        <input
          type="search"
          value={search}
          aria-label={t.search}
          placeholder={t.search}
          data-testid="issuance-search"
          onChange={(event) => searchFor(event.currentTarget.value)}
        />
      </label>
      {view === 'ready' && (
        <WaitingDays
          label={t.uncollected}
          fromDays={t.fromDays}
          chosen={waitingDays}
          counts={waiting}
          testId="waiting"
          onChoose={showWaiting}
        />
      )}
      <div className={styles['rows']}>
        {!listed ? (
          <p className={styles['dim']} role="status">
            {t.loading}
          </p>
        ) : rows.length === 0 ? (
          <EmptyState
            title={
              search !== ''
                ? t.emptySearch
                : view === 'ready' && waitingDays > 0
                  ? t.emptyWaiting
                  : t.empty[view]
            }
          />
        ) : (
          <ul>
            {rows.map((row) => (
              <li key={row.applicationId}>
                <button
                  type="button"
                  className={styles['row']}
                  data-testid={`issuance-row-${row.ticket}`}
                  onClick={() => void openRow(row)}
                >
                  <span className={styles['rowName']}>{row.name}</span>
                  <span className={styles['rowPlace']}>
                    {row.place === null ? '' : fill(t.place, { place: row.place })}
                  </span>
                  <TicketText ticket={row.ticket} />
                  <span className={styles['rowWait']}>
                    {row.flags.includes('remake')
                      ? all.common.flags.remake
                      : row.daysWaiting === null
                        ? row.arrivedAt === null
                          ? all.common.stages[row.stage]
                          : formatDay(row.arrivedAt)
                        : row.daysWaiting === 0
                          ? t.today
                          : fill(t.waiting, { n: row.daysWaiting })}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {next !== null && (
          <button type="button" className={styles['more']} onClick={() => void readList(true)}>
            {t.more}
          </button>
        )}
      </div>
      <LeaseLine />
    </section>
  );
}
