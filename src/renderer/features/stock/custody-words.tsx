// A custody statement in words, drawn from the object parsed back from the very bytes that will be signed.
import type { ReactNode } from 'react';
import type { CardReturn, DispatchAcceptance } from '../../../shared/central/custody.ts';
import type { CustodyIntentDto } from '../../../shared/contract/stock.ts';
import { formatDateTime } from '../../shared/format/format.ts';
import { fill, plural, useTexts } from '../../shared/i18n/language.ts';
import styles from './stock.module.css';
import own from './custody.module.css';

interface CardLine {
  readonly cardNumber: string;
  readonly ticket: string | null;
  readonly note: string | null;
}

function Lines(props: {
  readonly title: string;
  readonly tone: 'look' | 'bad';
  readonly cards: readonly CardLine[];
  readonly testId: string;
}) {
  const t = useTexts().stock.panel;
  if (props.cards.length === 0) return null;
  return (
    <div className={own['saysCards']} data-tone={props.tone} data-testid={props.testId}>
      <h4>
        {props.title}: {props.cards.length}
      </h4>
      <ul>
        {props.cards.map((card) => (
          <li key={card.cardNumber}>
            <span className={styles['num']}>{card.cardNumber}</span>
            {card.ticket !== null && <span className={styles['num']}>{card.ticket}</span>}
            {card.note !== null && <em>{fill(t.note, { note: card.note })}</em>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How many cards go to each box. */
function places(statement: DispatchAcceptance): string {
  const sums = new Map<string, number>();
  for (const { place } of statement.cards)
    if (place !== null) sums.set(place, (sums.get(place) ?? 0) + 1);
  return [...sums].map(([place, n]) => `${place} – ${n}`).join(', ');
}

function Acceptance({ statement }: { readonly statement: DispatchAcceptance }) {
  const t = useTexts().stock.panel;
  const of = (outcome: string): CardLine[] =>
    statement.cards
      .filter((card) => card.outcome === outcome)
      .map(({ cardNumber, note }) => ({ cardNumber, ticket: null, note }));
  const arrived = of('arrived').length;
  const whole = arrived === statement.cards.length && statement.extra.length === 0;
  const boxes = places(statement);
  return (
    <>
      <p className={own['lead']}>{plural(arrived, t.arrived)}.</p>
      {whole && <p>{t.allArrived}</p>}
      <Lines title={t.missing} tone="bad" cards={of('missing')} testId="says-missing" />
      <Lines title={t.damaged} tone="look" cards={of('damaged')} testId="says-damaged" />
      <Lines
        title={t.extra}
        tone="look"
        cards={statement.extra.map((card) => ({ ...card, ticket: null }))}
        testId="says-extra"
      />
      {boxes !== '' && (
        <p>
          {t.places}: {boxes}
        </p>
      )}
    </>
  );
}

function Return({ statement }: { readonly statement: CardReturn }) {
  const t = useTexts().stock;
  const remakes = statement.cards.filter(({ remake }) => remake).length;
  const reasons = [...new Set(statement.cards.map(({ reason }) => reason))];
  return (
    <>
      <p className={own['lead']}>{plural(statement.cards.length, t.panel.returned)}.</p>
      {remakes > 0 && <p>{fill(t.panel.remakes, { n: remakes })}</p>}
      {reasons.map((reason) => (
        <Lines
          key={reason}
          title={t.returning.reasons[reason]}
          tone="look"
          cards={statement.cards.filter((card) => card.reason === reason)}
          testId={`says-${reason}`}
        />
      ))}
    </>
  );
}

export function CustodyWords({ intent }: { readonly intent: CustodyIntentDto }): ReactNode {
  const t = useTexts().stock.panel;
  const { statement, sha256 } = intent;
  return (
    <section className={own['says']} aria-label={t.statement}>
      {statement.type === 'kualik/dispatch-acceptance' ? (
        <Acceptance statement={statement} />
      ) : (
        <Return statement={statement} />
      )}
      <p className={styles['faint']}>
        {fill(t.point, {
          point: statement.registrationPoint,
          station: statement.stationId,
          at: formatDateTime(statement.at),
        })}
      </p>
      <div className={own['sha']}>
        <span>{t.sha}</span>
        <code data-testid="custody-sha">{sha256}</code>
      </div>
    </section>
  );
}
