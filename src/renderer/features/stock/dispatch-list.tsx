// Dispatches on the way, being taken over, and taken over in the last thirty days.
import { IconPackage, IconTruckDelivery } from '@tabler/icons-react';
import { useRef } from 'react';
import type { DispatchRow } from '../../../shared/contract/stock.ts';
import { formatMoment } from '../../shared/format/format.ts';
import { fill, plural, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { PromiseMark } from '../../shared/ui/promise-mark.tsx';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import { Counts } from './counts.tsx';
import { isOpen, openDispatch, sumsOf } from './dispatch-deeds.ts';
import { useStock } from './stock-store.ts';
import styles from './stock.module.css';
import own from './dispatch.module.css';

function Row({ row }: { readonly row: DispatchRow }) {
  const t = useTexts().stock;
  const counts = sumsOf(row);
  const begun = counts.unscanned < counts.expected || counts.extra > 0;
  const open = isOpen(row);
  return (
    <li className={own['dispatchRow']} data-testid={`dispatch-${row.number}`}>
      <div className={own['dispatchName']}>
        <strong>{row.number}</strong>
        <span>
          {plural(counts.expected, t.list.cards)} ·{' '}
          {fill(t.list.sent, { when: formatMoment(row.sentAt) })}
        </span>
        {row.accepted !== null && (
          <span>
            {fill(t.list.acceptedBy, {
              officer: row.accepted.officerName,
              when: formatMoment(row.accepted.at),
            })}
          </span>
        )}
      </div>
      {begun && <Counts counts={counts} />}
      <span className={styles['grow']} />
      {row.accepted !== null ? (
        <PromiseMark state="accepted" />
      ) : (
        row.act !== null && row.act.state !== 'intended' && <PromiseMark state={row.act.state} />
      )}
      {row.act !== null && (row.act.state === 'accepted' || row.act.state === 'queued') && (
        <PaperButton
          paper={{ kind: 'dispatch-act', dispatchId: row.dispatchId }}
          label={t.list.act}
          look="quiet"
        />
      )}
      <Button
        look={open ? 'primary' : 'plain'}
        size="large"
        data-testid="dispatch-open"
        onClick={() => void openDispatch(row.dispatchId)}
      >
        {open ? (begun ? t.list.goOn : t.list.open) : t.list.look}
      </Button>
    </li>
  );
}

export function DispatchList() {
  const t = useTexts().stock;
  const dispatches = useStock((s) => s.dispatches);
  const list = useRef<HTMLDivElement>(null);
  /** The keys walk over the buttons: Enter then belongs to the one in focus. */
  const step = (by: 1 | -1): void => {
    const keys = [
      ...(list.current?.querySelectorAll<HTMLElement>('[data-testid="dispatch-open"]') ?? []),
    ];
    const at = keys.findIndex((key) => key === document.activeElement);
    keys[Math.max(0, Math.min(keys.length - 1, at + by))]?.focus();
  };
  useKeys('screen', { next: () => step(1), previous: () => step(-1) });
  if (dispatches === null)
    return (
      <p className={styles['quiet']} role="status">
        {t.loading}
      </p>
    );
  if (dispatches.length === 0)
    return (
      <EmptyState
        title={t.list.empty}
        text={t.list.emptyText}
        icon={<IconTruckDelivery size={32} stroke={1.4} aria-hidden />}
      />
    );
  const coming = dispatches.filter((row) => row.accepted === null);
  const taken = dispatches.filter((row) => row.accepted !== null);
  return (
    <div className={styles['body']} ref={list} tabIndex={0} role="region" aria-label={t.title}>
      <SectionCard
        title={t.list.onTheWay}
        flush
        aside={<IconPackage size={18} stroke={1.6} aria-hidden />}
      >
        {coming.length === 0 ? (
          <p className={styles['quiet']}>{t.list.empty}</p>
        ) : (
          <ul data-testid="dispatches-coming">
            {coming.map((row) => (
              <Row key={row.dispatchId} row={row} />
            ))}
          </ul>
        )}
      </SectionCard>
      {taken.length > 0 && (
        <SectionCard title={t.list.accepted} flush>
          <ul data-testid="dispatches-accepted">
            {taken.map((row) => (
              <Row key={row.dispatchId} row={row} />
            ))}
          </ul>
        </SectionCard>
      )}
    </div>
  );
}
