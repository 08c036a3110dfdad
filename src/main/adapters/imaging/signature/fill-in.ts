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
  const out = new Uint8Array(data); // a Buffer's slice would be the source itself
  const cell = new Float32Array(4);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (!hidden[at]) continue;
      known(levels, x, y, cell);
      const count = cell[3] as number;
      for (let c = 0; c < 3; c++)
        out[at * 3 + c] = count > 0 ? Math.round((cell[c] as number) / count) : 255;
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

/** Sums around a pixel from the finest level whose 3 × 3 neighbourhood knows anything. */
function known(levels: readonly Level[], x: number, y: number, into: Float32Array): void {
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i] as Level;
    const cx = x >> (i + 1);
    const cy = y >> (i + 1);
    into.fill(0);
    for (let ny = Math.max(0, cy - 1); ny <= Math.min(level.height - 1, cy + 1); ny++)
      for (let nx = Math.max(0, cx - 1); nx <= Math.min(level.width - 1, cx + 1); nx++)
        addCell(level, nx, ny, into);
    if ((into[3] as number) >= 4) return;
  }
}
