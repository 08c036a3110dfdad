// A choice of a few, all of them visible: a radio group that looks like one control.
import { useId, type ReactNode } from 'react';
import styles from './ui.module.css';

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[];
  readonly onChange: (value: T) => void;
  readonly testId?: string;
  /** Fixed by somebody else: shown, not chosen. */
  readonly disabled?: boolean;
}

export function Segmented<T extends string>(props: Props<T>) {
  const name = useId();
  return (
    <div
      className={styles['segmented']}
      role="radiogroup"
      aria-label={props.label}
      aria-disabled={props.disabled === true}
      data-testid={props.testId}
    >
      {props.options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === props.value}
            disabled={props.disabled === true}
            onChange={() => props.onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
