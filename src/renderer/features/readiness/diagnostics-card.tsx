// The diagnostics bundle on the readiness page: what goes in and what never does, before the button.
import { useTexts } from '../../shared/i18n/language.ts';
import { SaveDiagnostics } from '../../shared/diagnostics/save-diagnostics.tsx';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import styles from './readiness.module.css';

export function DiagnosticsCard() {
  const t = useTexts().readiness.diagnostics;
  return (
    <SectionCard title={t.title} testId="diagnostics">
      <p className={styles['about']}>{t.about}</p>
      <ul className={styles['inside']} aria-label={t.insideLabel}>
        {t.inside.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <p className={styles['about']}>{t.never}</p>
      <div className={styles['deed']}>
        <SaveDiagnostics />
      </div>
    </SectionCard>
  );
}
