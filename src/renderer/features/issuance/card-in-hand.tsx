// The card in the hand: its zone or number, compared by the core; a difference stops the hand-over.
import { IconAlertTriangle, IconCircleCheck, IconCreditCard } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { BY_EYE_REASONS, type CardCheckDto } from '../../../shared/contract/issuance.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { Button } from '../../shared/ui/button.tsx';
import { RefusalNotice } from '../../shared/ui/notice.tsx';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { allowByEye, checkCard } from './desk-deeds.ts';
import { useDesk } from './issuance-store.ts';
import { charOf } from '../../shared/scan/wedge.ts';
import styles from './issuance.module.css';
import own from './card-in-hand.module.css';

/** A zone is ready to be compared at ninety signs, a number at Enter. */
const ZONE = 90;
const signsOf = (text: string): number => text.replace(/\s/g, '').length;

function Fields({ check }: { readonly check: CardCheckDto }) {
  const t = useTexts().issuance.cardInHand;
  const shown = check.fields.filter(({ state }) => check.agrees || state === 'differs');
  return (
    <ul className={own['cardFields']}>
      {shown.map(({ field, state }) => (
        <li key={field} data-state={state} data-testid={`card-field-${field}`}>
          {t.fields[field]}
          {state === 'no-data' && <em>{t.noData}</em>}
        </li>
      ))}
    </ul>
  );
}

/** After the zone of another card a number hides it: its zone, or one of three reasons. */
function ZoneWanted() {
  const t = useTexts().issuance.cardInHand;
  const wanted = useDesk((s) => s.card?.zoneWanted.length ?? 0);
  if (wanted === 0) return null;
  return (
    <div className={own['zoneWanted']} data-testid="zone-wanted" role="status">
      <p>{t.zoneWanted}</p>
      {BY_EYE_REASONS.map((reason) => (
        <Button
          key={reason}
          size="large"
          data-testid={`by-eye-${reason}`}
          onClick={() => void allowByEye(reason)}
        >
          {t.byEye[reason]}
        </Button>
      ))}
    </div>
  );
}

export function CardInHand() {
  const t = useTexts().issuance.cardInHand;
  const { inHand, stopped, cardProblem, cardTyped, missing } = useDesk();
  const field = useRef<HTMLTextAreaElement>(null);
  const state = stopped !== null ? 'differs' : inHand !== null ? 'agrees' : 'open';
  useEffect(() => {
    if (missing === 'card') field.current?.focus();
  }, [missing]);

  const take = (text: string): void => {
    useDesk.setState({ cardTyped: text, missing: null });
    if (signsOf(text) === ZONE) void send(text);
  };
  const send = async (text: string): Promise<void> => {
    await checkCard(text);
    if (useDesk.getState().cardTyped === '') field.current?.blur(); // the keys are the desk's again
  };
  /** Latin letters whatever the layout: a zone has no others. */
  const onKey = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    const { code, ctrlKey, altKey, metaKey, shiftKey, currentTarget: area } = event;
    if (ctrlKey || altKey || metaKey) return;
    if (code === 'Escape') {
      event.stopPropagation();
      return area.blur();
    }
    const zone = /^[A-Z<]/i.test(cardTyped);
    if ((code === 'Enter' || code === 'NumpadEnter') && !zone) {
      event.preventDefault();
      return void send(cardTyped);
    }
    const sign = charOf(code, shiftKey);
    if (sign === null || sign === ' ' || sign.toUpperCase() === event.key) return;
    event.preventDefault();
    const { selectionStart: from, selectionEnd: to } = area;
    take(cardTyped.slice(0, from) + sign.toUpperCase() + cardTyped.slice(to));
    requestAnimationFrame(() => area.setSelectionRange(from + 1, from + 1));
  };

  return (
    <section
      className={styles['cardInHand']}
      data-state={state}
      data-testid="card-in-hand"
      aria-label={t.title}
    >
      <div className={styles['cardState']} role={state === 'differs' ? 'alert' : 'status'}>
        {state === 'differs' ? (
          <IconAlertTriangle size={24} stroke={1.8} aria-hidden />
        ) : state === 'agrees' ? (
          <IconCircleCheck size={24} stroke={1.8} aria-hidden />
        ) : (
          <IconCreditCard size={24} stroke={1.6} aria-hidden />
        )}
        <div>
          <h2>
            {stopped !== null
              ? stopped.which === 'old-card'
                ? t.oldDiffers
                : t.differs
              : inHand !== null
                ? t.agrees[inHand.check.way]
                : t.title}
          </h2>
          {stopped !== null ? (
            <p>{t.differsText}</p>
          ) : inHand === null ? (
            <p>{t.hint}</p>
          ) : (
            inHand.check.corrected > 0 && <p>{fill(t.corrected, { n: inHand.check.corrected })}</p>
          )}
        </div>
      </div>
      {(stopped ?? inHand?.check) !== undefined && <Fields check={(stopped ?? inHand?.check)!} />}
      {state !== 'agrees' && (
        <label className={own['cardField']}>
          <textarea
            ref={field}
            value={cardTyped}
            rows={/^[A-Z<]/i.test(cardTyped) ? 3 : 1}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            aria-label={t.field}
            aria-invalid={missing === 'card'}
            placeholder={t.placeholder}
            data-testid="card-text"
            onKeyDown={onKey}
            onChange={(event) => take(event.currentTarget.value)}
          />
          <KeyCap>C</KeyCap>
        </label>
      )}
      {state !== 'agrees' && <ZoneWanted />}
      {cardProblem !== null && <RefusalNotice refusal={cardProblem} />}
      {missing === 'card' && stopped === null && (
        <p className={styles['missing']} role="alert">
          {t.missing}
        </p>
      )}
    </section>
  );
}
