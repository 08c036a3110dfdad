// Where things lie in the picture, in fractions of it: pupils, crown, chin, head and the regions that measures speak of.
import type { Box, Point, PortraitGeometry } from '../../../../shared/contract/measured.ts';
import * as where from './landmarks.ts';
import type { FacePoints, Xy } from './landmarks.ts';
import type { PersonMask } from './person-mask.ts';

/** The crown without the bulk of hair: silhouette above the eyes within these bounds, in T. */
const CROWN = { least: 0.95, most: 1.15 } as const;
const ROWS = 40;

export interface FaceInPicture {
  readonly width: number;
  readonly height: number;
  readonly points: FacePoints;
  readonly rightPupil: Xy;
  readonly leftPupil: Xy;
  /** Silhouette above the eyes, in T. */
  readonly silhouette: number;
}

export function portraitGeometry(face: FaceInPicture, mask: PersonMask): PortraitGeometry {
  const { width, height, points, rightPupil, leftPupil } = face;
  const toPoint = ([x, y]: Xy): Point => ({ x: x / width, y: y / height });
  const shape = (indices: readonly number[]): Point[] =>
    where.outline(points, indices).map(toPoint);
  const eyes = where.middleOf(rightPupil, leftPupil);
  const chin = where.pointAt(points, where.POINT.chin);
  const rise = Math.min(CROWN.most, Math.max(CROWN.least, face.silhouette));
  const crown: Xy = [eyes[0] + (eyes[0] - chin[0]) * rise, eyes[1] + (eyes[1] - chin[1]) * rise];
  const ears = [where.POINT.rightEar, where.POINT.leftEar].map((i) => where.pointAt(points, i));
  const head = headOutline(crown, chin, ears as [Xy, Xy]);
  return {
    rightPupil: toPoint(rightPupil),
    leftPupil: toPoint(leftPupil),
    crown: toPoint(crown),
    chin: toPoint(chin),
    head: boxOf(head.map(toPoint)),
    regions: {
      head: [head.map(toPoint)],
      face: [shape(where.OVAL)],
      'right-eye': [shape(where.RIGHT_EYE)],
      'left-eye': [shape(where.LEFT_EYE)],
      mouth: [shape(where.LIPS)],
      cheeks: [shape(where.RIGHT_CHEEK), shape(where.LEFT_CHEEK)],
      background: backgroundOutlines(mask, face, eyes, crown).map((one) => one.map(toPoint)),
    },
  };
}

/** An ellipse from crown to chin, as wide as the ears are apart. */
function headOutline(crown: Xy, chin: Xy, [right, left]: readonly [Xy, Xy]): Xy[] {
  const [cx, cy] = where.middleOf(crown, chin);
  const half: Xy = [(chin[0] - crown[0]) / 2, (chin[1] - crown[1]) / 2];
  const wide = where.distance(right, left) / 2 / Math.hypot(...half);
  return Array.from({ length: 32 }, (_, i): Xy => {
    const [c, s] = [Math.cos((i / 16) * Math.PI), Math.sin((i / 16) * Math.PI)];
    return [cx + half[0] * c + half[1] * wide * s, cy + half[1] * c - half[0] * wide * s];
  });
}

function boxOf(outline: readonly Point[]): Box {
  const xs = outline.map(({ x }) => x);
  const ys = outline.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

/** What lies left and right of the silhouette, from the picture's top down to where the shoulders reach the edge. */
function backgroundOutlines(
  mask: PersonMask,
  { width, height }: FaceInPicture,
  eyes: Xy,
  crown: Xy,
): Xy[][] {
  const middle = Math.max(0, Math.min(width, (eyes[0] + crown[0]) / 2));
  const left: Xy[] = [];
  const right: Xy[] = [];
  for (let row = 0; row < ROWS; row++) {
    const y = ((row + 0.5) / ROWS) * height;
    left.push([edge(mask, middle, 0, y), y]);
    right.push([edge(mask, middle, width, y), y]);
  }
  return [side(left, 0, middle, width), side(right, width, middle, width)].filter(
    (outline) => outline.length > 4,
  );
}

/** From the picture's edge inwards: the first place that is the person. */
function edge(mask: PersonMask, middle: number, from: number, y: number): number {
  const step = (middle - from) / 120;
  for (let k = 1; k < 120; k++)
    if (mask.at(from + step * k, y) >= 0.5) return from + step * (k - 1);
  return middle;
}

function side(line: Xy[], edgeX: number, middle: number, width: number): Xy[] {
  const end = line.findIndex(([x]) => Math.abs(x - edgeX) < width * 0.01);
  const seen = end === -1 ? line : line.slice(0, end);
  const last = seen.at(-1);
  if (last === undefined) return [];
  return [[edgeX, 0], [middle, 0], ...seen, [edgeX, last[1]]];
}
