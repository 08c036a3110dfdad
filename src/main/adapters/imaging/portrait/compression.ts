// Traces of JPEG compression: steps along a grid of 8 px in the picture's own pixels. Blind once a picture is rescaled.
import type { Raster } from '../raster.ts';
import { interpolate } from './sharpness.ts';

/** At most about this many pixels are looked at. */
const ENOUGH = 250_000;

/** Blockiness → JPEG quality it looks like; medians of portraits saved at each quality. */
const LOOKS_LIKE: readonly (readonly [blockiness: number, quality: number])[] = [
  [4.5, 8],
  [3.18, 20],
  [2.39, 40],
  [1.99, 60],
  [1.54, 80],
  [1.28, 90],
  [1.14, 95],
  [1.06, 100],
];

export interface Part {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pixels between the eyes on the printed card, about. */
const ON_CARD = 110;

/**
 * What is left of a quality once the picture is reduced to the card: traces shrink with the pixels,
 * so that a large picture saved at 70 prints like a card-sized one saved above 90.
 */
export const qualityOnCard = (quality: number, betweenEyes: number): number =>
  100 - (100 - quality) / Math.max(1, betweenEyes / ON_CARD);

export const qualityByBlocks = (raster: Raster, part: Part): number =>
  interpolate(LOOKS_LIKE, blockiness(raster, part));

/** Steps across the strongest of the eight grid places, by the mean of the others; the weaker of both directions. */
export function blockiness(raster: Raster, part: Part): number {
  const left = Math.max(8, Math.round(part.left));
  const top = Math.max(8, Math.round(part.top));
  const right = Math.min(raster.width - 8, Math.round(part.right));
  const bottom = Math.min(raster.height - 8, Math.round(part.bottom));
  if (right - left < 24 || bottom - top < 24) return 1;
  const skip = Math.max(1, Math.round(((right - left) * (bottom - top)) / ENOUGH));
  const across = new Float64Array(8);
  const down = new Float64Array(8);
  const { data, width } = raster;
  const row = width * 3;
  for (let y = top; y < bottom; y += skip)
    for (let x = left, at = (y * width + left) * 3 + 1; x < right; x++, at += 3)
      across[x & 7]! += bend(data[at - 6]!, data[at - 3]!, data[at]!, data[at + 3]!);
  for (let y = top; y < bottom; y++)
    for (let x = left, at = (y * width + left) * 3 + 1; x < right; x += skip, at += 3 * skip)
      down[y & 7]! += bend(data[at - 2 * row]!, data[at - row]!, data[at]!, data[at + row]!);
  const cells = ((right - left) * (bottom - top)) / skip / 8;
  return Math.sqrt(prominence(across, cells) * prominence(down, cells));
}

/** The step between two pixels, less what their neighbours' slopes explain. */
const bend = (a: number, b: number, c: number, d: number): number =>
  Math.abs(c - b - (b - a + d - c) / 2);

function prominence(sums: Float64Array, cells: number): number {
  const total = sums.reduce((sum, one) => sum + one, 0);
  const most = Math.max(...sums);
  return (most / cells + 0.05) / ((total - most) / 7 / cells + 0.05);
}
