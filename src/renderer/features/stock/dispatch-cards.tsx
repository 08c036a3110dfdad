// The list that travelled with the cards, each with its outcome; what is not on it stands above.
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconPointFilled,
  IconTool,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { DispatchDto } from '../../../shared/contract/stock.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { CardForm } from './card-form.tsx';
import { markCurrent, openForm, wordOf } from './dispatch-deeds.ts';
import { KeyButton } from './key-button.tsx';
import { useStock } from './stock-store.ts';
import styles from './stock.module.css';
import own from './dispatch.module.css';

const MARKS = {
  arrived: IconCircleCheck,
  damaged: IconTool,
  missing: IconCircleX,
  extra: IconAlertTriangle,
  unscanned: IconCircleDashed,
  told: IconPointFilled,
} as const;
type Mark = keyof typeof MARKS;

interface Line {
  readonly cardNumber: string;
  readonly ticket: string | null;
  readonly mark: Mark;
  readonly place: string | null;
  readonly note: string | null;
}

/** Not scanned: still open, gone into our act as missing, or told by another desk's act alone. */
const unscanned = (dispatch: DispatchDto): Mark =>
  (({ open: 'unscanned', ours: 'missing', others: 'told' }) as const)[wordOf(dispatch)];

const linesOf = (dispatch: DispatchDto): Line[] => [
  ...dispatch.extra.map(({ cardNumber, note }) => ({
    cardNumber,
    ticket: null,
    mark: 'extra' as const,
    place: null,
    note,
  })),
  ...dispatch.cards.map((card) => ({ ...card, mark: card.outcome ?? unscanned(dispatch) })),
];

/** What can be done with the current card, under it: the keys and the same by mouse. */
function Keys({ mark }: { readonly mark: Mark }) {
  const t = useTexts().stock.dispatch.keys;
  const extra = mark === 'extra';
  return (
    <div className={own['lineKeys']}>
      {!extra && (
        <>
          <KeyButton cap="Enter" data-testid="card-arrived" onClick={() => openForm('arrived')}>
            {t.arrived}
          </KeyButton>
          <KeyButton cap="D" data-testid="card-damaged" onClick={() => openForm('damaged')}>
            {t.damaged}
          </KeyButton>
          <KeyButton cap="M" data-testid="card-missing" onClick={() => void markCurrent('missing')}>
            {t.missing}
          </KeyButton>
        </>
      )}
      {mark !== 'unscanned' && (
        <KeyButton
          cap="U"
          look="quiet"
          data-testid="card-undo"
          onClick={() => void markCurrent(null)}
        >
          {t.undo}
        </KeyButton>
      )}
    </div>
  );
}

function Row(props: { readonly line: Line; readonly may: boolean }) {
  const t = useTexts().stock.dispatch;
  const { line, may } = props;
  const current = useStock((s) => s.current === line.cardNumber);
  const form = useStock((s) => (s.form?.cardNumber === line.cardNumber ? s.form : null));
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current, form]);
  const Icon = MARKS[line.mark];
  const word =
    line.mark === 'extra'
      ? t.extraMark
      : line.mark === 'unscanned'
        ? t.unscanned
        : line.mark === 'told'
          ? t.told
          : t.outcomes[line.mark];
  return (
    <li
      ref={row}
      data-current={current}
      data-mark={line.mark}
      data-testid={`card-${line.cardNumber}`}
      onClick={() => useStock.setState({ current: line.cardNumber })}
    >
      <div className={own['line']}>
        <span className={own['mark']}>
          <Icon size={18} stroke={1.8} aria-hidden />
          {word}
        </span>
        <span>{line.ticket === null ? '–' : <TicketText ticket={line.ticket} />}</span>
        <span className={styles['num']}>{line.cardNumber}</span>
        <span className={styles['num']}>{line.place ?? ''}</span>
        <span className={own['note']}>{line.note ?? ''}</span>
      </div>
      {form !== null ? <CardForm form={form} /> : current && may && <Keys mark={line.mark} />}
    </li>
  );
}

export function DispatchCards(props: { readonly dispatch: DispatchDto; readonly may: boolean }) {
  const t = useTexts().stock.dispatch;
  const c = t.columns;
  return (
    <section className={styles['lines']} aria-label={t.cards}>
      <div className={own['line']} data-head="true" aria-hidden>
        {[c.outcome, c.ticket, c.card, c.place, c.note].map((word) => (
          <span key={word}>{word}</span>
        ))}
      </div>
      <ul tabIndex={0} aria-label={t.cards} data-testid="dispatch-cards">
        {linesOf(props.dispatch).map((line) => (
          <Row key={line.cardNumber} line={line} may={props.may} />
        ))}
      </ul>
    </section>
  );
}
