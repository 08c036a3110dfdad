// One frame of a picture: wheel zooms about the pointer, dragging and arrows pan, a lens follows the pointer.
import { useEffect, useRef, type ReactNode } from 'react';
import type { Moving } from './picture-store.ts';
import { WHOLE, pan, wheelFactor, zoomAt, type View } from './view.ts';
import styles from './picture-tools.module.css';
import own from './frame.module.css';

const PAN_STEP = 0.1;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [PAN_STEP, 0],
  ArrowRight: [-PAN_STEP, 0],
  ArrowUp: [0, PAN_STEP],
  ArrowDown: [0, -PAN_STEP],
};

interface Props {
  readonly label: string;
  readonly onView: (change: (view: View) => View) => void;
  /** Width by height of the sheet the picture lies on. */
  readonly ratio: number;
  /** The pictures themselves; the lens shows them too. */
  readonly children: ReactNode;
  /** Lines, boxes and handles over the pictures. */
  readonly over?: ReactNode;
  /** Signs that stand still in the frame's corner. */
  readonly signs?: ReactNode;
  /** Given when the magnifier is on. */
  readonly onLens?: ((lens: Moving['lens']) => void) | undefined;
  readonly paper?: boolean;
  readonly testId?: string;
}

/** Zoom and pan come from the CSS variables of the stage around it (`useStageVars`). */
export function Frame(props: Props) {
  const { onView, ratio, children, onLens } = props;
  const box = useRef<HTMLDivElement>(null);
  const dragging = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    // React's own wheel listener is passive and could not keep the page from scrolling.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const r = element.getBoundingClientRect();
      const px = (event.clientX - r.left) / r.width - 0.5;
      const py = (event.clientY - r.top) / r.height - 0.5;
      onView((now) => zoomAt(now, wheelFactor(event.deltaY), px, py));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [onView]);

  const move = (event: React.PointerEvent<HTMLDivElement>): void => {
    const r = event.currentTarget.getBoundingClientRect();
    onLens?.({
      fx: (event.clientX - r.left) / r.width,
      fy: (event.clientY - r.top) / r.height,
    });
    const from = dragging.current;
    if (from === null) return;
    dragging.current = { x: event.clientX, y: event.clientY };
    const dx = (event.clientX - from.x) / r.width;
    const dy = (event.clientY - from.y) / r.height;
    onView((now) => pan(now, dx, dy));
  };

  const panByKey = (event: React.KeyboardEvent): void => {
    const way = ARROWS[event.code];
    if (way === undefined || event.ctrlKey || event.altKey) return;
    onView((now) => {
      const next = pan(now, way[0], way[1]);
      // A whole picture has nowhere to go: the arrows stay with the list of cases.
      if (now.zoom > 1) {
        event.preventDefault();
        event.stopPropagation();
      }
      return next;
    });
  };

  const sheet = (over: ReactNode) => (
    <div className={own['mover']}>
      <div className={own['sheet']} style={{ '--ratio': ratio } as React.CSSProperties}>
        {children}
        {over}
      </div>
    </div>
  );

  return (
    <div
      ref={box}
      className={styles['frame']}
      role="group"
      aria-label={props.label}
      tabIndex={0}
      data-paper={props.paper ?? false}
      data-testid={props.testId}
      onKeyDown={panByKey}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragging.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={move}
      onPointerUp={() => (dragging.current = null)}
      onPointerCancel={() => (dragging.current = null)}
      onPointerLeave={() => onLens?.(null)}
      onDoubleClick={() => onView(() => WHOLE)}
    >
      {sheet(props.over)}
      {onLens === undefined ? null : (
        <div className={own['lens']} aria-hidden>
          <div className={own['lensInner']}>{sheet(null)}</div>
        </div>
      )}
      {props.signs === undefined ? null : <div className={own['signs']}>{props.signs}</div>}
    </div>
  );
}
