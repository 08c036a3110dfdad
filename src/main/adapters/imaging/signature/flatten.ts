// Takes the paper's own light out of a picture: what is left is white paper and ink.
import type { Plane } from './plane.ts';

/** Light of the paper on a coarse grid, cell centres; 0…255. */
export interface PaperGrid {
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
  readonly light: Float32Array;
  /** Median of the grid. */
  readonly median: number;
  /** Standard deviation of the grid around its median. */
  readonly spread: number;
}

const PERCENTILE = 0.75;
/** Under this the division below would only blow up noise. */
const DARKEST = 24;
/** A cell much darker than all around it is a broad stroke, not a shadow: shadows are wide. */
const STROKE_CELL = 0.8;

/** 75th percentile of light around each cell: paper wherever strokes cover less than three quarters. */
export function paperGrid({ width, height, data }: Plane): PaperGrid {
  const cell = Math.max(16, Math.round(Math.max(width, height) / 24));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const raw = new Float32Array(columns * rows);
  const bins = new Int32Array(256);
  for (let row = 0; row < rows; row++) {
    const top = Math.max(0, Math.floor((row - 0.5) * cell));
    const end = Math.min(height, Math.ceil((row + 1.5) * cell));
    for (let column = 0; column < columns; column++) {
      const left = Math.max(0, Math.floor((column - 0.5) * cell));
      const right = Math.min(width, Math.ceil((column + 1.5) * cell));
      bins.fill(0);
      let count = 0;
      for (let y = top; y < end; y += 2)
        for (let at = y * width + left, stop = y * width + right; at < stop; at += 2) {
          const bin = data[at] as number;
          bins[bin] = (bins[bin] as number) + 1;
          count++;
        }
      raw[row * columns + column] = percentile(bins, count, PERCENTILE);
    }
  }
  const light = withoutStrokes(raw, columns, rows);
  const median = medianOf(light);
  let squares = 0;
  for (const value of light) squares += (value - median) ** 2;
  return { columns, rows, cell, light, median, spread: Math.sqrt(squares / light.length) };
}

/** Value under which `share` of the counted bytes lie. */
export function percentile(bins: ArrayLike<number>, count: number, share: number): number {
  let left = count * share;
  for (let value = 0; value < 256; value++) {
    left -= bins[value] as number;
    if (left < 0) return value;
  }
  return 255;
}

/** Median of a list of numbers; 0 of none. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

/** Cells that broad strokes darkened take the median of the 7 × 7 cells around them. */
function withoutStrokes(raw: Float32Array, columns: number, rows: number): Float32Array {
  const out = raw.slice();
  const around: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      around.length = 0;
      for (let y = Math.max(0, row - 3); y <= Math.min(rows - 1, row + 3); y++)
        for (let x = Math.max(0, column - 3); x <= Math.min(columns - 1, column + 3); x++)
          around.push(raw[y * columns + x] as number);
      const usual = medianOf(around);
      if ((raw[row * columns + column] as number) < usual * STROKE_CELL)
        out[row * columns + column] = usual;
    }
  return out;
}

/**
 * Light of the paper along one pixel row of a picture `scale` times larger than the grid's, bilinear.
 * `out` holds one value a pixel.
 */
export function paperRow(grid: PaperGrid, y: number, scale: number, out: Float32Array): void {
  const { columns, rows, light } = grid;
  const cell = grid.cell * scale;
  const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / cell - 0.5));
  const upper = Math.floor(v) * columns;
  const lower = Math.min(rows - 1, Math.floor(v) + 1) * columns;
  const down = v - Math.floor(v);
  const at = (column: number): number => {
    const top = light[upper + column] as number;
    return Math.max(DARKEST, top + ((light[lower + column] as number) - top) * down);
  };
  // Straight between two cell centres, level before the first and behind the last.
  for (let column = -1, x = 0; x < out.length; column++) {
    const from = at(Math.max(0, column));
    const to = at(Math.min(columns - 1, column + 1));
    const step = (to - from) / cell;
    const centre = (column + 0.5) * cell - 0.5;
    const end = column >= columns - 1 ? out.length : Math.min(out.length, Math.ceil(centre + cell));
    for (let value = from + (x - centre) * step; x < end; x++, value += step) out[x] = value;
  }
}

/** The picture divided by its paper: paper near 255, ink as dark as it is beside its paper. */
export function flattened({ width, height, data }: Plane, grid: PaperGrid): Plane {
  const flat = new Uint8Array(width * height);
  const paper = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    paperRow(grid, y, 1, paper);
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const value = (255 * (data[at] as number)) / (paper[x] as number);
      flat[at] = value > 255 ? 255 : value;
    }
  }
  return { width, height, data: flat };
}
