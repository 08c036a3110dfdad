// One line under the photos: the advice of the comparison in words, Digital-ID beside it, their quarrel named.
import type { CaseDto } from '../../../../shared/contract/case.ts';
import { useTexts } from '../../../shared/i18n/language.ts';
import { StateMark } from '../../../shared/ui/state-mark.tsx';
import { adviceOf, type Beside } from './advice.ts';
import styles from './picture-tools.module.css';
import own from './facts.module.css';

export function AdviceLine(props: { readonly dto: CaseDto; readonly beside: Beside }) {
  const t = useTexts().pictures.advice;
  const { measured, referencePhoto } = props.dto;
  const earlier = props.beside === 'earlier';
  const similarity = earlier ? (measured.earlier?.similarity ?? null) : measured.similarity;
  if (!earlier && referencePhoto === null) return null;
  if (similarity === null) {
    if (!measured.pending) return null;
    return (
      <p className={own['advice']} role="status">
        <span className={styles['dim']}>{t.pending}</span>
      </p>
    );
  }
  const advice = adviceOf(similarity);
  const state =
    similarity.refused === null || similarity.zone === 'no-data' ? similarity.zone : 'no-data';
  return (
    <p className={own['advice']} data-testid="face-advice" data-zone={advice.zone} title={t.eye}>
      <StateMark state={state} bare size={15} />
      <span>
        {t.of[props.beside]}: <strong>{t.zones[advice.zone]}</strong>
      </span>
      {!earlier && (
        <span className={styles['dim']}>
          {advice.digitalId === null ? t.digitalIdNone : t.digitalId[advice.digitalId]}
        </span>
      )}
      {advice.disagree && <span className={styles['quarrel']}>{t.disagree}</span>}
    </p>
  );
}
