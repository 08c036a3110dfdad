// Lays one picture over another by two points or by a box: pure, in sheet units (the sheet is 1 high).
import type { Box, Point } from '../../../../shared/contract/measured.ts';

/** Where a picture lies on the sheet: turned and scaled about its own top left, then moved. */
export interface Placement {
  /** Width by height of the picture itself. */
  readonly ratio: number;
  /** Height of the picture in sheet heights. */
  readonly scale: number;
  /** Degrees, clockwise as seen. */
  readonly turn: number;
  /** Its top left in sheet heights from the sheet's top left. */
  readonly x: number;
  readonly y: number;
}

/** Unaligned: the whole picture in the middle of a sheet of `sheetRatio`, as large as it goes. */
export function contain(ratio: number, sheetRatio: number): Placement {
  const scale = Math.min(1, sheetRatio / ratio);
  return { ratio, scale, turn: 0, x: (sheetRatio - ratio * scale) / 2, y: (1 - scale) / 2 };
}

export interface Pupils {
  readonly rightPupil: Point;
  readonly leftPupil: Point;
}

/**
 * The similarity (scale, turn, shift) that puts the pupils of one picture onto the pupils of the picture
 * that fills the sheet. Points in fractions of their pictures; null when a pair of pupils is one point.
 */
export function alignPupils(
  from: Pupils,
  ratio: number,
  to: Pupils,
  sheetRatio: number,
): Placement | null {
  const a = eyes(from, ratio);
  const b = eyes(to, sheetRatio);
  if (a.length < 1e-6 || b.length < 1e-6) return null;
  const scale = b.length / a.length;
  const angle = b.angle - a.angle;
  const cos = Math.cos(angle) * scale;
  const sin = Math.sin(angle) * scale;
  return {
    ratio,
    scale,
    turn: (angle * 180) / Math.PI,
    x: b.at.x - (a.at.x * cos - a.at.y * sin),
    y: b.at.y - (a.at.x * sin + a.at.y * cos),
  };
}

/** Scale and shift that bring the box of one picture to the height and centre of the other's box. */
export function alignBoxes(
  from: Box,
  ratio: number,
  to: Box,
  sheetRatio: number,
): Placement | null {
  if (from.h < 1e-6 || to.h < 1e-6) return null;
  const scale = to.h / from.h;
  return {
    ratio,
    scale,
    turn: 0,
    x: (to.x + to.w / 2) * sheetRatio - (from.x + from.w / 2) * ratio * scale,
    y: to.y + to.h / 2 - (from.y + from.h / 2) * scale,
  };
}

/** Where a point of the picture (fractions) comes to lie on the sheet (sheet heights). */
export function placed(placement: Placement, point: Point): Point {
  const angle = (placement.turn * Math.PI) / 180;
  const x = point.x * placement.ratio * placement.scale;
  const y = point.y * placement.scale;
  return {
    x: placement.x + x * Math.cos(angle) - y * Math.sin(angle),
    y: placement.y + x * Math.sin(angle) + y * Math.cos(angle),
  };
}

/** For React's style on an element inside a sheet of `sheetRatio`; sizes relative to the sheet. */
export function styleOf(placement: Placement, sheetRatio: number) {
  const { ratio, scale, turn, x, y } = placement;
  return {
    left: percent(x / sheetRatio),
    top: percent(y),
    width: percent((ratio * scale) / sheetRatio),
    height: percent(scale),
    transform: turn === 0 ? 'none' : `rotate(${turn.toFixed(4)}deg)`,
    transformOrigin: '0 0',
  } as const;
}

const percent = (share: number): string => `${(share * 100).toFixed(4)}%`;

function eyes({ rightPupil, leftPupil }: Pupils, ratio: number) {
  const at = { x: rightPupil.x * ratio, y: rightPupil.y };
  const dx = leftPupil.x * ratio - at.x;
  const dy = leftPupil.y - at.y;
  return { at, length: Math.hypot(dx, dy), angle: Math.atan2(dy, dx) };
}
