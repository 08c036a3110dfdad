// Lays the 468-point mesh on a face: twice, the second time centred and turned by the first.
import { gridAt, sample, toSource, type Levels } from '../raster.ts';
import type { DetectedFace } from './detect-faces.ts';
import { LEFT_EYE, RIGHT_EYE, angleOf, boundsOf, meanOf, type FacePoints } from './landmarks.ts';
import type { FaceModels } from './models.ts';

const SIDE = 192;
/** The net wants the face with a quarter of its size around it. */
const MARGIN = 1.5;

export async function meshOf(
  models: FaceModels,
  levels: Levels,
  face: DetectedFace,
): Promise<FacePoints> {
  const first = await meshIn(
    models,
    levels,
    [face.cx, face.cy],
    Math.max(face.width, face.height) * MARGIN,
    angleOf(face.rightEye, face.leftEye),
  );
  const [left, top, right, bottom] = boundsOf(first);
  return meshIn(
    models,
    levels,
    [(left + right) / 2, (top + bottom) / 2],
    Math.max(right - left, bottom - top) * MARGIN,
    angleOf(meanOf(first, RIGHT_EYE), meanOf(first, LEFT_EYE)),
  );
}

async function meshIn(
  models: FaceModels,
  levels: Levels,
  [cx, cy]: readonly [number, number],
  side: number,
  angle: number,
): Promise<FacePoints> {
  const step = side / SIDE;
  const grid = gridAt(cx, cy, step, angle, SIDE / 2, SIDE / 2);
  const input = sample(levels, grid, { width: SIDE, height: SIDE, scale: 1 / 255 });
  const outputs = Object.values(await models.run('facemesh', input));
  const mesh = outputs.find((one) => one.length === 468 * 3)!;
  const points = new Float32Array(mesh.length);
  for (let at = 0; at < mesh.length; at += 3) {
    const [x, y] = toSource(grid, mesh[at]!, mesh[at + 1]!);
    points[at] = x;
    points[at + 1] = y;
    points[at + 2] = mesh[at + 2]! * step;
  }
  return points;
}
