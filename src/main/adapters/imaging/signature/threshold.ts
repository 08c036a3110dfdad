// Where ink ends and paper begins: Otsu's threshold, held away from the paper's grain.
import { percentile } from './flatten.ts';
import type { Plane } from './plane.ts';

export interface InkThreshold {
  /** Flattened light up to which a pixel is ink. */
  readonly ink: number;
  /** Otsu's separability, 0…1; 0 when the picture has one light only. */
  readonly separation: number;
  /** Median of the flattened paper. */
  readonly paper: number;
  /** Robust s.d. of the paper's grain, in steps of flattened light. */
  readonly grain: number;
}

/** Ink fainter than a tenth of the paper's light is not told from the paper. */
const LEAST_STEP = 26;
const GRAINS = 4.5;

/** From the histogram of the flattened picture. */
export function inkThreshold({ data }: Plane): InkThreshold {
  const bins = new Int32Array(256);
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    bins[value] = (bins[value] as number) + 1;
  }
  const { at, separation } = otsu(bins, data.length);
  const paper = percentile(bins, data.length, 0.5);
  const grain = grainOf(bins, data.length, paper);
  const ceiling = paper - Math.max(LEAST_STEP, GRAINS * grain);
  // A picture dark all over has no paper to hold away from.
  return { ink: paper < 64 ? paper : Math.min(at, ceiling), separation, paper, grain };
}

function otsu(bins: Int32Array, total: number): { at: number; separation: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < 256; i++) {
    sum += i * (bins[i] as number);
    squares += i * i * (bins[i] as number);
  }
  const variance = squares - (sum * sum) / total;
  let best = 0;
  let at = 127;
  let weight = 0;
  let below = 0;
  for (let i = 0; i < 255; i++) {
    weight += bins[i] as number;
    below += i * (bins[i] as number);
    if (weight === 0 || weight === total) continue;
    const gap = below / weight - (sum - below) / (total - weight);
    const between = ((weight * (total - weight)) / total) * gap * gap;
    if (between > best) {
      best = between;
      at = i;
    }
  }
  return { at, separation: variance > 0 ? Math.min(1, best / variance) : 0 };
}

/** 1.48 × median distance from the paper's median. */
function grainOf(bins: Int32Array, total: number, paper: number): number {
  let near = bins[paper] as number;
  let distance = 0;
  while (near < total / 2 && distance < 255) {
    distance++;
    near += (bins[paper - distance] ?? 0) + (bins[paper + distance] ?? 0);
  }
  const before = near - ((bins[paper - distance] ?? 0) + (bins[paper + distance] ?? 0));
  const part = near > before ? (total / 2 - before) / (near - before) : 0;
  return distance === 0 ? 0.3 : 1.48 * (distance - 0.5 + part);
}
