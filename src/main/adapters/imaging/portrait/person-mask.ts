// Parts the person from the background with the Selfie net, and finds how far the head reaches above the eyes.
import { fromSource, sample, type Affine, type Levels } from '../raster.ts';
import { squareGrid } from './detect-faces.ts';
import type { Xy } from './landmarks.ts';
import type { FaceModels } from './models.ts';

const SIDE = 256;

export interface PersonMask {
  /** Probability 0…1 that a point of the working picture is the person; beyond the picture 1. */
  at(x: number, y: number): number;
}

export async function personMask(models: FaceModels, levels: Levels): Promise<PersonMask> {
  const { width, height } = levels[0]!;
  const grid = squareGrid(width, height, Math.max(width, height) / SIDE);
  const input = sample(levels, grid, { width: SIDE, height: SIDE, scale: 1 / 255 });
  const [output] = Object.values(await models.run('selfie', input));
  return { at: (x, y) => interpolated(output!, grid, x, y, width, height) };
}

function interpolated(
  mask: Float32Array,
  grid: Affine,
  x: number,
  y: number,
  width: number,
  height: number,
): number {
  if (x < 0 || y < 0 || x >= width || y >= height) return 1;
  const [gx, gy] = fromSource(grid, x, y);
  const u = Math.max(0, Math.min(SIDE - 1.001, gx - 0.5));
  const v = Math.max(0, Math.min(SIDE - 1.001, gy - 0.5));
  const [x0, y0] = [Math.floor(u), Math.floor(v)];
  const [fx, fy] = [u - x0, v - y0];
  const at = y0 * SIDE + x0;
  return (
    mask[at]! * (1 - fx) * (1 - fy) +
    mask[at + 1]! * fx * (1 - fy) +
    mask[at + SIDE]! * (1 - fx) * fy +
    mask[at + SIDE + 1]! * fx * fy
  );
}

/** Beyond this many T above the eyes nothing belongs to a head. */
const HIGHEST = 2.6;

/**
 * Height of the silhouette above the eyes along the face's axis, in T (eye midpoint to chin).
 * The picture's own edge ends it too.
 */
export function silhouetteAboveEyes(
  mask: PersonMask,
  { width, height }: { readonly width: number; readonly height: number },
  eyes: Xy,
  chin: Xy,
): number {
  const t = Math.hypot(eyes[0] - chin[0], eyes[1] - chin[1]);
  const up: Xy = [(eyes[0] - chin[0]) / t, (eyes[1] - chin[1]) / t];
  for (let way = 0; way < HIGHEST * t; way += t / 120) {
    const [x, y] = [eyes[0] + up[0] * way, eyes[1] + up[1] * way];
    if (x < 0 || y < 0 || x >= width || y >= height || mask.at(x, y) < 0.5) return way / t;
  }
  return HIGHEST;
}
