// One line of the head, crown or chin: dragged by mouse, moved by arrows, put back by Delete or a double click.
import { useRef } from 'react';
import type { Point } from '../../../../shared/contract/measured.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { decimal } from './decimal.ts';
import { keyStep, outsideNorm, type HeadNorm, type LineName } from './head-lines.ts';
import { look } from './picture-store.ts';
import styles from './head-line.module.css';

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

export function LineHandle(props: {
  readonly name: LineName;
  readonly at: Point;
  readonly width: number;
  readonly tilt: number;
  readonly headMm: number;
  readonly norm: HeadNorm;
  readonly moved: boolean;
  readonly disabled: boolean;
  readonly pointAt: (event: React.PointerEvent) => void;
  readonly step: (by: number) => void;
  readonly release: () => void;
  readonly reset: () => void;
}) {
  const t = useTexts().pictures.seen;
  const { name, at, headMm } = props;
  const words = fill(t.headWord, {
    n: decimal(headMm, 1),
    ...props.norm,
  });
  const label = name === 'crown' ? t.moveCrown : t.moveChin;
  const dragged = useRef(false);
  const byKey = useRef(false);
  const outside = outsideNorm(headMm, props.norm);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const way = event.code === 'ArrowUp' ? -1 : event.code === 'ArrowDown' ? 1 : 0;
    const reset = event.code === 'Delete' || event.code === 'Backspace';
    if (way === 0 && !reset) return;
    event.preventDefault();
    event.stopPropagation();
    if (props.disabled) return;
    if (reset) return props.reset();
    byKey.current = true;
    props.step(way * keyStep(event.shiftKey));
  };
  const finishKey = (): void => {
    if (byKey.current) props.release();
    byKey.current = false;
  };

  return (
    <div
      className={styles['headLine']}
      data-testid={`line-${name}`}
      data-name={name}
      data-outside={outside}
      style={{
        left: percent(at.x),
        top: percent(at.y),
        width: percent(props.width),
        transform: `translate(-50%, -50%) rotate(${props.tilt.toFixed(2)}deg)`,
      }}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-disabled={props.disabled}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(at.y * 1000) / 10}
      aria-valuetext={words}
      title={label}
      onPointerDown={(event) => {
        event.stopPropagation();
        if (event.button !== 0 || props.disabled) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = false;
      }}
      onPointerMove={(event) => {
        if (!(event.buttons & 1) || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
        event.stopPropagation();
        dragged.current = true;
        props.pointAt(event);
      }}
      onPointerUp={() => {
        if (dragged.current) props.release();
        dragged.current = false;
      }}
      onPointerCancel={() => look.live(null)}
      onDoubleClick={(event) => {
        event.stopPropagation();
        if (!props.disabled && props.moved) props.reset();
      }}
      onKeyDown={onKeyDown}
      onKeyUp={finishKey}
      onBlur={finishKey}
    >
      <span className={styles['lineLabel']}>
        {name === 'crown' ? `${t.crown} · ${fill(t.head, { n: decimal(headMm, 1) })}` : t.chin}
        {name === 'chin' && props.moved ? ` · ${t.moved}` : ''}
      </span>
    </div>
  );
}
