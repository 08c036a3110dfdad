// What the citizen gets, in both languages, side by side or one under the other.
import { useTexts } from '../i18n/language.ts';
import styles from './signing.module.css';

export function CitizenText(props: { readonly ru: string; readonly kz: string }) {
  const t = useTexts().act.panel;
  return (
    <section className={styles['citizen']} aria-label={t.citizen}>
      <h3 className={styles['label']}>{t.citizen}</h3>
      <div className={styles['letters']}>
        <blockquote lang="kk">
          <span className={styles['label']}>{t.kazakh}</span>
          {props.kz}
        </blockquote>
        <blockquote lang="ru">
          <span className={styles['label']}>{t.russian}</span>
          {props.ru}
        </blockquote>
      </div>
    </section>
  );
}
