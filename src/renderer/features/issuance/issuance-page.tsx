// The issuance desk: one big field, the ready list beside it, then the person at the counter.
import { IconBarcode, IconTicket } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { onPush } from '../../shared/bridge.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { followSigned, hear, nobody, openTicket, readList, returnToCard } from './desk-deeds.ts';
import { useDesk } from './issuance-store.ts';
import { Person } from './person.tsx';
import { ReadyList } from './ready-list.tsx';
import { ResultState, TicketProblem } from './results.tsx';
import { useWedge } from '../../shared/scan/use-wedge.ts';
import styles from './issuance.module.css';
import own from './desk.module.css';

export function IssuancePage() {
  const t = useTexts().issuance;
  const { ticket, finding, card, problem, result, panel, unfit } = useDesk();
  const field = useRef<HTMLInputElement>(null);
  const empty = card === null && problem === null && result === null;

  useEffect(() => {
    void readList();
    returnToCard();
    return onPush((message) => {
      if (message.topic === 'outbox') void followSigned();
      if (message.topic !== 'cases') return;
      void followSigned();
      void readList();
    });
  }, []);
  useEffect(() => {
    // With a card on the desk the digits answer the questions; a scanner is heard without the field.
    if (empty) field.current?.focus();
    else field.current?.blur();
  }, [empty, card]);
  useWedge(hear);
  useKeys('screen', {
    search: () => field.current?.focus(),
    back: () => (empty ? false : nobody()),
  });

  return (
    <div className={own['desk']} data-testid="issuance-screen">
      <form
        className={own['top']}
        data-slim={!empty}
        onSubmit={(event) => {
          event.preventDefault();
          void openTicket(ticket);
        }}
      >
        <label className={own['ticketField']}>
          <IconBarcode size={28} stroke={1.5} aria-hidden />
          <input
            ref={field}
            value={ticket}
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            aria-label={t.ticket}
            placeholder={t.ticketPlaceholder}
            data-testid="issuance-ticket"
            disabled={panel !== null}
            onChange={(event) =>
              useDesk.setState({ ticket: event.currentTarget.value, unfit: null })
            }
          />
        </label>
        <Button
          type="submit"
          look={empty ? 'primary' : 'plain'}
          size={empty ? 'counter' : 'large'}
          busy={finding}
          data-testid="issuance-find"
        >
          {finding ? t.finding : t.find}
        </Button>
      </form>
      {unfit !== null && (
        <div className={own['unfit']} data-testid={`unfit-${unfit}`}>
          <Notice tone="look" title={t.unfit[unfit].title}>
            {t.unfit[unfit].text}
          </Notice>
        </div>
      )}
      {result !== null ? (
        <ResultState result={result} />
      ) : card !== null ? (
        <Person card={card} key={card.applicationId} />
      ) : (
        <div className={own['idle']}>
          {problem !== null ? (
            <TicketProblem />
          ) : (
            <div className={styles['big']}>
              <IconTicket size={56} stroke={1.2} aria-hidden />
              <h1>{t.start.title}</h1>
              <p>{t.start.text}</p>
              <p className={own['clause']}>{t.start.clause}</p>
              <p className={own['clause']}>{t.scanHint}</p>
            </div>
          )}
          <ReadyList />
        </div>
      )}
    </div>
  );
}
