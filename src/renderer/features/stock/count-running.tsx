// A count that goes on: sums, the last scan, and the end asked for when cards are still unseen.
import { IconChecklist } from '@tabler/icons-react';
import { useRef } from 'react';
import type { CountDto } from '../../../shared/contract/stock.ts';
import { formatMoment } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { closeCount } from './count-deeds.ts';
import { ScanField } from './scan-field.tsx';
import { ScanSaid } from './scan-said.tsx';
import { useStock } from './stock-store.ts';
import styles from './stock.module.css';
import { Extra } from './count-lists.tsx';

export function Running({ count, may }: { readonly count: CountDto; readonly may: boolean }) {
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
