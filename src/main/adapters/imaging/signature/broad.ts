// Dark areas broader than any stroke: what faces, things and negatives have, and signatures have not.
import type { Plane } from './plane.ts';

/** Cells of 4 × 4 pixels are enough for what is broad. */
const CELL = 4;
/** Darker than this share of the paper's light is dark; shadows on good samples are lighter. */
const DARK = 0.65;
/** A stroke is narrower than a 25th of the long side. */
const STROKE = 25;

/** Share of the picture, 0…1, in dark areas at least as broad as a 25th of its long side. */
export function broadShare({ width, height, data }: Plane, paper: number): number {
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const reach = Math.floor(Math.max(columns, rows) / STROKE / 2);
  if (reach < 1) return 0;
  const dark = new Uint8Array(columns * rows);
  const most = paper * DARK;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const y = Math.min(height - 1, row * CELL + CELL / 2);
      const x = Math.min(width - 1, column * CELL + CELL / 2);
      if ((data[y * width + x] as number) <= most) dark[row * columns + column] = 1;
    }
  const core = filtered(dark, columns, rows, reach, (sum, area) => sum === area);
  const broad = filtered(core, columns, rows, reach, (sum) => sum > 0);
  let count = 0;
  for (const cell of broad) count += cell;
  return count / broad.length;
}

/** Each cell judged by how many of the cells within `reach` are set; running sums. */
function filtered(
  cells: Uint8Array,
  columns: number,
  rows: number,
  reach: number,
  judge: (sum: number, area: number) => boolean,
): Uint8Array {
  const stride = columns + 1;
  const sums = new Int32Array(stride * (rows + 1));
  for (let y = 0; y < rows; y++)
    for (let x = 0, row = 0; x < columns; x++) {
      row += cells[y * columns + x] as number;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row;
    }
  const out = new Uint8Array(cells.length);
  for (let y = 0; y < rows; y++) {
    const top = Math.max(0, y - reach) * stride;
    const low = Math.min(rows, y + reach + 1) * stride;
    for (let x = 0; x < columns; x++) {
      const left = Math.max(0, x - reach);
      const right = Math.min(columns, x + reach + 1);
      const sum =
        (sums[low + right] as number) -
        (sums[low + left] as number) -
        (sums[top + right] as number) +
        (sums[top + left] as number);
      if (judge(sum, ((low - top) / stride) * (right - left))) out[y * columns + x] = 1;
    }
  }
  return out;
}
