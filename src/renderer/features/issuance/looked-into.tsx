// The way out of "not the person": somebody looked into it, writes what came of it, and the card may go on.
import { useState } from 'react';
import type { HandOverDto } from '../../../shared/contract/issuance.ts';
import { formatDateTime } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { seen } from './desk-deeds.ts';
import styles from './issuance.module.css';

const SHORTEST = 3;

/** What came of it, where the flag was: the next hand on this card should know. */
export function WhatCameOfIt({ look }: { readonly look: HandOverDto['lookedInto'] }) {
  const t = useTexts().issuance.lookedInto;
  if (look === null) return null;
  const { at, officer, note } = look;
  return (
    <p className={styles['cameOfIt']} data-testid="looked-into">
      {fill(t.done, { at: formatDateTime(at), officer })} <q>{note}</q>
    </p>
  );
}

export function LookedInto() {
  const t = useTexts().issuance.lookedInto;
  const [note, setNote] = useState('');
  const enough = note.trim().length >= SHORTEST;
  return (
    <Notice tone="look" title={t.title} testId="investigate">
      <p>{t.text}</p>
      <form
        className={styles['lookedInto']}
        onSubmit={(event) => {
          event.preventDefault();
          if (enough) void seen(note.trim());
        }}
      >
        <input
          className={styles['oldReason']}
          value={note}
          maxLength={500}
          aria-label={t.note}
          placeholder={t.note}
          data-testid="investigate-note"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit" size="large" aria-disabled={!enough} data-testid="investigate-seen">
          {t.seen}
        </Button>
      </form>
    </Notice>
  );
}
