// Mouth and smile: the gap of the lips, and how likely the face smiles, by four features in one logistic.
import { sample, type Levels } from '../raster.ts';
import { ALIGNED, type AlignedFace } from './aligned-face.ts';
import {
  LIP_PAIRS,
  POINT,
  boundsOf,
  distance,
  middleOf,
  pointAt,
  type FacePoints,
} from './landmarks.ts';
import type { FaceModels } from './models.ts';

const SIDE = 64;
const MARGIN = 1.1;
const HAPPY = 3;

/** Greatest gap between the inner lips, px of the points. */
export const lipGap = (points: FacePoints): number =>
  Math.max(...LIP_PAIRS.map(([up, low]) => distance(pointAt(points, up), pointAt(points, low))));

/** Features, each with its mean and s.d. on neutral and smiling portraits, and its weight. */
export const SMILE = {
  bias: 0,
  mouthWidth: { mean: 0.86, sd: 0.1, weight: 1 },
  cornerLift: { mean: 0.03, sd: 0.08, weight: 1 },
  happy: { mean: -1.5, sd: 3, weight: 1.5 },
  lipGap: { mean: 0.05, sd: 0.05, weight: 1 },
} as const;

export interface SmileFeatures {
  /** Mouth width by inter-eye distance. */
  readonly mouthWidth: number;
  /** Corners above the middle of the lips, by eyes-to-mouth distance. */
  readonly cornerLift: number;
  /** Log odds of "happy". */
  readonly happy: number;
  /** By T. */
  readonly lipGap: number;
}

/** `gap`: lip gap by T. Points of the aligned face for the mouth, of the picture for the net. */
export async function smileFeatures(
  models: FaceModels,
  levels: Levels,
  points: FacePoints,
  face: AlignedFace,
  gap: number,
): Promise<SmileFeatures> {
  const at = (index: number) => pointAt(face.points, index);
  const corners = middleOf(at(POINT.mouthRight), at(POINT.mouthLeft));
  const lips = middleOf(at(POINT.lipInnerTop), at(POINT.lipInnerBottom));
  const eyes = middleOf(face.rightPupil, face.leftPupil);
  return {
    mouthWidth: distance(at(POINT.mouthRight), at(POINT.mouthLeft)) / ALIGNED.betweenEyes,
    cornerLift: (lips[1] - corners[1]) / distance(eyes, corners),
    happy: await happyLogOdds(models, levels, points),
    lipGap: gap,
  };
}

/** 0…1. */
export function smileOf(features: SmileFeatures): number {
  const part = (name: keyof SmileFeatures): number =>
    ((features[name] - SMILE[name].mean) / SMILE[name].sd) * SMILE[name].weight;
  const sum = SMILE.bias + part('mouthWidth') + part('cornerLift') + part('happy') + part('lipGap');
  return 1 / (1 + Math.exp(-sum));
}

async function happyLogOdds(models: FaceModels, levels: Levels, points: FacePoints) {
  const [left, top, right, bottom] = boundsOf(points);
  const step = (Math.max(right - left, bottom - top) * MARGIN) / SIDE;
  const half = (SIDE / 2) * step;
  const grid = [step, 0, (left + right) / 2 - half, 0, step, (top + bottom) / 2 - half] as const;
  const rgb = sample(levels, grid, { width: SIDE, height: SIDE, scale: 1 / 255 });
  const grey = new Float32Array(SIDE * SIDE);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3)
    grey[i] = (0.2989 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]! - 0.5) * 2;
  const [shares] = Object.values(await models.run('emotion', grey));
  const share = shares![HAPPY]!;
  return Math.log((share + 1e-3) / (1 - share + 1e-3));
}
