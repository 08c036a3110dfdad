// The PIN for one signature: the field, the tries left, back and sign; the same foot wherever something is signed.
import { IconSignature } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useKeys, type KeyScope } from '../keys/use-keys.ts';
import { Button } from '../ui/button.tsx';
import { PinField, type PinHandle } from '../ui/pin-field.tsx';
import type { Tries } from './pin-tries.ts';
import styles from './signing.module.css';

interface Props {
  readonly scope: KeyScope;
  readonly tries: Tries | undefined;
  /** The card is at work: nothing can be typed or asked. */
  readonly busy: boolean;
  /** No PIN is taken now: the token is away, or what was prepared is out of date. */
  readonly barred?: boolean;
  /** What the PIN is for, where "PIN" alone does not say it. */
  readonly label?: string;
  readonly back: { readonly words: string; readonly testId?: string; readonly onClick: () => void };
  readonly sign: { readonly words: string; readonly testId: string };
  /** One row (a screen's foot) instead of a column (a panel's). */
  readonly wide?: boolean;
  /** A word under the field. */
  readonly hint?: ReactNode;
  /** Above the field: refusals and notices. */
  readonly children?: ReactNode;
  /** Gets the PIN once, already wiped from the field; the field has the focus again when `busy` ends. */
  readonly onPin: (pin: string) => void;
}

export function PinFoot(props: Props) {
  const { tries, busy, barred = false, label, back, sign, wide = false } = props;
  const pin = useRef<PinHandle>(null);
  const worked = useRef(false);
  const [filled, setFilled] = useState(false);
  // A disabled field takes no focus, so it is given back after the field has come alive again.
  useEffect(() => {
    if (worked.current && !busy) pin.current?.focus();
    worked.current = busy;
  }, [busy]);

  const go = (): void => {
    if (busy) return;
    if (pin.current === null || pin.current.isEmpty() || barred) return pin.current?.focus();
    props.onPin(pin.current.take());
  };
  // Ctrl+Enter from anywhere in the panel, fields included.
  useKeys(props.scope, { sign: go });

  const field = (
    <PinField
      ref={pin}
      autoFocus
      disabled={busy || barred}
      onFilled={setFilled}
      onEnter={go}
      {...(label === undefined ? {} : { label })}
      {...(tries === undefined ? {} : { tries })}
    />
  );
  return (
    <div className={styles['foot']}>
      {props.children}
      {!wide && field}
      {props.hint}
      <div className={styles['keys']} data-wide={wide}>
        <Button
          look="quiet"
          command="back"
          onClick={back.onClick}
          {...(back.testId === undefined ? {} : { 'data-testid': back.testId })}
        >
          {back.words}
        </Button>
        {wide && field}
        <Button
          look="primary"
          size="large"
          command="sign"
          busy={busy}
          aria-disabled={!filled || barred || tries === 'locked'}
          data-testid={sign.testId}
          icon={<IconSignature size={18} aria-hidden />}
          onClick={go}
        >
          {sign.words}
        </Button>
      </div>
    </div>
  );
}
