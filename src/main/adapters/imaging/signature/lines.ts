// Ruled lines, grids and frames: ridges that run straight for 45 % of a side, faint ones too.
import type { Plane } from './plane.ts';
import { ridgesOf, STEP } from './ridges.ts';
import type { Ridges } from './ridges.ts';
import type { InkThreshold } from './threshold.ts';

/** A straight line in the plane's pixels; `across` says it runs from left to right. */
export interface RuledLine {
  readonly across: boolean;
  /** Ends along the line's own axis. */
  readonly from: number;
  readonly to: number;
  /** Position on the other axis: at + slope × place along. */
  readonly at: number;
  readonly slope: number;
}

/** ±4°: a page laid askew. */
const MOST_SLOPE = 0.07;
const LEAST_RUN = 0.45;
/** Crossing strokes and dashes leave holes. */
const MOST_HOLE = 0.1;
const LEAST_FILLED = 0.7;
const NEAR_LINE = 1.6;
const MOST_LINES = 40;
const PRINTED_OFF = 0.45;
const PRINTED_EVEN = 0.75;

interface StraightRun extends RuledLine {
  /** Root mean square of the distance from the line, px. */
  readonly off: number;
  /** Faint fifth by dark fifth of its depth: near 1 for print, less for a pen that swells and fades. */
  readonly even: number;
}

/** All ruled lines of a flattened picture; its threshold tells the paper's grain. */
export function ruledLines(flat: Plane, threshold: InkThreshold): RuledLine[] {
  const across = straightRuns(flat, threshold, true);
  const down = straightRuns(flat, threshold, false);
  const long = Math.max(flat.width, flat.height);
  return [
    ...across.filter((line) => isRuled(line, across, flat.width, long)),
    ...down.filter((line) => isRuled(line, down, flat.height, long)),
  ]
    .slice(0, MOST_LINES)
    .map(({ off: _off, even: _even, ...line }) => line);
}

/**
 * Rules run from border to border, or have an equal beside them, or lie alone as straight and even as no
 * hand draws. A stem of a tall letter is straight for half of a low picture: alone, a line must also be
 * long by the long side.
 */
function isRuled(
  line: StraightRun,
  rest: readonly StraightRun[],
  side: number,
  long: number,
): boolean {
  if (line.even < 0.4) return false;
  const near = Math.max(STEP, side * 0.015);
  if (line.from <= near && line.to >= side - near) return true;
  const printed = line.off <= PRINTED_OFF && line.even >= PRINTED_EVEN;
  if (printed && line.to - line.from >= LEAST_RUN * long) return true;
  return rest.some(
    (other) =>
      other !== line &&
      line.off <= 2 * PRINTED_OFF &&
      Math.abs(other.slope - line.slope) < 0.008 &&
      Math.abs(other.from - line.from) < side * 0.03 &&
      Math.abs(other.to - line.to) < side * 0.03,
  );
}

function straightRuns(flat: Plane, threshold: InkThreshold, across: boolean): StraightRun[] {
  const ridges = ridgesOf(flat, threshold, across);
  const { cells, side, count } = ridges;
  if (cells < 12 || side < 8 || count < cells * LEAST_RUN * LEAST_FILLED) return [];
  const slopes = Math.max(3, 2 * Math.ceil((MOST_SLOPE * cells * STEP) / 1.5) + 1);
  const votes = new Int16Array(slopes * side);
  const slopeOf = (k: number): number => ((2 * k) / (slopes - 1) - 1) * MOST_SLOPE;
  const cast = (i: number, by: number): void => {
    const x = ((ridges.along[i] as number) - cells / 2) * STEP;
    for (let k = 0; k < slopes; k++) {
      const at = Math.round((ridges.place[i] as number) - slopeOf(k) * x);
      if (at >= 0 && at < side) votes[k * side + at] = (votes[k * side + at] as number) + by;
    }
  };
  for (let i = 0; i < count; i++) cast(i, 1);
  const used = new Uint8Array(count);
  const lines: StraightRun[] = [];
  for (let tries = 0; tries < MOST_LINES * 2 && lines.length < MOST_LINES; tries++) {
    const best = peak(votes, slopes, side);
    if (best.votes < cells * LEAST_RUN * LEAST_FILLED) break;
    const slope = slopeOf(best.slope);
    const first = longestRun(ridges, used, best.at - (slope * cells * STEP) / 2, slope);
    const guess = fitted(ridges, first);
    const run = guess === null ? first : longestRun(ridges, used, guess.at, guess.slope);
    const fit = fitted(ridges, run);
    for (const i of new Set([...first.members, ...run.members])) {
      used[i] = 1;
      cast(i, -1);
    }
    if (fit !== null && run.to - run.from >= LEAST_RUN * cells) {
      const to = run.to === cells ? (across ? flat.width : flat.height) : run.to * STEP;
      lines.push({ across, from: run.from * STEP, to, ...fit });
    }
    if (first.members.length + run.members.length === 0)
      votes.fill(0, best.slope * side, (best.slope + 1) * side);
  }
  return lines;
}

function peak(
  votes: Int16Array,
  slopes: number,
  side: number,
): { votes: number; slope: number; at: number } {
  let best = { votes: 0, slope: 0, at: 0 };
  for (let k = 0; k < slopes; k++)
    for (let at = 0, i = k * side; at < side; at++, i++) {
      const before = at > 0 ? (votes[i - 1] as number) : 0;
      const after = at < side - 1 ? (votes[i + 1] as number) : 0;
      const sum = before + (votes[i] as number) + after;
      if (sum > best.votes) best = { votes: sum, slope: k, at };
    }
  return best;
}

interface Run {
  readonly from: number;
  readonly to: number;
  /** Ridge pixels near the line within the run. */
  readonly members: readonly number[];
}

/** The longest stretch of ridge pixels near a line, small holes allowed; in cells. */
function longestRun(ridges: Ridges, used: Uint8Array, at: number, slope: number): Run {
  const { cells, along, place, count } = ridges;
  const members: number[] = [];
  const hit = new Uint8Array(cells);
  for (let i = 0; i < count; i++) {
    if (used[i]) continue;
    const x = (along[i] as number) * STEP;
    if (Math.abs((place[i] as number) - slope * x - at) > NEAR_LINE) continue;
    members.push(i);
    hit[along[i] as number] = 1;
  }
  const hole = Math.max(2, cells * MOST_HOLE);
  let best = { from: 0, to: 0 };
  let from = -1;
  let last = -1;
  let filled = 0;
  for (let cell = 0; cell < cells; cell++) {
    if (!hit[cell]) continue;
    if (from < 0 || cell - last > hole) {
      from = cell;
      filled = 0;
    }
    last = cell;
    filled++;
    const length = last + 1 - from;
    if (length > best.to - best.from && filled >= length * LEAST_FILLED)
      best = { from, to: last + 1 };
  }
  return { ...best, members };
}

/** Least squares through the members inside the run; null when there are too few. */
function fitted(
  { along, place, depth }: Ridges,
  { from, to, members }: Run,
): Pick<StraightRun, 'at' | 'slope' | 'off' | 'even'> | null {
  const inside = members.filter((i) => (along[i] as number) >= from && (along[i] as number) < to);
  const n = inside.length;
  if (n < 8) return null;
  let [sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0];
  for (const i of inside) {
    const [x, y] = [(along[i] as number) * STEP, place[i] as number];
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
  }
  const spread = n * sxx - sx * sx;
  if (spread <= 0) return null;
  const slope = (n * sxy - sx * sy) / spread;
  const at = (sy - slope * sx) / n;
  const squares = syy - at * sy - slope * sxy;
  const depths = Float32Array.from(inside, (i) => depth[i] as number).sort();
  const even = (depths[Math.floor(n * 0.2)] as number) / (depths[Math.floor(n * 0.8)] as number);
  return { at, slope, off: Math.sqrt(Math.max(0, squares) / n), even };
}
