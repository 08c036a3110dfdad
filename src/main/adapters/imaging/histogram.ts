// Counts how often each light and colour value occurs in a picture.
import type { Histogram } from '../../../shared/contract/measured.ts';
import type { Raster } from './raster.ts';

/** At most this many pixels are counted; more would only cost time. */
const ENOUGH = 400_000;

/** 256 bins each; light is gamma grey (BT.601), as picture programs show it. */
export function histogramOf({ data, width, height }: Raster): Histogram {
  const light = new Uint32Array(256);
  const red = new Uint32Array(256);
  const green = new Uint32Array(256);
  const blue = new Uint32Array(256);
  const count = width * height;
  const step = Math.max(1, Math.floor(count / ENOUGH)) * 3;
  for (let at = 0; at < count * 3; at += step) {
    const r = data[at]!;
    const g = data[at + 1]!;
    const b = data[at + 2]!;
    red[r]!++;
    green[g]!++;
    blue[b]!++;
    light[(r * 77 + g * 150 + b * 29) >> 8]!++;
  }
  return { light: [...light], red: [...red], green: [...green], blue: [...blue] };
}
