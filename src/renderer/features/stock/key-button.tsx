// A button with the cap of a key that stands on this screen only; the screen handles the key.
import { Button, type ButtonProps } from '../../shared/ui/button.tsx';
import { KeyCap } from '../../shared/ui/kbd.tsx';

export function KeyButton({
  cap,
  children,
  ...rest
}: ButtonProps & { readonly cap: string; readonly children: string }) {
  return (
    <Button {...rest}>
      {children}
      <KeyCap>{cap}</KeyCap>
    </Button>
  );
}
