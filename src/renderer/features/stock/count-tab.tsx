// Counting the stock: every card scanned once, then the difference shown and printed.
import { IconChecklist, IconClipboardCheck, IconClipboardX } from '@tabler/icons-react';
import { useRef } from 'react';
import type { CountDto } from '../../../shared/contract/stock.ts';
import { formatMoment } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { useSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { beginCount, closeCount } from './count-deeds.ts';
import { ScanField } from './scan-field.tsx';
import { ScanSaid } from './scan-said.tsx';
import { useStock } from './stock-store.ts';
import styles from './stock.module.css';

function Missing({ count }: { readonly count: CountDto }) {
  const t = useTexts().stock;
  if (count.missing.length === 0) return null;
  return (
    <SectionCard title={`${t.count.missing}: ${count.missing.length}`} flush>
      <ul className={styles['cardLines']} data-testid="count-missing">
        {count.missing.map((card) => (
          <li key={card.applicationId}>
            <span className={styles['num']}>{card.place ?? t.cards.noPlace}</span>
            <TicketText ticket={card.ticket} />
            <span className={styles['num']}>{card.cardNumber}</span>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

function Extra({ count }: { readonly count: CountDto }) {
  const all = useTexts();
  const t = all.stock.count;
  const stages: Readonly<Record<string, string>> = all.common.stages;
  if (count.extra.length === 0) return null;
  return (
    <SectionCard title={`${t.extra}: ${count.extra.length}`} flush>
      <ul className={styles['cardLines']} data-testid="count-extra">
        {count.extra.map((card) => (
          <li key={card.cardNumber}>
            <span className={styles['num']}>{card.cardNumber}</span>
            {card.ticket === null ? <span>–</span> : <TicketText ticket={card.ticket} />}
            <span>
              {card.stage === null
                ? t.unknownStage
                : fill(t.stage, { stage: stages[card.stage] ?? card.stage })}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

function Running({ count, may }: { readonly count: CountDto; readonly may: boolean }) {
  const words = useTexts().stock;
  const t = words.count;
  const closing = useStock((s) => s.closing);
  const field = useRef<HTMLInputElement>(null);
  const left = count.missing.length;
  const close = (): void => {
    if (left > 0 && !closing) useStock.setState({ closing: true });
    else void closeCount();
  };
  useKeys('screen', {
    search: () => field.current?.focus(),
    ...(may ? { sign: close } : {}),
    back: () => (closing ? useStock.setState({ closing: false }) : false),
  });
  const done = count.expected === 0 ? 100 : (100 * (count.expected - left)) / count.expected;
  return (
    <div className={styles['open']} data-testid="count-running">
      <div className={styles['table']}>
        <p className={styles['faint']}>{fill(t.running, { when: formatMoment(count.begunAt) })}</p>
        <dl className={styles['counts']} data-testid="count-sums" data-seen={count.seen}>
          {(
            [
              ['expected', t.expected, count.expected],
              ['arrived', t.seen, count.seen],
              ['unscanned', t.left, left],
              ['extra', words.counts.extra, count.extra.length],
            ] as const
          ).map(([key, word, n]) => (
            <div key={key} data-count={key} data-n={n}>
              <dd>{n}</dd>
              <dt>{word}</dt>
            </div>
          ))}
        </dl>
        <div
          className={styles['progress']}
          role="progressbar"
          aria-label={fill(t.progress, { seen: count.seen, expected: count.expected })}
          aria-valuemin={0}
          aria-valuemax={count.expected}
          aria-valuenow={count.expected - left}
        >
          <span style={{ width: `${done}%` }} />
        </div>
        {may && (
          <>
            <ScanSaid extraText={words.scan.countExtraText} />
            <ScanField field={field} />
            <span className={styles['grow']} />
            {closing ? (
              <Notice tone="look" testId="count-close-ask">
                <p>{fill(t.closeAsk, { n: left })}</p>
                <div className={styles['twoKeys']}>
                  <Button
                    look="primary"
                    command="sign"
                    data-testid="count-close-yes"
                    onClick={close}
                  >
                    {t.closeYes}
                  </Button>
                  <Button
                    look="quiet"
                    command="back"
                    onClick={() => useStock.setState({ closing: false })}
                  >
                    {t.closeNo}
                  </Button>
                </div>
              </Notice>
            ) : (
              <Button size="large" command="sign" data-testid="count-close" onClick={close}>
                {t.close}
              </Button>
            )}
          </>
        )}
      </div>
      <div className={styles['body']} tabIndex={0} role="region" aria-label={words.tabs.count}>
        <Extra count={count} />
        {count.extra.length === 0 && (
          <EmptyState
            title={fill(t.progress, { seen: count.seen, expected: count.expected })}
            text={t.beginText}
            icon={<IconChecklist size={32} stroke={1.4} aria-hidden />}
          />
        )}
      </div>
    </div>
  );
}

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
      <div className={styles['difference']} data-tone={fine ? 'good' : 'look'}>
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
