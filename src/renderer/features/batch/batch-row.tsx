// One line of the batch: before the statements are written, and with its statement and state after.
import { memo } from 'react';
import type { IntentDto } from '../../../shared/contract/act.ts';
import type { BatchItem, BatchReady } from '../../../shared/contract/batch.ts';
import { fill, plural, refusalText, useTexts } from '../../shared/i18n/language.ts';
import { StatementWords } from '../../shared/signing/statement-words.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { StateMark } from '../../shared/ui/state-mark.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { TimeLeftBar } from '../../shared/ui/time-left-bar.tsx';
import { leaveOut, showStatement, tick } from './batch-store.ts';
import styles from './batch.module.css';

export const ReadyRow = memo(function ReadyRow(props: {
  readonly row: BatchReady;
  readonly ticked: boolean;
}) {
  const t = useTexts().batch;
  const { row, ticked } = props;
  return (
    <li className={styles['row']} data-testid={`batch-ready-${row.ticket}`}>
      <label className={styles['what']}>
        <input
          type="checkbox"
          data-row
          checked={ticked}
          aria-label={fill(t.pick, { ticket: row.ticket })}
          onChange={() => tick(row.applicationId)}
        />
        <span>
          <TicketText ticket={row.ticket} />
          <span className={styles['name']}>{row.name}</span>
        </span>
      </label>
      <span className={styles['aside']}>
        {row.withReason > 0 && plural(row.withReason, t.withReason)}
      </span>
      <TimeLeftBar timeLeft={row.timeLeft} />
    </li>
  );
});

const MARK = {
  waiting: 'no-data',
  signing: 'no-data',
  signed: 'agrees',
  'not-signed': 'disagrees',
} as const;

/** What became of it, in words; an item that was not signed says why. */
function Outcome({ item }: { readonly item: BatchItem }) {
  const t = useTexts().batch;
  const why = item.code === null ? null : refusalText({ code: item.code, params: item.params });
  return (
    <span className={styles['outcome']} data-state={item.state} title={why?.todo}>
      <StateMark state={MARK[item.state]} label={t.states[item.state]} />
      {why !== null && <em>{why.title}</em>}
    </span>
  );
}

export const ItemRow = memo(function ItemRow(props: {
  readonly item: BatchItem;
  readonly chosen: boolean;
  /** The officer may still leave it out. */
  readonly open: boolean;
  readonly shown: IntentDto | null;
}) {
  const texts = useTexts();
  const t = texts.batch;
  const { item, chosen, open, shown } = props;
  const { intentId } = item;
  return (
    <li
      className={styles['row']}
      data-testid={`batch-item-${item.ticket}`}
      data-state={item.state}
      data-out={item.state === 'waiting' && !chosen}
    >
      <label className={styles['what']}>
        <input
          type="checkbox"
          data-row
          checked={item.state === 'waiting' ? chosen : item.state === 'signed'}
          disabled={!open || item.state !== 'waiting'}
          aria-label={fill(t.leaveOut, { ticket: item.ticket })}
          onChange={() => intentId !== null && leaveOut(intentId)}
        />
        <span>
          <span className={styles['says']}>
            {fill(texts.act.says.approve, { ticket: item.ticket })}
          </span>
          <span className={styles['name']}>{item.name}</span>
        </span>
      </label>
      <Outcome item={item} />
      {intentId === null ? (
        <span />
      ) : (
        <Button
          look="quiet"
          aria-expanded={shown !== null}
          data-testid={`batch-text-${item.ticket}`}
          data-intent={intentId}
          title={item.sha256 ?? undefined}
          onClick={() => void showStatement(intentId)}
        >
          {shown === null ? t.text : t.hideText}
        </Button>
      )}
      {shown !== null && (
        <div className={styles['statement']}>
          <StatementWords intent={shown} reasonName={(code) => code} />
        </div>
      )}
    </li>
  );
});
