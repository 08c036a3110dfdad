// How sharp the face is: which blur it looks like, in px at 90 px between the eyes.
import { ALIGNED, type AlignedFace } from './aligned-face.ts';

/** The part of the aligned raster that is judged: eyes, nose and mouth. */
const PART = { left: 38, top: 72, right: 218, bottom: 222 } as const;

/**
 * Log of Laplacian energy by variance → σ of the blur. Medians of sharp portraits blurred by each σ;
 * a picture with few pixels between the eyes looks as blurred as it is.
 */
const LOOKS_LIKE: readonly (readonly [log: number, sigma: number])[] = [
  [-2.2, 0],
  [-2.84, 0.5],
  [-3.83, 1],
  [-4.67, 1.5],
  [-5.32, 2],
  [-6.2, 3],
  [-7.2, 4.5],
];

export function blurSigma(face: AlignedFace): number {
  return interpolate(LOOKS_LIKE, sharpnessLog(face));
}

/** Log of mean squared Laplacian by variance of gamma grey. */
export function sharpnessLog({ rgb }: AlignedFace): number {
  const { width } = ALIGNED;
  const grey = new Float32Array(rgb.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3)
    grey[i] = 0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!;
  let [energy, sum, squares, count] = [0, 0, 0, 0];
  for (let y = PART.top; y < PART.bottom; y++)
    for (let x = PART.left; x < PART.right; x++) {
      const i = y * width + x;
      const value = grey[i]!;
      const bend = 4 * value - grey[i - 1]! - grey[i + 1]! - grey[i - width]! - grey[i + width]!;
      energy += bend * bend;
      sum += value;
      squares += value * value;
      count++;
    }
  const mean = sum / count;
  const variance = Math.max(1e-6, squares / count - mean * mean);
  return Math.log(energy / count / variance + 1e-6);
}

/** Piecewise linear through rows of falling x; beyond the ends the end's value. */
export function interpolate(rows: readonly (readonly [number, number])[], x: number): number {
  const next = rows.findIndex(([at]) => x >= at);
  if (next === 0) return rows[0]![1];
  if (next === -1) return rows.at(-1)![1];
  const [x1, y1] = rows[next - 1]!;
  const [x2, y2] = rows[next]!;
  return y1 + ((x - x1) / (x2 - x1)) * (y2 - y1);
}
