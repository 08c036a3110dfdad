// One quiet line at the counter: what could be handed over here if the line died now.
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { onPush } from '../bridge.ts';
import { formatMoment } from '../format/format.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { navigate } from '../state/navigation.ts';
import { readLeases, useLeases } from './lease-store.ts';
import styles from './lease.module.css';

export function LeaseLine() {
  const t = useTexts().stock.lease;
  const own = useLeases((s) => s.leases?.own);
  useEffect(() => {
    void readLeases();
    return onPush(({ topic }) => {
      if (topic === 'stock' || topic === 'outbox') void readLeases();
    });
  }, []);
  if (own === undefined) return null; // not told yet
  const text =
    own === null
      ? t.lineNone
      : own.overdue
        ? t.lineOverdue
        : fill(t.line, { cards: own.cards - own.promised, until: formatMoment(own.until) });
  return (
    <p className={styles['line']} data-overdue={own?.overdue ?? false} data-testid="lease-line">
      <IconPlugConnectedX size={16} stroke={1.7} aria-hidden />
      <span>{text}</span>
      <button
        type="button"
        onClick={() => {
          useLeases.setState({ wanted: true });
          navigate({ screen: 'stock' });
        }}
      >
        {t.open}
      </button>
    </p>
  );
}
