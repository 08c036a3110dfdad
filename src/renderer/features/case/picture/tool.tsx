// One tool of a picture: an icon with its name and key on hover.
import type { ReactNode } from 'react';
import { KEYMAP, type KeyCommand } from '../../../shared/keys/keymap.ts';
import styles from './toolbar.module.css';

export function Tool(props: {
  readonly label: string;
  readonly command: KeyCommand;
  readonly pressed?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={styles['tool']}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-keyshortcuts={KEYMAP[props.command].cap}
      data-testid={`tool-${props.command}`}
      title={`${props.label} · ${KEYMAP[props.command].cap}`}
      onClick={(event) => {
        props.onClick();
        // After a mouse click Space must blink the photos, not press the tool again.
        if (event.detail > 0) event.currentTarget.blur();
      }}
    >
      {props.children}
    </button>
  );
}
