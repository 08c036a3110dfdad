// A field for the officer's reason: Ctrl+Enter writes it, Escape leaves it; three signs at least.
import { useId } from 'react';
import { Button } from '../../../shared/ui/button.tsx';
import { useCase } from '../case-store.ts';
import styles from './checks.module.css';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly tooShort: string;
  readonly save: string;
  readonly cancel: string;
  readonly testId: string;
  readonly saveTestId: string;
  readonly onSave: (reason: string) => void;
  readonly onCancel: () => void;
}

export function ReasonField(props: Props) {
  const reason = useCase((s) => s.written);
  const id = useId();
  const short = reason.trim().length < 3;
  const save = (): void => {
    if (!short) props.onSave(reason.trim());
  };
  return (
    <div className={styles['override']}>
      <label htmlFor={id}>{props.label}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={500}
        value={reason}
        autoFocus
        placeholder={props.placeholder}
        data-testid={props.testId}
        onChange={(event) => useCase.setState({ written: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) {
            event.preventDefault();
            save();
          }
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            props.onCancel();
          }
        }}
      />
      <div className={styles['row']}>
        <span className={styles['dim']}>{short ? props.tooShort : ''}</span>
        <Button look="quiet" onClick={props.onCancel}>
          {props.cancel}
        </Button>
        <Button
          look="primary"
          command="sign"
          aria-disabled={short}
          data-testid={props.saveTestId}
          onClick={save}
        >
          {props.save}
        </Button>
      </div>
    </div>
  );
}
