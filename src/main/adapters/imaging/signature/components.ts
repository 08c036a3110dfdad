// 8-connected parts of the ink, by runs of each row; small specks left out.

/** Inclusive pixel box with what it holds. */
export interface Part {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly area: number;
}

export interface InkParts {
  readonly parts: readonly Part[];
  /** 1 where a kept part is, one byte a pixel. */
  readonly mask: Uint8Array;
  readonly area: number;
}

/** Fewer pixels than this are dust: 6, or twelve in a million. */
const leastArea = (pixels: number): number => Math.max(6, pixels * 1.2e-5);

/** Parts of a mask (non-zero = ink) with their boxes; a new mask without the specks. */
export function inkParts(ink: Uint8Array, width: number, height: number): InkParts {
  const runs = runsOf(ink, width, height);
  const { parts, kept } = merge(runs, leastArea(width * height));
  const mask = new Uint8Array(width * height);
  let area = 0;
  for (let i = 0; i < runs.count; i++) {
    if (!kept(i)) continue;
    const row = (runs.y[i] as number) * width;
    mask.fill(1, row + (runs.from[i] as number), row + (runs.to[i] as number));
    area += (runs.to[i] as number) - (runs.from[i] as number);
  }
  return { parts, mask, area };
}

interface Runs {
  readonly count: number;
  readonly y: Int32Array;
  readonly from: Int32Array;
  /** First column behind the run. */
  readonly to: Int32Array;
  /** Parent of each run in the union of touching runs. */
  readonly parent: Int32Array;
}

function runsOf(ink: Uint8Array, width: number, height: number): Runs {
  let size = 1024;
  let y = new Int32Array(size);
  let from = new Int32Array(size);
  let to = new Int32Array(size);
  let parent = new Int32Array(size);
  const wider = (old: Int32Array): Int32Array<ArrayBuffer> => {
    const next = new Int32Array(size);
    next.set(old);
    return next;
  };
  let count = 0;
  let above = 0; // first run of the row above
  for (let row = 0; row < height; row++) {
    const first = count;
    let over = above;
    const end = (row + 1) * width;
    for (let at = row * width; at < end; at++) {
      if (!ink[at]) continue;
      const left = at;
      while (at < end && ink[at]) at++;
      if (count === size) {
        size *= 2;
        [y, from, to, parent] = [wider(y), wider(from), wider(to), wider(parent)];
      }
      const a = left - row * width;
      const b = at - row * width;
      y[count] = row;
      from[count] = a;
      to[count] = b;
      parent[count] = count;
      while (over < first && (to[over] as number) < a) over++;
      for (let k = over; k < first && (from[k] as number) <= b; k++) join(parent, k, count);
      count++;
    }
    above = first;
  }
  return { count, y, from, to, parent };
}

function rootOf(parent: Int32Array, run: number): number {
  let at = run;
  while (parent[at] !== at) {
    const up = parent[at] as number;
    parent[at] = parent[up] as number;
    at = up;
  }
  return at;
}

function join(parent: Int32Array, one: number, other: number): void {
  const a = rootOf(parent, one);
  const b = rootOf(parent, other);
  if (a < b) parent[b] = a;
  else parent[a] = b;
}

function merge(runs: Runs, least: number): { parts: Part[]; kept: (run: number) => boolean } {
  const found = new Map<number, { -readonly [K in keyof Part]: Part[K] }>();
  for (let i = 0; i < runs.count; i++) {
    const root = rootOf(runs.parent, i);
    const [x0, x1, y] = [runs.from[i] as number, (runs.to[i] as number) - 1, runs.y[i] as number];
    const part = found.get(root);
    if (!part) {
      found.set(root, { x0, x1, y0: y, y1: y, area: x1 - x0 + 1 });
      continue;
    }
    if (x0 < part.x0) part.x0 = x0;
    if (x1 > part.x1) part.x1 = x1;
    part.y1 = y;
    part.area += x1 - x0 + 1;
  }
  const parts = [...found.values()].filter((part) => part.area >= least);
  return {
    parts,
    kept: (run) => (found.get(rootOf(runs.parent, run))?.area ?? 0) >= least,
  };
}
