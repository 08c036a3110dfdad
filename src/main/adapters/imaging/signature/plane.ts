// One-channel planes of a picture: its light, and a smaller copy by area average.
import type { Raster } from '../raster.ts';

/** One byte a pixel. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Long side of the copy that is measured: strokes stay ≥ 2 px wide, time stays flat for 12 MP photos. */
export const WORKING_SIDE = 1200;

/** The picture itself when its long side fits, otherwise its area average; proportions kept, sides ≥ 1 px. */
export function reduced(source: Raster, side = WORKING_SIDE): Raster {
  const { width: w, height: h, data } = source;
  const scale = side / Math.max(w, h);
  if (scale >= 1) return source;
  const width = Math.max(1, Math.round(w * scale));
  const height = Math.max(1, Math.round(h * scale));
  const out = new Uint8Array(width * height * 3);
  const row = new Float32Array(width * 3);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * h) / height);
    const end = Math.max(top + 1, Math.floor(((y + 1) * h) / height));
    row.fill(0);
    for (let sy = top; sy < end; sy++) addRow(row, data, sy * w * 3, w, width);
    for (let x = 0; x < width; x++) {
      const across = edge(x + 1, w, width, edge(x, w, width, -1)) - edge(x, w, width, -1);
      const share = 1 / (across * (end - top));
      for (let c = 0; c < 3; c++)
        out[(y * width + x) * 3 + c] = Math.round((row[x * 3 + c] as number) * share);
    }
  }
  return { width, height, data: out };
}

/** First source column of target column x; at least one column wide when `after` is given. */
const edge = (x: number, from: number, to: number, after: number): number =>
  Math.max(after + 1, Math.floor((x * from) / to));

function addRow(row: Float32Array, data: Uint8Array, from: number, w: number, width: number): void {
  for (let x = 0; x < width; x++) {
    const left = edge(x, w, width, -1);
    const right = edge(x + 1, w, width, left);
    let r = 0;
    let g = 0;
    let b = 0;
    for (let at = from + left * 3, stop = from + right * 3; at < stop; at += 3) {
      r += data[at] as number;
      g += data[at + 1] as number;
      b += data[at + 2] as number;
    }
    row[x * 3] = (row[x * 3] as number) + r;
    row[x * 3 + 1] = (row[x * 3 + 1] as number) + g;
    row[x * 3 + 2] = (row[x * 3 + 2] as number) + b;
  }
}

/** Luma of BT.601, as scanners and the trial figures use it. */
export function lightOf({ width, height, data }: Raster): Plane {
  const light = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < light.length; i++, at += 3)
    light[i] =
      (77 * (data[at] as number) +
        150 * (data[at + 1] as number) +
        29 * (data[at + 2] as number) +
        128) >>
      8;
  return { width, height, data: light };
}
