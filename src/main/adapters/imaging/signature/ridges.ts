// Thin dark dips of a flattened picture, looked for along one axis: what ruled lines are made of, faint ones too.
import type { Plane } from './plane.ts';
import type { InkThreshold } from './threshold.ts';

/** Pixels averaged along the line before looking: grain falls, a tilt of 4° does not matter. */
export const STEP = 4;

export interface Ridges {
  /** Number of cells along the line's axis, each STEP pixels. */
  readonly cells: number;
  /** Pixels on the other axis. */
  readonly side: number;
  readonly along: Int32Array;
  readonly place: Int32Array;
  readonly depth: Float32Array;
  readonly count: number;
}

/** Darkest pixel of each dip across the line's axis, averaged STEP pixels along it. */
export function ridgesOf(flat: Plane, { grain, paper }: InkThreshold, across: boolean): Ridges {
  const { width, height, data } = flat;
  const cells = Math.floor((across ? width : height) / STEP);
  const side = across ? height : width;
  const mean = new Uint8Array(cells * side); // row = place on the other axis
  for (let place = 0; place < side; place++)
    for (let cell = 0; cell < cells; cell++) {
      let sum = 2;
      const first = across ? place * width + cell * STEP : cell * STEP * width + place;
      const next = across ? 1 : width;
      for (let i = 0; i < STEP; i++) sum += data[first + i * next] as number;
      mean[place * cells + cell] = sum / STEP;
    }
  const reach = Math.max(3, Math.ceil(Math.max(width, height) / 130));
  const least = Math.max(7, 2.2 * grain);
  const capacity = cells * Math.ceil(side / 2);
  const [along, at] = [new Int32Array(capacity), new Int32Array(capacity)];
  const depth = new Float32Array(capacity);
  let count = 0;
  // Beyond the border is paper: a line that lies on the border has no other side.
  const beyond = new Uint8Array(cells).fill(paper);
  const rowAt = (place: number): Uint8Array =>
    place < 0 || place >= side ? beyond : mean.subarray(place * cells, (place + 1) * cells);
  for (let place = 0; place < side; place++) {
    const [row, above, below] = [rowAt(place), rowAt(place - reach), rowAt(place + reach)];
    const [before, after] = [rowAt(place - 1), rowAt(place + 1)];
    for (let cell = 0; cell < cells; cell++) {
      const here = row[cell] as number;
      const dip = Math.min(above[cell] as number, below[cell] as number) - here;
      if (dip < least) continue;
      if ((before[cell] as number) < here || (after[cell] as number) <= here) continue;
      along[count] = cell;
      at[count] = place;
      depth[count++] = dip;
    }
  }
  return { cells, side, along, place: at, depth, count };
}
