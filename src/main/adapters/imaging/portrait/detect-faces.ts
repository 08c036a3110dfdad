// Finds faces with BlazeFace (256): on the whole picture, and on it with a wide border, which helps close-ups.
import { gridAt, sample, toSource, type Affine, type Levels } from '../raster.ts';
import type { Xy } from './landmarks.ts';
import type { FaceModels } from './models.ts';

const SIDE = 256;
const PADDINGS = [1, 1.4];
const SCORE = 0.5;
/** Two boxes that share more than this are one face. */
const SAME_FACE = 0.3;
/** Narrower than this share of the picture is no face that could be the applicant's. */
const NARROWEST = 0.04;

/** In px of the working picture. */
export interface DetectedFace {
  readonly score: number;
  readonly cx: number;
  readonly cy: number;
  readonly width: number;
  readonly height: number;
  readonly rightEye: Xy;
  readonly leftEye: Xy;
}

/** Middles of the 896 anchors: two on each cell of 16 px, six on each of 32 px. */
const ANCHORS: readonly Xy[] = [
  [16, 2],
  [32, 6],
].flatMap(([cell = 16, each = 2]) => {
  const cells = SIDE / cell;
  return Array.from({ length: cells * cells * each }, (_, i): Xy => {
    const at = Math.floor(i / each);
    return [((at % cells) + 0.5) * cell, (Math.floor(at / cells) + 0.5) * cell];
  });
});

/** Faces, the largest first. */
export async function detectFaces(models: FaceModels, levels: Levels): Promise<DetectedFace[]> {
  const { width, height } = levels[0]!;
  const found: DetectedFace[] = [];
  for (const padding of PADDINGS) {
    const step = (Math.max(width, height) * padding) / SIDE;
    found.push(...(await detectIn(models, levels, squareGrid(width, height, step))));
  }
  found.sort((one, other) => other.score - one.score);
  const kept: DetectedFace[] = [];
  for (const face of found)
    if (face.width > width * NARROWEST && !kept.some((one) => overlap(one, face) > SAME_FACE))
      kept.push(face);
  return kept.sort((one, other) => area(other) - area(one));
}

/** A square of 256 steps round the middle of the picture. */
export const squareGrid = (width: number, height: number, step: number): Affine =>
  gridAt(width / 2, height / 2, step, 0, SIDE / 2, SIDE / 2);

export const area = (face: DetectedFace): number => face.width * face.height;

async function detectIn(models: FaceModels, levels: Levels, grid: Affine): Promise<DetectedFace[]> {
  const input = sample(levels, grid, { width: SIDE, height: SIDE, scale: 1 / 127.5, offset: -1 });
  const outputs = Object.values(await models.run('blazeface', input));
  const sized = (length: number): Float32Array => outputs.find((one) => one.length === length)!;
  const scores = [sized(512), sized(384)];
  const boxes = [sized(512 * 16), sized(384 * 16)];
  const step = grid[0];
  const found: DetectedFace[] = [];
  for (const [i, [ax, ay]] of ANCHORS.entries()) {
    const [part, index] = i < 512 ? [0, i] : [1, i - 512];
    const score = 1 / (1 + Math.exp(-scores[part]![index]!));
    if (score < SCORE) continue;
    const box = boxes[part]!.subarray(index * 16, index * 16 + 16);
    const [cx, cy] = toSource(grid, box[0]! + ax, box[1]! + ay);
    found.push({
      score,
      cx,
      cy,
      width: box[2]! * step,
      height: box[3]! * step,
      rightEye: toSource(grid, box[4]! + ax, box[5]! + ay),
      leftEye: toSource(grid, box[6]! + ax, box[7]! + ay),
    });
  }
  return found;
}

function overlap(one: DetectedFace, other: DetectedFace): number {
  const shared = (middle: 'cx' | 'cy', size: 'width' | 'height'): number =>
    Math.max(
      0,
      Math.min(one[middle] + one[size] / 2, other[middle] + other[size] / 2) -
        Math.max(one[middle] - one[size] / 2, other[middle] - other[size] / 2),
    );
  const both = shared('cx', 'width') * shared('cy', 'height');
  return both / (area(one) + area(other) - both);
}
