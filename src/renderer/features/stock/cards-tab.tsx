// The cards that lie at the point: by place or by age, found, put elsewhere, chosen for a return.
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { WAITING_DAYS } from '../../../shared/contract/issuance.ts';
import { STOCK_ORDERS } from '../../../shared/contract/stock.ts';
import { formatMoment } from '../../shared/format/format.ts';
import { fill, plural, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { useSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { PromiseMark } from '../../shared/ui/promise-mark.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import ui from '../../shared/ui/ui.module.css';
import {
  chooseNone,
  openReturn,
  orderStock,
  readStock,
  searchStock,
  showAge,
  toggle,
} from './card-deeds.ts';
import { CardRow } from './card-row.tsx';
import { ScanSaid } from './scan-said.tsx';
import { useStock } from './stock-store.ts';
import { useStockKeys } from './use-stock-keys.ts';
import styles from './stock.module.css';

function Tools({ field }: { readonly field: React.Ref<HTMLInputElement> }) {
  const t = useTexts().stock.cards;
  const { search, order, waitingDays, waiting, total } = useStock();
  return (
    <div className={styles['bar']}>
      <label className={styles['search']}>
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <input
          ref={field}
          className={ui['input']}
          type="search"
          value={search}
          maxLength={200}
          aria-label={t.search}
          placeholder={t.search}
          data-testid="stock-search"
          onChange={(event) => searchStock(event.currentTarget.value)}
        />
      </label>
      <Segmented
        label={t.order}
        value={order}
        testId="stock-order"
        options={STOCK_ORDERS.map((value) => ({ value, label: t.orders[value] }))}
        onChange={orderStock}
      />
      <div className={styles['ages']} role="group" aria-label={t.uncollected}>
        <span>{t.uncollected}</span>
        {WAITING_DAYS.map((days, i) => (
          <button
            key={days}
            type="button"
            aria-pressed={waitingDays === days}
            data-testid={`stock-waiting-${days}`}
            onClick={() => showAge(days)}
          >
            {fill(t.fromDays, { n: days })} <b>{waiting[i] ?? ''}</b>
          </button>
        ))}
      </div>
      <span className={styles['grow']} />
      <span className={styles['num']} data-testid="stock-total" data-n={total}>
        {plural(total, t.total)}
      </span>
    </div>
  );
}

function Returns() {
  const t = useTexts().stock.cards;
  const returns = useStock((s) => s.returns);
  if (returns.length === 0) return null;
  return (
    <section className={styles['returns']} aria-label={t.returns}>
      <h3>{t.returns}</h3>
      <ul>
        {returns.map((row) => (
          <li key={row.actId} data-testid="stock-return">
            <span>
              {fill(t.returnOf, {
                when: formatMoment(row.at),
                cards: row.cards,
                remakes: row.remakes,
              })}
            </span>
            <PromiseMark state={row.state} />
            {row.state !== 'refused' && row.state !== 'intended' && (
              <PaperButton look="quiet" paper={{ kind: 'return-act', actId: row.actId }} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Side({ may }: { readonly may: boolean }) {
  const words = useTexts().stock;
  const t = words.cards;
  const chosen = useStock((s) => s.chosen);
  return (
    <aside className={styles['table']}>
      {may && (
        <>
          <ScanSaid extraText={words.scan.elsewhereText} />
          <div className={styles['chosen']} data-testid="stock-chosen" data-n={chosen.size}>
            <p>{chosen.size === 0 ? t.returnNothing : plural(chosen.size, t.chosen)}</p>
            <Button
              look="primary"
              size="large"
              command="sign"
              aria-disabled={chosen.size === 0}
              data-testid="stock-return-chosen"
              onClick={openReturn}
            >
              {t.return}
            </Button>
            {chosen.size > 0 && (
              <Button look="quiet" data-testid="stock-choose-none" onClick={chooseNone}>
                {t.none}
                <kbd className={styles['cap']} aria-hidden>
                  U
                </kbd>
              </Button>
            )}
          </div>
        </>
      )}
      <Returns />
    </aside>
  );
}

export function CardsTab() {
  const words = useTexts().stock;
  const t = words.cards;
  const issuer = useSession()?.officer?.roles.includes('issuer') ?? false;
  const { cards, cardsRead, next, current, placing, panel, search, waitingDays } = useStock();
  const field = useRef<HTMLInputElement>(null);
  const at = cards.findIndex((card) => card.cardNumber === current);
  const card = cards[at];
  const step = (by: 1 | -1): void => {
    const to = cards[Math.max(0, Math.min(cards.length - 1, at + by))];
    if (to !== undefined) useStock.setState({ current: to.cardNumber });
  };
  const when = (deed: () => void) => () => {
    if (issuer && placing === null && panel === null) deed();
  };
  const choose = when(() => {
    if (card !== undefined) toggle(card);
  });
  useKeys('screen', {
    next: () => step(1),
    previous: () => step(-1),
    open: choose,
    blink: choose,
    sign: when(openReturn),
    search: () => field.current?.focus(),
    back: () => (placing === null ? false : useStock.setState({ placing: null })),
  });
  useStockKeys({
    KeyU: when(chooseNone),
    KeyB: when(() => {
      if (card !== undefined && card.away === null)
        useStock.setState({ placing: card.applicationId });
    }),
  });
  useEffect(() => {
    (document.activeElement as HTMLElement | null)?.blur();
  }, []);
  const c = t.columns;
  return (
    <div className={styles['stock']} data-testid="stock-cards">
      <Tools field={field} />
      <div className={styles['open']}>
        <Side may={issuer} />
        <section className={styles['lines']} aria-label={words.tabs.cards}>
          <div className={styles['cardLine']} data-head="true" aria-hidden>
            {[c.choose, c.place, c.ticket, c.card, c.waits, c.state].map((word) => (
              <span key={word}>{word}</span>
            ))}
          </div>
          {!cardsRead ? (
            <p className={styles['quiet']} role="status">
              {words.loading}
            </p>
          ) : cards.length === 0 ? (
            <EmptyState
              title={search !== '' || waitingDays > 0 ? t.emptyFound : t.empty}
              {...(search !== '' || waitingDays > 0 ? {} : { text: t.emptyText })}
            />
          ) : (
            <ul tabIndex={0} aria-label={words.tabs.cards}>
              {cards.map((each) => (
                <CardRow key={each.applicationId} card={each} may={issuer} />
              ))}
              {next !== null && (
                <li>
                  <Button look="quiet" onClick={() => void readStock(true)}>
                    {t.more}
                  </Button>
                </li>
              )}
            </ul>
          )}
        </section>
      </div>
    </div>
  );
}
