// The dlib ResNet's vector of a face: held in memory while two faces are compared, never stored, logged or sent.
import { decodePicture, release } from '../decode.ts';
import { gridAt, sample, type Levels } from '../raster.ts';
import { findFace, type FoundFace } from './find-face.ts';
import { POINT, angleOf, distance, middleOf, pointAt } from './landmarks.ts';
import type { FaceModels } from './models.ts';

const SIDE = 150;
/** dlib's crop, a tenth wider. */
const WIDER = 1.1;
/** Where the face's middle lies in the crop, share of its height. */
const MIDDLE_Y = 0.43;
/** Mean colour of the training pictures (dlib). */
const MEAN = [122.782, 117.001, 104.298];
/** Fewer source pixels between the eyes give no score. */
const LEAST_BETWEEN_EYES = 24;

/** `count`: faces that count on the picture; the vector is the largest one's. */
type FaceVector = { readonly count: number } & (
  | { readonly vector: readonly number[] }
  | { readonly vector: null; readonly refused: 'no-face' | 'too-small' }
);

/** 128 numbers, the mean of the face and its mirror image; or why there is none. Throws UnreadablePicture. */
export async function faceVector(models: FaceModels, bytes: Uint8Array): Promise<FaceVector> {
  const { raster } = await decodePicture(bytes);
  const { levels, factor, face, count } = await findFace(models, raster);
  if (face === null) return { count, vector: null, refused: 'no-face' };
  if (face.betweenEyes * factor < LEAST_BETWEEN_EYES)
    return { count, vector: null, refused: 'too-small' };
  const input = cropOf(levels, face);
  release(raster);
  const [plain] = Object.values(await models.run('dlib', planes(input, false)));
  const [mirrored] = Object.values(await models.run('dlib', planes(input, true)));
  return { count, vector: Array.from(plain!, (v, i) => (v + mirrored![i]!) / 2) };
}

/** Upright, sized by the way from the eyes to the mouth. */
function cropOf(levels: Levels, { points, right, left }: FoundFace): Float32Array {
  const at = (index: number) => pointAt(points, index);
  const mouth = middleOf(
    middleOf(at(POINT.mouthRight), at(POINT.mouthLeft)),
    middleOf(at(POINT.lipInnerTop), at(POINT.lipInnerBottom)),
  );
  const down = (distance(right.pupil, mouth) + distance(left.pupil, mouth)) / 2;
  const step = ((down / 0.45) * WIDER) / SIDE;
  const cx = (right.pupil[0] + left.pupil[0] + mouth[0]) / 3;
  const cy = (right.pupil[1] + left.pupil[1] + mouth[1]) / 3;
  const angle = angleOf(right.pupil, left.pupil);
  const grid = gridAt(cx, cy, step, angle, SIDE / 2, SIDE * MIDDLE_Y);
  return sample(levels, grid, { width: SIDE, height: SIDE });
}

/** Colour planes, less the mean, by 256; mirrored left to right if wished. */
function planes(rgb: Float32Array, mirrored: boolean): Float32Array {
  const made = new Float32Array(rgb.length);
  const count = SIDE * SIDE;
  for (let y = 0, to = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++, to++) {
      const from = (y * SIDE + (mirrored ? SIDE - 1 - x : x)) * 3;
      for (let k = 0; k < 3; k++) made[k * count + to] = (rgb[from + k]! - MEAN[k]!) / 256;
    }
  return made;
}

/** Euclidean. */
export const vectorDistance = (one: readonly number[], other: readonly number[]): number =>
  Math.hypot(...one.map((v, i) => v - other[i]!));
