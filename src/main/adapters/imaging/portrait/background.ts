// The background round the head: how even, how light and how coloured it is; the person is left out with a margin.
import { labOf, lightsOf } from '../light.ts';
import { sample, toSource, type Levels } from '../raster.ts';
import { alignedGrid } from './aligned-face.ts';
import type { Xy } from './landmarks.ts';
import type { PersonMask } from './person-mask.ts';

/** OFIQ's frame round the head (616 wide at 113 px between the eyes) at half its size. */
const WIDTH = 246;
const HEIGHT = 254;
const BETWEEN_EYES = 56.5;
const EYES: Xy = [122.75, 136];
/** Surely background: the person's probability here, and as far round it as `MARGIN`. */
const SURELY = 0.2;
const MARGIN = 4;
/** Fewer pixels say nothing. */
const FEWEST = 300;

export interface Background {
  /** Standard deviation of linear light, 0…1. */
  readonly spread: number;
  /** Mean linear light, 0…1. */
  readonly light: number;
  /** Chroma C*ab of the mean colour. */
  readonly chroma: number;
  /** Mean gradient, 0…255 (OFIQ's BackgroundUniformity). */
  readonly gradient: number;
}

/** null: too little background to be seen. */
export function judgeBackground(
  levels: Levels,
  mask: PersonMask,
  rightPupil: Xy,
  leftPupil: Xy,
): Background | null {
  const grid = alignedGrid(rightPupil, leftPupil, BETWEEN_EYES, ...EYES);
  const rgb = sample(levels, grid, { width: WIDTH, height: HEIGHT, fine: 1 });
  const light = lightsOf(rgb);
  const picture = levels[0]!;
  const far = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0, i = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++, i++) {
      const [px, py] = toSource(grid, x + 0.5, y + 0.5);
      const inside = px > 1 && py > 1 && px < picture.width - 2 && py < picture.height - 2;
      if (inside && mask.at(px, py) < SURELY) far[i] = 1;
    }
  return statistics(rgb, light, far);
}

function statistics(rgb: Float32Array, light: Uint8Array, far: Uint8Array): Background | null {
  let [count, sum, squares, slopes] = [0, 0, 0, 0];
  const mean: [number, number, number] = [0, 0, 0];
  for (let y = MARGIN; y < HEIGHT - MARGIN; y++)
    for (let x = MARGIN; x < WIDTH - MARGIN; x++) {
      const i = y * WIDTH + x;
      if (far[i] !== 1 || !clearRound(far, i)) continue;
      const value = light[i]!;
      count++;
      sum += value;
      squares += value * value;
      slopes += slopeAt(light, i);
      for (let k = 0; k < 3; k++) mean[k]! += rgb[i * 3 + k]!;
    }
  if (count < FEWEST) return null;
  const middle = sum / count;
  const { a, b } = labOf(mean[0] / count, mean[1] / count, mean[2] / count);
  return {
    spread: Math.sqrt(Math.max(0, squares / count - middle * middle)) / 255,
    light: middle / 255,
    chroma: Math.hypot(a, b),
    gradient: slopes / count,
  };
}

function clearRound(far: Uint8Array, i: number): boolean {
  for (let dy = -MARGIN; dy <= MARGIN; dy += MARGIN)
    for (let dx = -MARGIN; dx <= MARGIN; dx += MARGIN)
      if (far[i + dy * WIDTH + dx] !== 1) return false;
  return true;
}

/** Sobel. */
function slopeAt(g: Uint8Array, i: number): number {
  const w = WIDTH;
  const [tl, t, tr] = [g[i - w - 1]!, g[i - w]!, g[i - w + 1]!];
  const [l, r] = [g[i - 1]!, g[i + 1]!];
  const [bl, b, br] = [g[i + w - 1]!, g[i + w]!, g[i + w + 1]!];
  return Math.hypot(tr + 2 * r + br - tl - 2 * l - bl, bl + 2 * b + br - tl - 2 * t - tr);
}
