// Fills hidden pixels from what is around them: means of ever coarser copies, taken back where nothing finer is known.
import type { Raster } from '../raster.ts';

interface Level {
  readonly width: number;
  readonly height: number;
  /** Sum of known colours and their number, four floats a pixel. */
  readonly sums: Float32Array;
}

/** A copy of the picture in which pixels hidden (non-zero) are smooth between their neighbours; white if all are. */
export function filledIn({ width, height, data }: Raster, hidden: Uint8Array): Uint8Array {
  const levels: Level[] = [halved(fromPixels(data, hidden, width), width, height)];
  for (let top = levels[0] as Level; top.width > 1 || top.height > 1; top = levels.at(-1) as Level)
    levels.push(halved((x, y, into) => addCell(top, x, y, into), top.width, top.height));
  const filled = levels.reduceRight<Colours | null>(smoothed, null);
  const out = new Uint8Array(data); // a Buffer's slice would be the source itself
  const colour = new Float32Array(3);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (!hidden[at]) continue;
      between(filled, x, y, colour);
      for (let c = 0; c < 3; c++) out[at * 3 + c] = Math.round(colour[c] as number);
    }
  return out;
}

type Adder = (x: number, y: number, into: Float32Array) => void;

const fromPixels =
  (data: Uint8Array, hidden: Uint8Array, width: number): Adder =>
  (x, y, into) => {
    const at = y * width + x;
    if (hidden[at]) return;
    for (let c = 0; c < 3; c++) into[c] = (into[c] as number) + (data[at * 3 + c] as number);
    into[3] = (into[3] as number) + 1;
  };

function addCell({ width, sums }: Level, x: number, y: number, into: Float32Array): void {
  const at = (y * width + x) * 4;
  for (let c = 0; c < 4; c++) into[c] = (into[c] as number) + (sums[at + c] as number);
}

function halved(add: Adder, width: number, height: number): Level {
  const level = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
  const sums = new Float32Array(level.width * level.height * 4);
  const cell = new Float32Array(4);
  for (let y = 0; y < level.height; y++)
    for (let x = 0; x < level.width; x++) {
      cell.fill(0);
      for (let dy = 0; dy < 2 && y * 2 + dy < height; dy++)
        for (let dx = 0; dx < 2 && x * 2 + dx < width; dx++) add(x * 2 + dx, y * 2 + dy, cell);
      sums.set(cell, (y * level.width + x) * 4);
    }
  return { ...level, sums };
}

/** Too few known pixels around say nothing of the paper: the coarser copy is asked. */
const ENOUGH = 4;

/** Three floats a cell. */
interface Colours {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Colour of each cell from the known pixels of its 3 × 3 neighbourhood, else from the coarser copy, else white. */
function smoothed(coarser: Colours | null, level: Level): Colours {
  const { width, height } = level;
  const data = new Float32Array(width * height * 3);
  const cell = new Float32Array(4);
  const colour = new Float32Array(3);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 3) {
      cell.fill(0);
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++)
          addCell(level, nx, ny, cell);
      const count = cell[3] as number;
      if (count >= ENOUGH || (coarser === null && count > 0))
        for (let c = 0; c < 3; c++) data[at + c] = (cell[c] as number) / count;
      else {
        between(coarser, x, y, colour);
        data.set(colour, at);
      }
    }
  return { width, height, data };
}

/** Colour at a cell of the next finer copy, mixed from the four cells around it; white without any copy. */
function between(from: Colours | null, x: number, y: number, into: Float32Array): void {
  if (from === null) {
    into.fill(255);
    return;
  }
  const { width, height, data } = from;
  const u = Math.max(0, Math.min(width - 1, (x + 0.5) / 2 - 0.5));
  const v = Math.max(0, Math.min(height - 1, (y + 0.5) / 2 - 0.5));
  const x0 = Math.floor(u);
  const y0 = Math.floor(v);
  const right = (x0 + 1 < width ? 1 : 0) * 3;
  const below = (y0 + 1 < height ? width : 0) * 3;
  const at = (y0 * width + x0) * 3;
  for (let c = 0; c < 3; c++) {
    const top = mix(data[at + c] as number, data[at + right + c] as number, u - x0);
    const foot = mix(
      data[at + below + c] as number,
      data[at + below + right + c] as number,
      u - x0,
    );
    into[c] = mix(top, foot, v - y0);
  }
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
