// Looks at each eye with the Iris net: where the pupil is, and how far the lids are apart.
import { gridAt, sample, toSource, type Levels } from '../raster.ts';
import { POINT, angleOf, distance, middleOf, pointAt } from './landmarks.ts';
import type { FacePoints, Xy } from './landmarks.ts';
import type { FaceModels } from './models.ts';

const SIDE = 64;
/** The net wants the eye with this many of its widths around it. */
const MARGIN = 2.3;
/** The contour's lower lid runs 0…8, the upper 9…15; iris: middle, then four on its rim. */
const CONTOUR = { corner: 0, otherCorner: 8, lidPairs: 7, iris: 71 } as const;

export interface Eye {
  readonly pupil: Xy;
  /** Greatest gap between the lids, px. */
  readonly lidGap: number;
  readonly width: number;
  /** Lid gap by eye width. */
  readonly open: number;
}

export async function lookAtEyes(
  models: FaceModels,
  levels: Levels,
  points: FacePoints,
): Promise<{ readonly right: Eye; readonly left: Eye }> {
  const angle = angleOf(pointAt(points, POINT.rightEyeOuter), pointAt(points, POINT.leftEyeOuter));
  const eye = (outer: number, inner: number, mirror: boolean): Promise<Eye> =>
    lookAtEye(models, levels, pointAt(points, outer), pointAt(points, inner), angle, mirror);
  return {
    // The net knows left eyes; a right one is mirrored.
    right: await eye(POINT.rightEyeOuter, POINT.rightEyeInner, true),
    left: await eye(POINT.leftEyeOuter, POINT.leftEyeInner, false),
  };
}

async function lookAtEye(
  models: FaceModels,
  levels: Levels,
  outer: Xy,
  inner: Xy,
  angle: number,
  mirror: boolean,
): Promise<Eye> {
  const [cx, cy] = middleOf(outer, inner);
  const step = (distance(outer, inner) * MARGIN) / SIDE;
  const grid = gridAt(cx, cy, step, angle, SIDE / 2, SIDE / 2, mirror);
  const input = sample(levels, grid, { width: SIDE, height: SIDE, scale: 1 / 255 });
  const [output] = Object.values(await models.run('iris', input));
  const at = (index: number): Xy => [output![index * 3]!, output![index * 3 + 1]!];
  let gap = 0;
  for (let pair = 1; pair <= CONTOUR.lidPairs; pair++)
    gap = Math.max(gap, distance(at(pair), at(pair + CONTOUR.otherCorner)));
  const width = distance(at(CONTOUR.corner), at(CONTOUR.otherCorner));
  const [x, y] = at(CONTOUR.iris);
  return {
    pupil: toSource(grid, x, y),
    lidGap: gap * step,
    width: width * step,
    open: width > 0 ? gap / width : 0,
  };
}
