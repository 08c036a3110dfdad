// From pixels to the face in the picture: find, mesh, eyes. What measuring and comparing share.
import { levelsOf, reduced, type Levels, type Raster } from '../raster.ts';
import { area, detectFaces, type DetectedFace } from './detect-faces.ts';
import { lookAtEyes, type Eye } from './eyes.ts';
import { meshOf } from './face-mesh.ts';
import { distance, type FacePoints } from './landmarks.ts';
import type { FaceModels } from './models.ts';

/** The working picture's longer side is at least this and under twice this, unless the source is smaller. */
const WORKING_SIDE = 1000;
/** A second face counts from this share of the first one's area. */
const SECOND_FACE = 0.1;

export interface FoundFace {
  readonly points: FacePoints;
  readonly right: Eye;
  readonly left: Eye;
  /** Between the pupils, px of the working picture. */
  readonly betweenEyes: number;
}

export interface LookedAt {
  /** The source in full. */
  readonly raster: Raster;
  /** Working picture: the source reduced by a whole factor. */
  readonly levels: Levels;
  readonly factor: number;
  readonly faces: readonly DetectedFace[];
  /** Faces that count. */
  readonly count: number;
  /** The largest one; null when there is none. */
  readonly face: FoundFace | null;
}

export async function findFace(models: FaceModels, raster: Raster): Promise<LookedAt> {
  const factor = Math.max(1, Math.floor(Math.max(raster.width, raster.height) / WORKING_SIDE));
  const levels = levelsOf(reduced(raster, factor));
  const faces = await detectFaces(models, levels);
  const [first] = faces;
  const count = faces.filter((face) => area(face) >= SECOND_FACE * area(first!)).length;
  return {
    raster,
    levels,
    factor,
    faces,
    count,
    face: first === undefined ? null : await closer(models, levels, first),
  };
}

async function closer(
  models: FaceModels,
  levels: Levels,
  detected: DetectedFace,
): Promise<FoundFace> {
  const points = await meshOf(models, levels, detected);
  const { right, left } = await lookAtEyes(models, levels, points);
  return { points, right, left, betweenEyes: distance(right.pupil, left.pupil) };
}
