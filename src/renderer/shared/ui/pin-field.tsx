// The PIN: typed into the field, taken once, wiped; it never stands in a store or in React state.
import { useEffect, useId, useImperativeHandle, useRef, type Ref } from 'react';
import type { TokenDto } from '../../../shared/contract/session.ts';
import { useTexts } from '../i18n/language.ts';
import styles from './ui.module.css';

type Tries = TokenDto['pin']['tries'];

/** How many dots are filled; PKCS#11 tells no number, only full, low, final, locked. */
const LEFT: Record<Tries, number> = { full: 3, low: 2, final: 1, locked: 0 };

export interface PinHandle {
  /** Gives what was typed and wipes the field. */
  take: () => string;
  isEmpty: () => boolean;
  focus: () => void;
}

interface Props {
  readonly ref: Ref<PinHandle>;
  readonly tries?: Tries;
  readonly label?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly onEnter?: () => void;
  readonly onFilled?: (filled: boolean) => void;
  readonly testId?: string;
}

export function PinTries({ tries }: { readonly tries: Tries }) {
  const t = useTexts().common.pin;
  return (
    <span className={styles['tries']} data-tries={tries}>
      <span className={styles['dots']} aria-hidden="true">
        {[0, 1, 2].map((i) => (
          <span key={i} className={styles['dot']} data-left={i < LEFT[tries]} />
        ))}
      </span>
      {t.tries[tries]}
    </span>
  );
}

export function PinField(props: Props) {
  const { ref, tries, label, maxLength = 128, disabled = false, autoFocus = false } = props;
  const t = useTexts().common.pin;
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useImperativeHandle(ref, () => ({
    take: () => {
      const pin = field.current?.value ?? '';
      if (field.current !== null) field.current.value = '';
      props.onFilled?.(false);
      return pin;
    },
    isEmpty: () => (field.current?.value ?? '') === '',
    focus: () => field.current?.focus(),
  }));
  useEffect(() => {
    const input = field.current;
    if (autoFocus) input?.focus();
    return () => {
      if (input !== null) input.value = '';
    };
  }, [autoFocus]);
  return (
    <div className={styles['pin']}>
      <span className={styles['pinLabel']}>
        <label htmlFor={id}>{label ?? t.label}</label>
        {tries !== undefined && <PinTries tries={tries} />}
      </span>
      <input
        ref={field}
        id={id}
        type="password"
        className={`${styles['input']} ${styles['pinInput']}`}
        data-testid={props.testId ?? 'pin-field'}
        autoComplete="off"
        spellCheck={false}
        maxLength={maxLength}
        disabled={disabled || tries === 'locked'}
        onInput={(event) => props.onFilled?.(event.currentTarget.value !== '')}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey) return;
          event.preventDefault();
          props.onEnter?.();
        }}
      />
    </div>
  );
}
