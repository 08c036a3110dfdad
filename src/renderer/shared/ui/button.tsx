// The button of every screen, with its key cap and hint.
import { IconLoader2 } from '@tabler/icons-react';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import type { KeyCommand } from '../keys/keymap.ts';
import { Kbd } from './kbd.tsx';
import styles from './ui.module.css';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly look?: 'primary' | 'danger' | 'quiet' | 'plain';
  readonly size?: 'usual' | 'large' | 'counter';
  readonly icon?: ReactNode;
  /** Shows the key cap; the key itself is handled by useKeys. */
  readonly command?: KeyCommand;
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly 'data-testid'?: string;
}

export function Button({
  look = 'plain',
  size = 'usual',
  icon,
  command,
  busy = false,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={styles['button']}
      data-look={look}
      data-size={size}
      data-busy={busy}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <IconLoader2 size={16} className={styles['spin']} aria-hidden="true" /> : icon}
      {children}
      {command !== undefined && <Kbd command={command} />}
    </button>
  );
}
