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
  const lefts = edges(w, width);
  const tops = edges(h, height);
  const out = new Uint8Array(width * height * 3);
  const sums = new Float64Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const [top, end] = [tops[y] as number, tops[y + 1] as number];
    for (let sy = top; sy < end; sy++) addRow(sums, data, sy * w * 3, lefts);
    for (let x = 0, to = y * width * 3; x < width; x++, to += 3) {
      const share = 1 / (((lefts[x + 1] as number) - (lefts[x] as number)) * (end - top));
      out[to] = (sums[x * 3] as number) * share + 0.5;
      out[to + 1] = (sums[x * 3 + 1] as number) * share + 0.5;
      out[to + 2] = (sums[x * 3 + 2] as number) * share + 0.5;
    }
  }
  return { width, height, data: out };
}

/** Where each of `to` cells starts in `from` pixels, and the end; to ≤ from, so each has a pixel. */
const edges = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to + 1 }, (_, i) => Math.floor((i * from) / to));

function addRow(sums: Float64Array, data: Uint8Array, start: number, lefts: Int32Array): void {
  for (let x = 0, to = 0, at = start; to < sums.length; x++, to += 3) {
    const stop = start + (lefts[x + 1] as number) * 3;
    let r = 0;
    let g = 0;
    let b = 0;
    for (; at < stop; at += 3) {
      r += data[at] as number;
      g += data[at + 1] as number;
      b += data[at + 2] as number;
    }
    sums[to] = (sums[to] as number) + r;
    sums[to + 1] = (sums[to + 1] as number) + g;
    sums[to + 2] = (sums[to + 2] as number) + b;
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
