// The old card: surrendered, or not presented with a reason that goes into the signed statement.
import { useEffect, useId, useRef } from 'react';
import type { HandOverDto } from '../../../shared/contract/issuance.ts';
import { formatDate } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { setOldCard } from './desk-deeds.ts';
import { useDesk, type OldCard as Outcome } from './issuance-store.ts';
import styles from './issuance.module.css';
import own from './old-card.module.css';

const OUTCOMES = ['surrendered', 'not-presented'] as const;

export function OldCard({ card }: { readonly card: HandOverDto }) {
  const t = useTexts().issuance.oldCard;
  const { oldCard, oldCardReason, oldRead, missing: lacking } = useDesk();
  const missing = lacking === 'old-card' || lacking === 'old-card-reason' ? lacking : null;
  const name = useId();
  const first = useRef<HTMLInputElement>(null);
  const reason = useRef<HTMLInputElement>(null);
  const words: Record<Outcome, string> = {
    surrendered: t.surrendered,
    'not-presented': t.notPresented,
  };
  useEffect(() => {
    if (missing === 'old-card') first.current?.focus();
    if (missing === 'old-card-reason') reason.current?.focus();
  }, [missing]);
  return (
    <section className={styles['oldCard']} data-missing={missing !== null}>
      <h2>
        {fill(t.title, { number: card.oldCard.number, date: formatDate(card.oldCard.endDate) })}{' '}
        <KeyCap>O</KeyCap>
        {oldCard === 'surrendered' && (
          <span className={own['oldWay']} data-testid="old-card-way">
            {oldRead === null ? t.byEye : t.read[oldRead.check.way]}
          </span>
        )}
      </h2>
      <div className={own['oldChoices']} role="radiogroup" aria-label={t.choose}>
        {OUTCOMES.map((outcome, index) => (
          <label key={outcome} data-chosen={oldCard === outcome}>
            <input
              ref={index === 0 ? first : null}
              type="radio"
              name={name}
              checked={oldCard === outcome}
              data-testid={`old-card-${outcome}`}
              onChange={() => setOldCard(outcome)}
            />
            {words[outcome]}
          </label>
        ))}
        {oldCard === 'not-presented' && (
          <input
            ref={reason}
            className={styles['oldReason']}
            value={oldCardReason}
            maxLength={500}
            autoFocus
            aria-label={t.reason}
            aria-required
            aria-invalid={missing === 'old-card-reason'}
            placeholder={t.reasonPlaceholder}
            data-testid="old-card-reason"
            onChange={(event) =>
              useDesk.setState({ oldCardReason: event.currentTarget.value, missing: null })
            }
          />
        )}
      </div>
      {missing !== null && (
        <p className={styles['missing']} role="alert">
          {missing === 'old-card' ? t.choose : t.reasonMissing}
        </p>
      )}
    </section>
  );
}
