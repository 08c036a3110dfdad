// The face upright at 90 px between the eyes: the raster on which light, sharpness and colour are judged.
import { fromSource, gridAt, sample, type Affine, type Levels } from '../raster.ts';
import { lightsOf } from '../light.ts';
import { angleOf, distance, middleOf, type FacePoints, type Xy } from './landmarks.ts';

export const ALIGNED = { width: 256, height: 256, eyeX: 128, eyeY: 112, betweenEyes: 90 } as const;

export interface AlignedFace {
  /** RGB 0…255, 256 × 256. */
  readonly rgb: Float32Array;
  /** Linear light 0…255. */
  readonly light: Uint8Array;
  /** The mesh in px of this raster. */
  readonly points: FacePoints;
  readonly rightPupil: Xy;
  readonly leftPupil: Xy;
}

export function alignFace(
  levels: Levels,
  points: FacePoints,
  rightPupil: Xy,
  leftPupil: Xy,
): AlignedFace {
  const { width, height, eyeX, eyeY, betweenEyes } = ALIGNED;
  const grid = alignedGrid(rightPupil, leftPupil, betweenEyes, eyeX, eyeY);
  const rgb = sample(levels, grid, { width, height, fine: 2, stretchBorder: true });
  return {
    rgb,
    light: lightsOf(rgb),
    points: inGrid(grid, points),
    rightPupil: fromSource(grid, ...rightPupil),
    leftPupil: fromSource(grid, ...leftPupil),
  };
}

/** A grid with the eyes level, `betweenEyes` px apart, their middle at (eyeX, eyeY). */
export function alignedGrid(
  rightPupil: Xy,
  leftPupil: Xy,
  betweenEyes: number,
  eyeX: number,
  eyeY: number,
): Affine {
  const [cx, cy] = middleOf(rightPupil, leftPupil);
  const step = distance(rightPupil, leftPupil) / betweenEyes;
  return gridAt(cx, cy, step, angleOf(rightPupil, leftPupil), eyeX, eyeY);
}

function inGrid(grid: Affine, points: FacePoints): FacePoints {
  const moved = new Float32Array(points.length);
  for (let at = 0; at < points.length; at += 3) {
    const [x, y] = fromSource(grid, points[at]!, points[at + 1]!);
    moved[at] = x;
    moved[at + 1] = y;
    moved[at + 2] = points[at + 2]!;
  }
  return moved;
}

/** 1 inside the outline, 0 outside, for a raster of the given size (even-odd rule at pixel middles). */
export function maskOf(outline: readonly Xy[], width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  const crossings: number[] = [];
  for (let y = 0; y < height; y++) {
    crossings.length = 0;
    for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
      const [x1, y1] = outline[i]!;
      const [x2, y2] = outline[j]!;
      if (y1 > y + 0.5 !== y2 > y + 0.5)
        crossings.push(x1 + ((y + 0.5 - y1) / (y2 - y1)) * (x2 - x1));
    }
    crossings.sort((one, other) => one - other);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]! - 0.5));
      const to = Math.min(width, Math.ceil(crossings[k + 1]! - 0.5));
      if (to > from) mask.fill(1, y * width + from, y * width + to);
    }
  }
  return mask;
}
