// Counting the stock: every card scanned once, then the difference shown and printed.
import { IconChecklist, IconClipboardCheck, IconClipboardX } from '@tabler/icons-react';
import type { CountDto } from '../../../shared/contract/stock.ts';
import { formatMoment } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { useSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { beginCount } from './count-deeds.ts';
import { useStock } from './stock-store.ts';
import styles from './stock.module.css';
import own from './count.module.css';
import { Extra, Missing } from './count-lists.tsx';
import { Running } from './count-running.tsx';

function Closed({ count, may }: { readonly count: CountDto; readonly may: boolean }) {
  const words = useTexts().stock;
  const t = words.count;
  const fine = count.missing.length + count.extra.length === 0;
  const Icon = fine ? IconClipboardCheck : IconClipboardX;
  return (
    <div
      className={styles['body']}
      data-testid="count-closed"
      tabIndex={0}
      role="region"
      aria-label={words.tabs.count}
    >
      <div className={own['difference']} data-tone={fine ? 'good' : 'look'}>
        <Icon size={44} stroke={1.4} aria-hidden />
        <div>
          <h2>{fine ? t.fine : t.differs}</h2>
          <p>
            {fine
              ? t.fineText
              : fill(t.differsText, {
                  missing: count.missing.length,
                  extra: count.extra.length,
                })}
          </p>
          <p className={styles['faint']}>
            {fill(t.closed, { when: formatMoment(count.closedAt ?? count.begunAt) })} ·{' '}
            {fill(t.progress, { seen: count.seen, expected: count.expected })}
          </p>
        </div>
        <span className={styles['grow']} />
        <PaperButton size="large" paper={{ kind: 'count-difference', countId: count.countId }} />
        {may && (
          <Button size="large" data-testid="count-begin" onClick={() => void beginCount()}>
            {t.again}
          </Button>
        )}
      </div>
      <Missing count={count} />
      <Extra count={count} />
    </div>
  );
}

export function CountTab() {
  const words = useTexts().stock;
  const t = words.count;
  const { count, countRead } = useStock();
  const may = useSession()?.officer?.roles.includes('issuer') ?? false;
  if (!countRead)
    return (
      <p className={styles['quiet']} role="status">
        {words.loading}
      </p>
    );
  if (count === null)
    return (
      <EmptyState
        title={t.never}
        text={t.beginText}
        icon={<IconChecklist size={32} stroke={1.4} aria-hidden />}
      >
        {may && (
          <Button
            look="primary"
            size="counter"
            data-testid="count-begin"
            onClick={() => void beginCount()}
          >
            {t.begin}
          </Button>
        )}
      </EmptyState>
    );
  return count.closedAt === null ? (
    <Running count={count} may={may} />
  ) : (
    <Closed count={count} may={may} />
  );
}
