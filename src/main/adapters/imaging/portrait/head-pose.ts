// How the head is turned: the mean face laid on the mesh by least squares (Horn 1987, unit quaternions).
import type { FacePoints } from './landmarks.ts';
import type { CanonicalFace } from './models.ts';

/** Degrees. */
export interface HeadPose {
  /** Positive clockwise as seen. */
  readonly roll: number;
  /** Positive to the subject's left, right in the picture. */
  readonly yaw: number;
  /** Positive upwards. */
  readonly pitch: number;
}

const DEGREES = 180 / Math.PI;
const ROUNDS = 300;
/** The mesh follows a turn to the side by about seven eighths of it: measured on turned faces, made and painted. */
const YAW_GAIN = 1.13;

export function headPose(points: FacePoints, { points: mean, weights }: CanonicalFace): HeadPose {
  // The mesh has y down and z away from the viewer; the mean face the other way round.
  const seen = weights.map(([i]) => [points[i * 3]!, -points[i * 3 + 1]!, -points[i * 3 + 2]!]);
  const from = weights.map(([i]) => mean[i]!);
  const mass = weights.map(([, weight]) => weight);
  const quaternion = largestEigenvector(hornMatrix(covariance(from, seen, mass)));
  const [a, b, c, d] = quaternion as [number, number, number, number];
  return {
    roll: -Math.atan2(2 * (b * c + a * d), a * a - b * b + c * c - d * d) * DEGREES,
    yaw: Math.atan2(2 * (b * d + a * c), a * a - b * b - c * c + d * d) * DEGREES * YAW_GAIN,
    pitch: Math.asin(Math.max(-1, Math.min(1, 2 * (c * d - a * b)))) * DEGREES,
  };
}

type Points = readonly (readonly number[])[];

function covariance(from: Points, to: Points, mass: readonly number[]): number[][] {
  const total = mass.reduce((sum, one) => sum + one, 0);
  const middle = (points: Points, axis: number): number =>
    points.reduce((sum, point, n) => sum + mass[n]! * point[axis]!, 0) / total;
  const axes = [0, 1, 2];
  const fromMiddle = axes.map((axis) => middle(from, axis));
  const toMiddle = axes.map((axis) => middle(to, axis));
  return axes.map((i) =>
    axes.map((j) =>
      from.reduce(
        (sum, point, n) =>
          sum + mass[n]! * (point[i]! - fromMiddle[i]!) * (to[n]![j]! - toMiddle[j]!),
        0,
      ),
    ),
  );
}

function hornMatrix(s: number[][]): number[][] {
  const [[xx, xy, xz], [yx, yy, yz], [zx, zy, zz]] = s as [
    [number, number, number],
    [number, number, number],
    [number, number, number],
  ];
  return [
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, -xx + yy - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, -xx - yy + zz],
  ];
}

/** By power iteration; the shift makes the largest eigenvalue also the largest in size. */
function largestEigenvector(matrix: number[][]): number[] {
  const shift = Math.max(...matrix.map((row) => row.reduce((sum, v) => sum + Math.abs(v), 0)));
  let vector = [1, 0.01, 0.02, 0.03];
  for (let round = 0; round < ROUNDS; round++) {
    const next = matrix.map((row, i) =>
      row.reduce((sum, v, j) => sum + v * vector[j]!, shift * vector[i]!),
    );
    const length = Math.hypot(...next);
    vector = next.map((v) => v / length);
  }
  return vector;
}
