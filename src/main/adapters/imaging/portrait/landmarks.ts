// Which of the 468 points of the face mesh lie where, and reading them; "right" is the subject's right, left in the picture.

/** x, y in px of the working picture, z in the same unit (smaller is nearer), point after point. */
export type FacePoints = Float32Array;
export type Xy = readonly [x: number, y: number];

export const POINT = {
  chin: 152,
  noseTip: 4,
  foreheadTop: 10,
  mouthRight: 61,
  mouthLeft: 291,
  lipInnerTop: 13,
  lipInnerBottom: 14,
  rightEyeOuter: 33,
  rightEyeInner: 133,
  leftEyeOuter: 263,
  leftEyeInner: 362,
  rightEar: 234,
  leftEar: 454,
} as const;

export const RIGHT_EYE = [
  33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7,
];
export const LEFT_EYE = [
  263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249,
];
export const LIPS = [
  61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
];
export const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148,
  176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
export const RIGHT_CHEEK = [117, 118, 101, 36, 205, 187, 147, 123];
export const LEFT_CHEEK = [346, 347, 330, 266, 425, 411, 376, 352];
/** Pairs across the inner lips, upper and lower. */
export const LIP_PAIRS: readonly Xy[] = [
  [13, 14],
  [82, 87],
  [312, 317],
  [81, 178],
  [311, 402],
];

export const pointAt = (points: FacePoints, index: number): Xy => [
  points[index * 3]!,
  points[index * 3 + 1]!,
];

export const outline = (points: FacePoints, indices: readonly number[]): Xy[] =>
  indices.map((index) => pointAt(points, index));

export const middleOf = (one: Xy, other: Xy): Xy => [
  (one[0] + other[0]) / 2,
  (one[1] + other[1]) / 2,
];

export const distance = (one: Xy, other: Xy): number =>
  Math.hypot(one[0] - other[0], one[1] - other[1]);

/** Angle of the line from one to the other, radians, clockwise as seen. */
export const angleOf = (one: Xy, other: Xy): number =>
  Math.atan2(other[1] - one[1], other[0] - one[0]);

export function meanOf(points: FacePoints, indices: readonly number[]): Xy {
  let x = 0;
  let y = 0;
  for (const index of indices) {
    x += points[index * 3]!;
    y += points[index * 3 + 1]!;
  }
  return [x / indices.length, y / indices.length];
}

/** Left, top, right, bottom of all points. */
export function boundsOf(points: FacePoints): readonly [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 3) {
    left = Math.min(left, points[at]!);
    right = Math.max(right, points[at]!);
    top = Math.min(top, points[at + 1]!);
    bottom = Math.max(bottom, points[at + 1]!);
  }
  return [left, top, right, bottom];
}
