// One frame of a picture: wheel zooms about the pointer, dragging pans, a lens follows the pointer.
import { useEffect, useRef, type ReactNode } from 'react';
import { pan, transformOf, wheelFactor, zoomAt, type View } from './view.ts';
import styles from './picture-tools.module.css';

const LENS_POWER = 2.5;
const LENS_RADIUS = 88;

export interface Lens {
  readonly fx: number;
  readonly fy: number;
}

interface Props {
  readonly view: View;
  readonly onView: (change: (view: View) => View) => void;
  /** Width by height of the sheet the picture lies on. */
  readonly ratio: number;
  readonly children: ReactNode;
  readonly lens?: Lens | null;
  /** Given when the magnifier is on. */
  readonly onLens?: ((lens: Lens | null) => void) | undefined;
  readonly paper?: boolean;
  readonly testId?: string;
}

export function Frame(props: Props) {
  const { view, onView, ratio, children, lens, onLens } = props;
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

  const sheet = (
    <div className={styles['mover']} style={{ transform: transformOf(view) }}>
      <div
        className={styles['sheet']}
        style={{ '--ratio': ratio, '--zoom': view.zoom } as React.CSSProperties}
      >
        {children}
      </div>
    </div>
  );

  return (
    <div
      ref={box}
      className={styles['frame']}
      data-paper={props.paper ?? false}
      data-zoomed={view.zoom > 1}
      data-testid={props.testId}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragging.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={move}
      onPointerUp={() => (dragging.current = null)}
      onPointerCancel={() => (dragging.current = null)}
      onPointerLeave={() => onLens?.(null)}
      onDoubleClick={() => onView(() => ({ zoom: 1, x: 0, y: 0 }))}
    >
      {sheet}
      {lens === null || lens === undefined ? null : (
        <div
          className={styles['lens']}
          style={{
            left: `${lens.fx * 100}%`,
            top: `${lens.fy * 100}%`,
            width: LENS_RADIUS * 2,
            height: LENS_RADIUS * 2,
          }}
          aria-hidden
        >
          <div
            className={styles['lensInner']}
            style={{
              left: `calc(${LENS_RADIUS}px - ${lens.fx * LENS_POWER * 100}cqw)`,
              top: `calc(${LENS_RADIUS}px - ${lens.fy * LENS_POWER * 100}cqh)`,
              transform: `scale(${LENS_POWER})`,
            }}
          >
            {sheet}
          </div>
        </div>
      )}
    </div>
  );
}
