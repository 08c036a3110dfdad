// The officer's own word that the person stands here, in person (cl. 4.3); no hand-over without it.
import { useEffect, useRef } from 'react';
import { useTexts } from '../../shared/i18n/language.ts';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { presentAndRight, setPresent } from './desk-deeds.ts';
import { useDesk } from './issuance-store.ts';
import styles from './issuance.module.css';

export function Present() {
  const t = useTexts().issuance.present;
  const { present, missing } = useDesk();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (missing === 'present') box.current?.focus();
  }, [missing]);
  return (
    <section className={styles['present']} data-missing={missing === 'present'}>
      <label data-chosen={present}>
        <input
          ref={box}
          type="checkbox"
          checked={present}
          data-testid="present"
          onChange={(event) => setPresent(event.currentTarget.checked)}
        />
        {t.label}
      </label>
      <button type="button" data-testid="present-and-right" onClick={presentAndRight}>
        {t.andRight}
        <KeyCap>Y</KeyCap>
      </button>
      {missing === 'present' && (
        <p className={styles['missing']} role="alert">
          {t.missing}
        </p>
      )}
    </section>
  );
}
