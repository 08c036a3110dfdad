// The band no screenshot can miss: this is a training stand.
import { useTexts } from '../shared/i18n/language.ts';
import styles from './app.module.css';

export function TrainingBand() {
  const t = useTexts().shell;
  return (
    <aside className={styles['training']} aria-label={t.training} data-testid="training-band">
      {t.training}
    </aside>
  );
}
