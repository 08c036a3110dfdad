// A bubble of words beside a control: on hover, on focus, and on F1 or a press when asked.
import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import styles from './ui.module.css';

interface Place {
  readonly left: number;
  readonly top: number;
}

/** Puts the bubble above its control, or below when there is no room, inside the window. */
function placeFor(anchor: DOMRect, bubble: DOMRect, width: number): Place {
  const gap = 8;
  const left = Math.min(
    Math.max(gap, anchor.left + anchor.width / 2 - bubble.width / 2),
    width - bubble.width - gap,
  );
  const above = anchor.top - bubble.height - gap;
  return { left, top: above >= gap ? above : anchor.bottom + gap };
}

export function useHint(content: ReactNode) {
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState<Place | null>(null);
  const anchor = useRef<HTMLElement | null>(null);
  const bubble = useRef<HTMLDivElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    if (!open || anchor.current === null || bubble.current === null) return;
    const zoom = Number(document.documentElement.style.getPropertyValue('zoom')) || 1;
    const at = placeFor(
      anchor.current.getBoundingClientRect(),
      bubble.current.getBoundingClientRect(),
      window.innerWidth,
    );
    const next = { left: at.left / zoom, top: at.top / zoom };
    // The words are new nodes on every render: an equal place must not render again, for ever.
    setPlace((now) => (now?.left === next.left && now.top === next.top ? now : next));
  }, [open, content]);

  const show = (event: { currentTarget: EventTarget }): void => {
    anchor.current = event.currentTarget as HTMLElement;
    setOpen(true);
  };
  const hide = (): void => {
    setOpen(false);
    setPlace(null);
  };

  const node =
    open && content !== null && content !== undefined
      ? createPortal(
          <div
            ref={bubble}
            id={id}
            role="tooltip"
            className={styles['bubble']}
            style={{
              left: place?.left ?? 0,
              top: place?.top ?? 0,
              visibility: place === null ? 'hidden' : 'visible',
            }}
          >
            {content}
          </div>,
          document.body,
        )
      : null;

  return {
    node,
    show,
    hide,
    describedBy: open ? id : undefined,
    props: { onMouseEnter: show, onMouseLeave: hide, onFocus: show, onBlur: hide },
  };
}
