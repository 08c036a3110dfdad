// Mouth and smile: the gap of the lips, and how likely the face smiles, by three features of like weight.
import { gridAt, sample, type Levels } from '../raster.ts';
import { ALIGNED, type AlignedFace } from './aligned-face.ts';
import {
  LIP_PAIRS,
  POINT,
  angleOf,
  boundsOf,
  distance,
  pointAt,
  type FacePoints,
  type Xy,
} from './landmarks.ts';
import type { FaceModels } from './models.ts';

const SIDE = 64;
/** The emotion net's class "happy". */
const HAPPY = 3;

/** Greatest gap between the inner lips, px of the points. */
export const lipGap = (points: FacePoints): number =>
  Math.max(...LIP_PAIRS.map(([up, low]) => distance(pointAt(points, up), pointAt(points, low))));

export interface SmileFeatures {
  /** Log odds of "happy", mean of the face and its mirror image. */
  readonly happy: number;
  /** Mouth width by inter-eye distance. */
  readonly mouthWidth: number;
  /** Way from the mouth's corners to the outer corners of the eyes, by the face's height. */
  readonly cornersToEyes: number;
}

/** Mean and s.d. over neutral and smiling portraits; the weights are set by hand, not fitted. */
const SMILE = {
  happy: { mean: -2, sd: 4, weight: 2 },
  mouthWidth: { mean: 0.828, sd: 0.085, weight: 1 },
  cornersToEyes: { mean: 0.408, sd: 0.0213, weight: -1 },
} as const;
/** Sum of the weighted features that counts as half a smile, and how steeply it rises. */
const HALF = 0.8;
const STEEP = 0.7;

/** `face`: aligned, for the mouth; `points` of the picture, for the net. */
export async function smileFeatures(
  models: FaceModels,
  levels: Levels,
  points: FacePoints,
  face: AlignedFace,
): Promise<SmileFeatures> {
  const at = (index: number): Xy => pointAt(face.points, index);
  const rise =
    distance(at(POINT.mouthRight), at(POINT.rightEyeOuter)) +
    distance(at(POINT.mouthLeft), at(POINT.leftEyeOuter));
  return {
    happy: await happyLogOdds(models, levels, points),
    mouthWidth: distance(at(POINT.mouthRight), at(POINT.mouthLeft)) / ALIGNED.betweenEyes,
    cornersToEyes: rise / 2 / distance(at(POINT.foreheadTop), at(POINT.chin)),
  };
}

/** 0…1. */
export function smileOf(features: SmileFeatures): number {
  const part = (name: keyof SmileFeatures): number =>
    ((features[name] - SMILE[name].mean) / SMILE[name].sd) * SMILE[name].weight;
  const sum = part('happy') + part('mouthWidth') + part('cornersToEyes');
  return 1 / (1 + Math.exp(-STEEP * (sum - HALF)));
}

async function happyLogOdds(
  models: FaceModels,
  levels: Levels,
  points: FacePoints,
): Promise<number> {
  const [left, top, right, bottom] = boundsOf(points);
  const step = Math.max(right - left, bottom - top) / SIDE;
  const angle = angleOf(pointAt(points, POINT.rightEyeOuter), pointAt(points, POINT.leftEyeOuter));
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  let sum = 0;
  for (const mirror of [false, true]) {
    const grid = gridAt(cx, cy, step, angle, SIDE / 2, SIDE / 2, mirror);
    const rgb = sample(levels, grid, { width: SIDE, height: SIDE, scale: 1 / 255 });
    const grey = new Float32Array(SIDE * SIDE);
    for (let i = 0, at = 0; i < grey.length; i++, at += 3)
      grey[i] = (0.2989 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]! - 0.5) * 2;
    const [shares] = Object.values(await models.run('emotion', grey));
    const share = shares![HAPPY]!;
    sum += Math.log((share + 1e-3) / (1 - share + 1e-3));
  }
  return sum / 2;
}
