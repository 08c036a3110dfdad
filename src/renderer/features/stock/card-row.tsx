// One card of the stock: chosen by its box, its place written in its own line, why it is away.
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { StockCard } from '../../../shared/contract/stock.ts';
import { fill, plural, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import ui from '../../shared/ui/ui.module.css';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { putInPlace, toggle } from './card-deeds.ts';
import { useStock } from './stock-store.ts';
import styles from './stock.module.css';
import own from './cards.module.css';

function PlaceField({ card }: { readonly card: StockCard }) {
  const t = useTexts().stock.cards;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  useKeys('panel', { back: () => useStock.setState({ placing: null }) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void putInPlace(card, field.current?.value ?? '');
      }}
    >
      <input
        ref={field}
        className={ui['input']}
        defaultValue={card.place ?? ''}
        maxLength={40}
        autoComplete="off"
        aria-label={fill(t.placeOf, { number: card.cardNumber })}
        data-testid="stock-place"
      />
    </form>
  );
}

export function CardRow({ card, may }: { readonly card: StockCard; readonly may: boolean }) {
  const all = useTexts();
  const t = all.stock.cards;
  const current = useStock((s) => s.current === card.cardNumber);
  const placing = useStock((s) => s.placing === card.applicationId);
  const chosen = useStock((s) => s.chosen.has(card.applicationId));
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const days = card.daysWaiting;
  return (
    <li
      ref={row}
      data-current={current}
      data-chosen={chosen}
      data-testid={`stock-card-${card.ticket}`}
      onClick={() => useStock.setState({ current: card.cardNumber })}
    >
      <div className={own['cardLine']}>
        <span>
          <input
            type="checkbox"
            checked={chosen}
            disabled={!may || card.away !== null}
            aria-label={fill(t.choose, { number: card.cardNumber })}
            onChange={() => toggle(card)}
          />
        </span>
        {placing ? (
          <PlaceField card={card} />
        ) : may && card.away === null ? (
          <button
            type="button"
            className={own['place']}
            aria-label={fill(t.placeOf, { number: card.cardNumber })}
            data-testid="stock-place-edit"
            onClick={() =>
              useStock.setState({ placing: card.applicationId, current: card.cardNumber })
            }
          >
            {card.place ?? <em>{t.noPlace}</em>}
            {current && <KeyCap>B</KeyCap>}
          </button>
        ) : (
          <span className={`${styles['num']} ${own['placeFixed']}`}>
            {card.place ?? <em>{t.noPlace}</em>}
          </span>
        )}
        <TicketText ticket={card.ticket} />
        <span className={styles['num']}>{card.cardNumber}</span>
        <span className={styles['num']}>
          {days === null ? '' : days === 0 ? t.today : plural(days, all.common.days)}
        </span>
        <span className={own['state']}>
          {card.condition === 'damaged' && (
            <span data-tone="look">
              <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
              {t.damaged}
            </span>
          )}
          {card.away !== null && (
            <span>
              <IconClock size={16} stroke={1.8} aria-hidden />
              {t.away[card.away]}
            </span>
          )}
        </span>
      </div>
    </li>
  );
}
