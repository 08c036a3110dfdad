// A button with the cap of a key that stands on this screen only; the screen handles the key.
import { Button, type ButtonProps } from '../../shared/ui/button.tsx';
import styles from './stock.module.css';

export function KeyButton({
  cap,
  children,
  ...rest
}: ButtonProps & { readonly cap: string; readonly children: string }) {
  return (
    <Button {...rest}>
      {children}
      <kbd className={styles['cap']} aria-hidden>
        {cap}
      </kbd>
    </Button>
  );
}
