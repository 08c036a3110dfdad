// Small tools that change rasters pixel by pixel, for making defects.
import { blurPlane } from '../../stand/people/portrait/paint.ts';
import { createRandom } from '../../stand/people/random.ts';
import type { Raster } from '../../src/main/adapters/imaging/raster.ts';

export type Rgb = readonly [number, number, number];

const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** A copy with each pixel changed. */
export function mapped(
  { width, height, data }: Raster,
  change: (x: number, y: number, rgb: Rgb) => Rgb,
): Raster {
  const out = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 3) {
      const [r, g, b] = change(x, y, [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]);
      out[at] = byte(r);
      out[at + 1] = byte(g);
      out[at + 2] = byte(b);
    }
  return { width, height, data: out };
}

/** Gaussian-like blur of whole-pixel radius. */
export function blurred({ width, height, data }: Raster, sigma: number): Raster {
  const out = new Uint8Array(data.length);
  for (let c = 0; c < 3; c++) {
    const plane = new Float32Array(width * height);
    for (let i = 0; i < plane.length; i++) plane[i] = data[i * 3 + c] ?? 0;
    blurPlane(plane, width, height, sigma);
    for (let i = 0; i < plane.length; i++) out[i * 3 + c] = byte(plane[i] ?? 0);
  }
  return { width, height, data: out };
}

/** Scaled by a factor: means when smaller, the nearest pixel when larger. */
export function resized({ width, height, data }: Raster, factor: number): Raster {
  const w = Math.max(1, Math.round(width * factor));
  const h = Math.max(1, Math.round(height * factor));
  const out = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const [x0, y0] = [Math.floor((x * width) / w), Math.floor((y * height) / h)];
      const x1 = Math.max(x0 + 1, Math.floor(((x + 1) * width) / w));
      const y1 = Math.max(y0 + 1, Math.floor(((y + 1) * height) / h));
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let yy = y0; yy < y1; yy++)
          for (let xx = x0; xx < x1; xx++) sum += data[(yy * width + xx) * 3 + c] ?? 0;
        out[(y * w + x) * 3 + c] = byte(sum / ((x1 - x0) * (y1 - y0)));
      }
    }
  return { width: w, height: h, data: out };
}

/** As a telephone takes it: warm lamp, light falling off to one side, grain; still a good sample. */
export function photographed(good: Raster, seed: string): Raster {
  const random = createRandom(`photographed/${seed}`);
  const turn = random.range(0, 2 * Math.PI);
  const fall = random.range(0.05, 0.18);
  const grain = random.range(1, 3.5);
  const warm = random.range(0.84, 1);
  const light = random.range(0.82, 1);
  return mapped(good, (x, y, [r, g, b]) => {
    const along =
      (x / good.width - 0.5) * Math.cos(turn) + (y / good.height - 0.5) * Math.sin(turn);
    const k = light * (1 - fall * (along + 0.5));
    const noise = random.gauss(0, grain);
    return [r * k + noise, g * k * (1 + warm) * 0.5 + noise, b * k * warm + noise];
  });
}
