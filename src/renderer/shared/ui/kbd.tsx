// Key caps: from the one table of keys, or of a choice's own key.
import type { ReactNode } from 'react';
import { KEYMAP, type KeyCommand } from '../keys/keymap.ts';
import styles from './ui.module.css';

export function Kbd({ command }: { readonly command: KeyCommand }) {
  return (
    <kbd className={styles['kbd']} aria-hidden="true">
      {KEYMAP[command].cap}
    </kbd>
  );
}

/** The cap of a key that a choice or a button carries itself, in its own colour. */
export function KeyCap({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className={styles['keyCap']} aria-hidden>
      {children}
    </kbd>
  );
}
