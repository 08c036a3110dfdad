// A key cap from the one table of keys.
import { KEYMAP, type KeyCommand } from '../keys/keymap.ts';
import styles from './ui.module.css';

export function Kbd({ command }: { readonly command: KeyCommand }) {
  return (
    <kbd className={styles['kbd']} aria-hidden="true">
      {KEYMAP[command].cap}
    </kbd>
  );
}
