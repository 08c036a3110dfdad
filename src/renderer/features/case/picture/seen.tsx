// What was found on the new photo: head box, eye line, pupils, tilt, and the lines of crown and chin.
import { useRef } from 'react';
import type { CaseDto } from '../../../../shared/contract/case.ts';
import type { Point, PortraitGeometry } from '../../../../shared/contract/measured.ts';
import type { Pixels } from '../../../../shared/kernel/card-frame.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { decimal } from './decimal.ts';
import { LineHandle } from './head-line.tsx';
import {
  fitWith,
  headNorm,
  lineTo,
  linesOf,
  moveLine,
  tiltOf,
  type LineName,
} from './head-lines.ts';
import { layLines } from './line-deed.ts';
import { look, useLooking } from './picture-store.ts';
import styles from './overlays.module.css';

const UNITS = 1000;
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** Eye line and pupils of one photo; also for the photo beside, to see that the eyes stand alike. */
export function EyeMarks(props: { readonly geometry: PortraitGeometry; readonly ratio: number }) {
  const { geometry, ratio } = props;
  const a = { x: geometry.rightPupil.x * ratio * UNITS, y: geometry.rightPupil.y * UNITS };
  const b = { x: geometry.leftPupil.x * ratio * UNITS, y: geometry.leftPupil.y * UNITS };
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const arm = Math.hypot(dx, dy) * 0.07;
  const cross = ({ x, y }: Point): string =>
    `M${x - arm} ${y}H${x + arm}M${x} ${y - arm}V${y + arm}`;
  // The line runs a little beyond the eyes: across the head, not across the picture.
  const out = 0.7;
  const line = `M${a.x - dx * out} ${a.y - dy * out}L${b.x + dx * out} ${b.y + dy * out}`;
  return (
    <svg
      className={styles['found']}
      viewBox={`0 0 ${ratio * UNITS} ${UNITS}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path className={styles['eyeLine']} d={line} />
      <path className={styles['pupilUnder']} d={cross(a) + cross(b)} />
      <path className={styles['pupil']} d={cross(a) + cross(b)} />
    </svg>
  );
}

export function Seen(props: {
  readonly dto: CaseDto;
  readonly geometry: PortraitGeometry;
  readonly size: Pixels;
}) {
  const t = useTexts().pictures.seen;
  const { dto, geometry, size } = props;
  const live = useLooking((s) => s.live);
  const layer = useRef<HTMLDivElement>(null);
  const ratio = size.width / size.height;
  const lines = live ?? linesOf(geometry, dto.measured.lines);
  const { headMm } = fitWith(geometry, lines, size);
  const tilt = tiltOf(geometry, ratio);
  const mayMove = dto.actions.some((each) => each.action === 'confirm' && each.enabled);
  const { head } = geometry;

  const handle = (name: LineName) => (
    <LineHandle
      key={name}
      name={name}
      at={lines[name]}
      width={head.w * 1.35}
      tilt={tilt}
      headMm={headMm}
      norm={headNorm(dto)}
      moved={dto.measured.lines !== null || live !== null}
      disabled={!mayMove}
      pointAt={(event) => {
        const r = layer.current?.getBoundingClientRect();
        if (r === undefined) return;
        const point = {
          x: (event.clientX - r.left) / r.width,
          y: (event.clientY - r.top) / r.height,
        };
        look.live(lineTo(lines, name, point, geometry, ratio));
      }}
      step={(by) => look.live(moveLine(lines, name, by, geometry, ratio))}
      release={() => {
        const laid = useLooking.getState().live;
        if (laid !== null) void layLines(dto.applicationId, laid);
      }}
      reset={() => void layLines(dto.applicationId, null)}
    />
  );

  return (
    <div
      ref={layer}
      className={styles['seen']}
      data-testid="photo-seen"
      data-moved={dto.measured.lines !== null}
    >
      <div
        className={styles['headBox']}
        style={{
          left: percent(head.x),
          top: percent(head.y),
          width: percent(head.w),
          height: percent(head.h),
        }}
      />
      <EyeMarks geometry={geometry} ratio={ratio} />
      <span
        className={styles['tiltLabel']}
        style={{
          left: percent(head.x + head.w),
          top: percent((geometry.leftPupil.y + geometry.rightPupil.y) / 2),
        }}
        title={fill(t.tilt, { n: decimal(tilt, 1) })}
      >
        {`${decimal(tilt, 1)}°`}
      </span>
      {handle('crown')}
      {handle('chin')}
    </div>
  );
}
