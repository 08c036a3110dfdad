// The stroke itself: how dark, how sharp its edge, and the colour of its core.
import type { INK_COLOURS } from '../../../../shared/contract/measured.ts';
import type { Raster } from '../raster.ts';
import { percentile } from './flatten.ts';
import type { Plane } from './plane.ts';

export type InkColour = (typeof INK_COLOURS)[number];

export interface StrokeLook {
  /** 0…1: light the darker half of the ink takes away from the paper. */
  readonly contrast: number;
  /** 0…1: steepest step over two pixels at the stroke's edge, by its contrast; median. */
  readonly edge: number;
  readonly colour: InkColour;
}

/** Under a fifth of what the ink takes away, a difference between channels is no colour. */
const LEAST_CHROMA = 0.2;

/** Looks at the ink of `mask` (one byte a pixel) in the flattened plane and in the picture's colours. */
export function strokeLook(pixels: Raster, flat: Plane, mask: Uint8Array): StrokeLook {
  const bins = new Int32Array(256);
  let count = 0;
  for (let i = 0; i < mask.length; i++)
    if (mask[i]) {
      const value = flat.data[i] as number;
      bins[value] = (bins[value] as number) + 1;
      count++;
    }
  const middle = percentile(bins, count, 0.5);
  let dark = 0;
  let sum = 0;
  for (let value = 0; value <= middle; value++) {
    dark += bins[value] as number;
    sum += value * (bins[value] as number);
  }
  const contrast = 1 - sum / Math.max(1, dark) / 255;
  return {
    contrast,
    edge: edgeSlope(flat, mask, contrast),
    colour: inkColour(pixels, flat, mask, middle),
  };
}

function edgeSlope({ width, height, data }: Plane, mask: Uint8Array, contrast: number): number {
  const bins = new Int32Array(256);
  let count = 0;
  for (let y = 1; y < height - 1; y++)
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      if (!mask[i] || (mask[i + 1] && mask[i + width] && mask[i - 1] && mask[i - width])) continue;
      const across = Math.abs((data[i + 1] as number) - (data[i - 1] as number));
      const down = Math.abs((data[i + width] as number) - (data[i - width] as number));
      const steep = across > down ? across : down;
      bins[steep] = (bins[steep] as number) + 1;
      count++;
    }
  return count === 0
    ? 0
    : Math.min(1, percentile(bins, count, 0.5) / (255 * Math.max(0.05, contrast)));
}

/**
 * Hue of what the core takes away from each channel of the paper: a warm lamp or a thin stroke changes
 * neither, since both are divided by the paper first.
 */
function inkColour(pixels: Raster, flat: Plane, mask: Uint8Array, middle: number): InkColour {
  const ink = [0, 0, 0];
  const paper = [0, 0, 0];
  let dark = 0;
  let light = 0;
  for (let i = 0; i < mask.length; i++) {
    const core = mask[i] === 1 && (flat.data[i] as number) <= middle;
    const ground = !core && (flat.data[i] as number) >= 240 && i % 7 === 0;
    if (!core && !ground) continue;
    const into = core ? ink : paper;
    for (let c = 0; c < 3; c++) into[c] = (into[c] as number) + (pixels.data[i * 3 + c] as number);
    if (core) dark++;
    else light++;
  }
  const taken = [0, 1, 2].map((c) => {
    const white = light > 0 ? (paper[c] as number) / light : 255;
    return Math.max(0, 1 - (ink[c] as number) / Math.max(1, dark) / Math.max(1, white));
  });
  const most = Math.max(...taken);
  if (most <= 0 || (most - Math.min(...taken)) / most < LEAST_CHROMA) return 'black';
  const [r, g, b] = taken.map((value) => most - value) as [number, number, number];
  return colourOfHue(hueOf(r, g, b));
}

function hueOf(r: number, g: number, b: number): number {
  const most = Math.max(r, g, b);
  const chroma = most - Math.min(r, g, b);
  const sector =
    most === r ? (g - b) / chroma : most === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return (sector * 60 + 360) % 360;
}

const colourOfHue = (hue: number): InkColour =>
  hue >= 185 && hue < 262
    ? 'blue'
    : hue >= 262 && hue < 325
      ? 'violet'
      : hue < 25 || hue >= 325
        ? 'red'
        : 'other';
