// Crown and chin as the officer moves them: along the head's own axis, with the head's height at once.
import { CARD, fitCard, type CardFit, type Pixels } from '../../../../shared/kernel/card-frame.ts';
import type { CaseDto, HeadLines } from '../../../../shared/contract/case.ts';
import type { Point, PortraitGeometry } from '../../../../shared/contract/measured.ts';

export type LineName = keyof HeadLines;

/** Crown stays above the chin by at least this share of the distance measured. */
const LEAST_HEAD = 0.2;

/** The lines in force: the officer's own, else as measured. */
export const linesOf = (geometry: PortraitGeometry, moved: HeadLines | null): HeadLines =>
  moved ?? { crown: geometry.crown, chin: geometry.chin };

/** Tilt of the eye line in degrees, positive clockwise as seen; `ratio` = width by height. */
export function tiltOf(geometry: PortraitGeometry, ratio: number): number {
  const dx = (geometry.leftPupil.x - geometry.rightPupil.x) * ratio;
  const dy = geometry.leftPupil.y - geometry.rightPupil.y;
  return (Math.atan2(dy, dx) * 180) / Math.PI;
}

export interface HeadNorm {
  readonly min: number;
  readonly max: number;
}

/** Millimetres of the head on the card as the node's limits say; without a row the card's own norm. */
export function headNorm({ checks }: Pick<CaseDto, 'checks'>): HeadNorm {
  const agrees = checks.find((row) => row.code === 'head-height')?.measure?.agrees;
  return { min: agrees?.min ?? CARD.headMinMm, max: agrees?.max ?? CARD.headMaxMm };
}

/** Outside as written, to a tenth: «32,0» is not under 32. */
export const outsideNorm = (headMm: number, { min, max }: HeadNorm): boolean =>
  headMm < min - 0.05 || headMm > max + 0.05;

/** One step of a key: a quarter of a percent of the picture's height, ten times with Shift. */
export const keyStep = (shift: boolean): number => (shift ? 0.025 : 0.0025);

/**
 * Moves a line by `by` picture heights along the head's axis (positive: towards the chin's side).
 * The point stays inside the picture and on its side of the other line.
 */
export function moveLine(
  lines: HeadLines,
  name: LineName,
  by: number,
  geometry: PortraitGeometry,
  ratio: number,
): HeadLines {
  const axis = axisOf(geometry, ratio);
  const other = name === 'crown' ? lines.chin : lines.crown;
  const from = lines[name];
  const gap = along(axis, ratio, from, other);
  const least = LEAST_HEAD * along(axis, ratio, geometry.crown, geometry.chin);
  // The crown may go down until the gap to the chin is the least one; the chin up to the same.
  const limited = name === 'crown' ? Math.min(by, gap - least) : Math.max(by, gap + least);
  const step = insideStep(from, axis, limited, ratio);
  return {
    ...lines,
    [name]: { x: from.x + (axis.x * step) / ratio, y: from.y + axis.y * step },
  };
}

/** The line laid where the pointer is (fractions of the picture). */
export function lineTo(
  lines: HeadLines,
  name: LineName,
  pointer: Point,
  geometry: PortraitGeometry,
  ratio: number,
): HeadLines {
  const by = along(axisOf(geometry, ratio), ratio, lines[name], pointer);
  return moveLine(lines, name, by, geometry, ratio);
}

/** The cut to the card with these lines, from which the head's height in mm comes. */
export const fitWith = (geometry: PortraitGeometry, lines: HeadLines, size: Pixels): CardFit =>
  fitCard({ ...geometry, ...lines }, size);

/** Unit vector down the face in sheet units (picture heights), square to the eye line. */
function axisOf(geometry: PortraitGeometry, ratio: number): Point {
  const angle = (tiltOf(geometry, ratio) * Math.PI) / 180;
  return { x: -Math.sin(angle), y: Math.cos(angle) };
}

const along = (axis: Point, ratio: number, from: Point, to: Point): number =>
  (to.x - from.x) * ratio * axis.x + (to.y - from.y) * axis.y;

/** Shortens a step so that the point stays inside the picture from top to bottom. */
function insideStep(from: Point, axis: Point, step: number, ratio: number): number {
  const ends = [...limits(from.y, axis.y, 1), ...limits(from.x * ratio, axis.x, ratio)];
  const low = Math.max(...ends.filter((end) => end <= 0), Number.NEGATIVE_INFINITY);
  const high = Math.min(...ends.filter((end) => end >= 0), Number.POSITIVE_INFINITY);
  return Math.min(high, Math.max(low, step));
}

const limits = (at: number, speed: number, size: number): number[] =>
  Math.abs(speed) < 1e-9 ? [] : [-at / speed, (size - at) / speed];
