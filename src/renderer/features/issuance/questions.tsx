// In-person questions: asked aloud; the answers show only while the officer holds the key.
import { IconCheck, IconEye, IconMinus, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { HandOverDto } from '../../../shared/contract/issuance.ts';
import { formatDate } from '../../shared/format/format.ts';
import { byLanguage, useTexts } from '../../shared/i18n/language.ts';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { answer } from './desk-deeds.ts';
import { useDesk } from './issuance-store.ts';
import styles from './issuance.module.css';
import own from './questions.module.css';

const CHOICES = [
  { outcome: 'right', Icon: IconCheck },
  { outcome: 'wrong', Icon: IconX },
  { outcome: 'skipped', Icon: IconMinus },
] as const;

/** True while V or the button is held; the scanner's burst never shows answers. */
function useHeld(): [boolean, (held: boolean) => void] {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const typing = (target: EventTarget | null): boolean =>
      target instanceof HTMLTextAreaElement ||
      (target instanceof HTMLInputElement && target.type !== 'radio');
    const down = (event: KeyboardEvent): void => {
      if (event.code === 'KeyV' && !event.ctrlKey && !typing(event.target)) setHeld(true);
    };
    const up = (event: KeyboardEvent): void => {
      if (event.code === 'KeyV') setHeld(false);
    };
    const off = (): void => setHeld(false);
    document.addEventListener('keydown', down);
    document.addEventListener('keyup', up);
    window.addEventListener('blur', off);
    return () => {
      document.removeEventListener('keydown', down);
      document.removeEventListener('keyup', up);
      window.removeEventListener('blur', off);
    };
  }, []);
  return [held, setHeld];
}

export function Questions({ card }: { readonly card: HandOverDto }) {
  const t = useTexts().issuance.questions;
  const answers = useDesk((s) => s.answers);
  const [held, setHeld] = useHeld();
  const wrong = Object.values(answers).includes('wrong');
  return (
    <section className={own['questions']} aria-label={t.title}>
      <header>
        <h2>{t.title}</h2>
        <span className={styles['hint']}>{t.hint}</span>
        <button
          type="button"
          className={own['reveal']}
          aria-pressed={held}
          data-testid="show-answers"
          onPointerDown={() => setHeld(true)}
          onPointerUp={() => setHeld(false)}
          onPointerLeave={() => setHeld(false)}
          onKeyDown={(event) => {
            if (event.code === 'Space' || event.code === 'Enter') {
              event.preventDefault();
              setHeld(true);
            }
          }}
          onKeyUp={() => setHeld(false)}
          onBlur={() => setHeld(false)}
        >
          <IconEye size={18} aria-hidden />
          {t.show}
          <kbd aria-hidden>V</kbd>
        </button>
      </header>
      <ol>
        {card.questions.map((question, index) => (
          <li key={question.code} data-answer={answers[question.code] ?? 'none'}>
            <KeyCap>{index + 1}</KeyCap>
            <div className={own['ask']}>
              <p>{t.ask[question.code]}</p>
              <p
                className={own['answer']}
                data-shown={held}
                aria-hidden={!held}
                title={held ? undefined : t.hidden}
              >
                {held ? answerWords(question) : '• • •'}
              </p>
            </div>
            <div className={own['choices']} role="group" aria-label={t.ask[question.code]}>
              {CHOICES.map(({ outcome, Icon }) => (
                <button
                  key={outcome}
                  type="button"
                  data-outcome={outcome}
                  aria-pressed={answers[question.code] === outcome}
                  data-testid={`answer-${question.code}-${outcome}`}
                  onClick={(event) => {
                    answer(question.code, outcome);
                    if (event.detail > 0) event.currentTarget.blur();
                  }}
                >
                  <Icon size={18} stroke={2} aria-hidden />
                  {t[outcome]}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ol>
      {wrong && (
        <p className={own['wrongNote']} role="status">
          {t.wrongNote}
        </p>
      )}
    </section>
  );
}

const answerWords = (question: HandOverDto['questions'][number]): string =>
  formatDate(byLanguage(question.answerRu, question.answerKz));
