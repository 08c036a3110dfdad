// What the last scan was, readable from a metre away: colour, shape and words, each for itself.
import {
  IconAlertTriangle,
  IconBarcode,
  IconBarcodeOff,
  IconCircleCheck,
  IconRepeat,
} from '@tabler/icons-react';
import { fill, refusalText, useTexts } from '../../shared/i18n/language.ts';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { useStock, type Said } from './stock-store.ts';
import styles from './scan.module.css';

const LOOKS = {
  counted: { tone: 'good', Icon: IconCircleCheck },
  chosen: { tone: 'good', Icon: IconCircleCheck },
  again: { tone: 'quiet', Icon: IconRepeat },
  extra: { tone: 'look', Icon: IconAlertTriangle },
  elsewhere: { tone: 'look', Icon: IconAlertTriangle },
  unreadable: { tone: 'bad', Icon: IconBarcodeOff },
} as const satisfies Record<Said['outcome'], unknown>;

/** `extraText` = what is to be done with a card that is not of this list. */
export function ScanSaid({ extraText }: { readonly extraText: string }) {
  const t = useTexts().stock;
  const said = useStock((s) => s.said);
  if (said === null) {
    return (
      <div className={styles['said']} data-tone="none" data-testid="scan-said" role="status">
        <IconBarcode size={44} stroke={1.3} aria-hidden />
        <div>
          <h2>{t.scan.waiting}</h2>
          <p>{t.scan.waitingText}</p>
        </div>
      </div>
    );
  }
  const { tone, Icon } = LOOKS[said.outcome];
  const refused = said.refusal === null ? null : refusalText(said.refusal);
  const text =
    refused !== null
      ? [refused.title, refused.todo].filter((part) => part !== '').join('. ')
      : said.outcome === 'extra'
        ? extraText
        : said.outcome === 'elsewhere'
          ? t.scan.elsewhereText
          : null;
  return (
    <div
      key={said.n}
      className={styles['said']}
      data-tone={tone}
      data-outcome={said.outcome}
      data-testid="scan-said"
      role={tone === 'look' || tone === 'bad' ? 'alert' : 'status'}
    >
      <Icon size={44} stroke={1.6} aria-hidden />
      <div>
        <h2>{t.scan[said.outcome]}</h2>
        {(said.ticket !== null || said.cardNumber !== null) && (
          <p className={styles['saidCard']}>
            {said.ticket !== null && <TicketText ticket={said.ticket} />}
            {said.cardNumber !== null && <span>{fill(t.card, { number: said.cardNumber })}</span>}
          </p>
        )}
        {text !== null && <p>{text}</p>}
      </div>
    </div>
  );
}
