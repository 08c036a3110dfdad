// One dispatch on the table: scanned in card by card, marked by hand, taken over by one signed act.
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { DispatchDto } from '../../../shared/contract/stock.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { useSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Counts } from './counts.tsx';
import { DispatchCards } from './dispatch-cards.tsx';
import {
  closeDispatch,
  isOpen,
  markCurrent,
  openForm,
  prepareAcceptance,
  sumsOf,
  wordOf,
} from './dispatch-deeds.ts';
import { ScanField } from './scan-field.tsx';
import { ScanSaid } from './scan-said.tsx';
import { useStock } from './stock-store.ts';
import { useStockKeys } from './use-stock-keys.ts';
import styles from './stock.module.css';
import own from './dispatch.module.css';
import { ActState } from './act-state.tsx';
import { Box } from './box-field.tsx';

export function DispatchOpen({ dispatch }: { readonly dispatch: DispatchDto }) {
  const words = useTexts().stock;
  const t = words.dispatch;
  const issuer = useSession()?.officer?.roles.includes('issuer') ?? false;
  const { form, current, panel } = useStock();
  const box = useRef<HTMLInputElement>(null);
  const scan = useRef<HTMLInputElement>(null);
  const accept = useRef<HTMLButtonElement>(null);
  const counts = sumsOf(dispatch);
  const may = issuer && isOpen(dispatch);
  const scanned = counts.unscanned < counts.expected || counts.extra > 0;
  const numbers = [...dispatch.extra, ...dispatch.cards].map((card) => card.cardNumber);
  const step = (by: 1 | -1): void => {
    const at = numbers.findIndex((each) => each === current);
    const to = numbers[Math.max(0, Math.min(numbers.length - 1, at + by))];
    if (to !== undefined) useStock.setState({ current: to });
  };
  const when = (deed: () => void) => () => {
    if (may && form === null && panel === null) deed();
  };
  const take = (): void => {
    if (may && scanned) void prepareAcceptance();
    else accept.current?.focus();
  };
  useKeys('screen', {
    next: () => step(1),
    previous: () => step(-1),
    open: when(() => openForm('arrived')),
    sign: when(take),
    search: () => scan.current?.focus(),
    back: () => {
      if (form !== null) return useStock.setState({ form: null });
      closeDispatch();
    },
  });
  useStockKeys({
    KeyD: when(() => openForm('damaged')),
    KeyM: when(() => void markCurrent('missing')),
    KeyU: when(() => void markCurrent(null)),
    KeyB: when(() => {
      box.current?.focus();
      box.current?.select();
    }),
  });
  useEffect(() => {
    // The scanner is heard everywhere; no field has the focus, so the keys work at once.
    (document.activeElement as HTMLElement | null)?.blur();
  }, []);

  return (
    <div className={styles['open']} data-testid="dispatch-screen">
      <div className={styles['table']}>
        <header className={own['openHead']}>
          <Button
            look="quiet"
            command="back"
            data-testid="dispatch-back"
            icon={<IconArrowLeft size={18} aria-hidden />}
            onClick={closeDispatch}
          >
            {words.back}
          </Button>
          <h2>{fill(t.title, { number: dispatch.number })}</h2>
        </header>
        {wordOf(dispatch) !== 'others' && (
          <>
            <Counts counts={counts} all />
            <div
              className={styles['progress']}
              role="progressbar"
              aria-label={words.counts.label}
              aria-valuemin={0}
              aria-valuemax={counts.expected}
              aria-valuenow={counts.expected - counts.unscanned}
            >
              <span
                style={{
                  width: `${(100 * (counts.expected - counts.unscanned)) / counts.expected}%`,
                }}
              />
            </div>
          </>
        )}
        <ActState dispatch={dispatch} />
        {may && (
          <>
            <ScanSaid extraText={words.scan.extraText} />
            <ScanField field={scan} />
            <Box place={dispatch.place} field={box} />
            <span className={styles['grow']} />
            <div className={own['accept']}>
              {!scanned ? (
                <p>{t.acceptNothing}</p>
              ) : (
                counts.unscanned > 0 && <p>{fill(t.unscannedWarn, { n: counts.unscanned })}</p>
              )}
              <Button
                ref={accept}
                look="primary"
                size="counter"
                command="sign"
                aria-disabled={!scanned}
                data-testid="dispatch-accept"
                onClick={take}
              >
                {t.accept}
              </Button>
            </div>
          </>
        )}
        {dispatch.act !== null &&
          ['queued', 'sending', 'accepted'].includes(dispatch.act.state) && (
            <PaperButton
              size="large"
              paper={{ kind: 'dispatch-act', dispatchId: dispatch.dispatchId }}
            />
          )}
      </div>
      <DispatchCards dispatch={dispatch} may={may} />
    </div>
  );
}
