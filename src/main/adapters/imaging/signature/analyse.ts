// One pass from pixels to ink: the plane without its paper, the lines, the parts and the mask; both tools start here.
import type { Raster } from '../raster.ts';
import { flattened, paperGrid } from './flatten.ts';
import type { PaperGrid } from './flatten.ts';
import { inkParts } from './components.ts';
import type { InkParts } from './components.ts';
import { withoutLines } from './erase-lines.ts';
import { ruledLines } from './lines.ts';
import type { RuledLine } from './lines.ts';
import { lightOf, reduced } from './plane.ts';
import type { Plane } from './plane.ts';
import { inkThreshold } from './threshold.ts';
import type { InkThreshold } from './threshold.ts';

export interface InkAnalysis {
  /** The working copy; everything below is in its pixels. */
  readonly pixels: Raster;
  readonly light: Plane;
  /** Source pixels per working pixel. */
  readonly scale: number;
  readonly grid: PaperGrid;
  readonly flat: Plane;
  readonly threshold: InkThreshold;
  readonly lines: readonly RuledLine[];
  /** Strokes: ink without ruled lines and specks. */
  readonly strokes: InkParts;
}

/** Separates paper, lines and strokes; any picture of at least one pixel gives a result. */
export function analyseInk(source: Raster): InkAnalysis {
  const pixels = reduced(source);
  const { width, height } = pixels;
  const light = lightOf(pixels);
  const grid = paperGrid(light);
  const flat = flattened(light, grid);
  const threshold = inkThreshold(flat);
  const lines = ruledLines(flat, threshold);
  const ink = new Uint8Array(width * height);
  for (let i = 0; i < ink.length; i++) if ((flat.data[i] as number) <= threshold.ink) ink[i] = 1;
  withoutLines(ink, width, height, lines);
  const strokes = inkParts(ink, width, height);
  return { pixels, light, scale: source.width / width, grid, flat, threshold, lines, strokes };
}
