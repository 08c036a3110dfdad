// Both lists of a count: cards not found, and cards that are not of this stock.
import type { CountDto } from '../../../shared/contract/stock.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import styles from './stock.module.css';

export function Missing({ count }: { readonly count: CountDto }) {
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

export function Extra({ count }: { readonly count: CountDto }) {
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
