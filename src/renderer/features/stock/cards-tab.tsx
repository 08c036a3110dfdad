// The cards that lie at the point: by place or by age, found, put elsewhere, chosen for a return.
import { useEffect, useRef } from 'react';
import { useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { useSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { chooseNone, openReturn, readStock, toggle } from './card-deeds.ts';
import { CardRow } from './card-row.tsx';
import { useStock } from './stock-store.ts';
import { useStockKeys } from './use-stock-keys.ts';
import styles from './stock.module.css';
import own from './cards.module.css';
import { Side } from './cards-side.tsx';
import { Tools } from './cards-tools.tsx';

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
          <div className={own['cardLine']} data-head="true" aria-hidden>
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
