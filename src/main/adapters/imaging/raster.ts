// Pixels in memory, halved copies of them, and samples taken through a turned and scaled grid.

/** RGB, 8 bits each, row by row from the top left. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Maps a point of the made picture to the source: x' = a·x + b·y + tx, y' = c·x + d·y + ty. Pixel edges are whole numbers. */
export type Affine = readonly [a: number, b: number, tx: number, c: number, d: number, ty: number];

/** The raster reduced by a whole factor, each pixel the mean of factor × factor; rests at right and bottom are left out. */
export function reduced(source: Raster, factor: number): Raster {
  if (factor <= 1) return source;
  const width = Math.max(1, Math.floor(source.width / factor));
  const height = Math.max(1, Math.floor(source.height / factor));
  const across = Math.min(factor, source.width);
  const down = Math.min(factor, source.height);
  const data = new Uint8Array(width * height * 3);
  const sums = new Uint32Array(width * 3);
  const share = 1 / (across * down);
  const from = source.data;
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let k = 0; k < down; k++) {
      let at = (y * factor + k) * source.width * 3;
      for (let x = 0; x < width * 3; x += 3) {
        let red = 0;
        let green = 0;
        let blue = 0;
        for (let i = 0; i < across; i++, at += 3) {
          red += from[at]!;
          green += from[at + 1]!;
          blue += from[at + 2]!;
        }
        sums[x]! += red;
        sums[x + 1]! += green;
        sums[x + 2]! += blue;
      }
    }
    const row = y * width * 3;
    for (let x = 0; x < width * 3; x++) data[row + x] = sums[x]! * share + 0.5;
  }
  return { data, width, height };
}

/** `reduced` by 2, which is asked for most, without the inner loops. */
function halved(source: Raster): Raster {
  const width = source.width >> 1;
  const height = source.height >> 1;
  const data = new Uint8Array(width * height * 3);
  const from = source.data;
  const row = source.width * 3;
  for (let y = 0, to = 0; y < height; y++) {
    let up = y * 2 * row;
    let low = up + row;
    for (let x = 0; x < width; x++, up += 6, low += 6, to += 3) {
      data[to] = (from[up]! + from[up + 3]! + from[low]! + from[low + 3]! + 2) >> 2;
      data[to + 1] = (from[up + 1]! + from[up + 4]! + from[low + 1]! + from[low + 4]! + 2) >> 2;
      data[to + 2] = (from[up + 2]! + from[up + 5]! + from[low + 2]! + from[low + 5]! + 2) >> 2;
    }
  }
  return { data, width, height };
}

/** A raster with its halves, quarters …: level n is 2ⁿ times smaller. */
export type Levels = readonly Raster[];

export function levelsOf(raster: Raster): Levels {
  const levels = [raster];
  for (let last = raster; Math.min(last.width, last.height) >= 64;) {
    last = halved(last);
    levels.push(last);
  }
  return levels;
}

export interface SampleOptions {
  readonly width: number;
  readonly height: number;
  /** Made value = scale · sample + offset; samples are 0…255. */
  readonly scale?: number;
  readonly offset?: number;
  /** Each made pixel is the mean of fine × fine samples; 2 where sharpness or grain is judged. */
  readonly fine?: number;
  /** Beyond the picture: its border pixels go on (true) or black (false). */
  readonly stretchBorder?: boolean;
}

/**
 * Takes `width` × `height` RGB floats from the picture through `grid`, bilinearly, from the level
 * whose pixels are just finer than the grid's.
 */
export function sample(levels: Levels, grid: Affine, options: SampleOptions): Float32Array {
  const { width, height, scale = 1, offset = 0, fine = 1, stretchBorder = false } = options;
  const [a, b, tx, c, d, ty] = grid;
  const step = Math.hypot(a, c);
  const level = Math.max(0, Math.min(levels.length - 1, Math.floor(Math.log2(step) + 1e-9)));
  const { data, width: w, height: h } = levels[level]!;
  const small = 1 / 2 ** level;
  const made = new Float32Array(width * height * 3);
  const share = scale / (fine * fine);
  const part = small / fine;
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      const u00 = (a * x + b * y + tx) * small - 0.5;
      const v00 = (c * x + d * y + ty) * small - 0.5;
      for (let j = 0; j < fine; j++)
        for (let i = 0; i < fine; i++) {
          const u = u00 + (a * (i + 0.5) + b * (j + 0.5)) * part;
          const v = v00 + (c * (i + 0.5) + d * (j + 0.5)) * part;
          const x0 = Math.floor(u);
          const y0 = Math.floor(v);
          let p = (y0 * w + x0) * 3;
          let q = p + 3;
          let r = p + w * 3;
          let s = r + 3;
          if (x0 < 0 || y0 < 0 || x0 >= w - 1 || y0 >= h - 1) {
            if (!stretchBorder && (x0 < -1 || y0 < -1 || x0 >= w || y0 >= h)) continue;
            const xa = x0 < 0 ? 0 : x0 >= w ? w - 1 : x0;
            const xb = x0 + 1 < 0 ? 0 : x0 + 1 >= w ? w - 1 : x0 + 1;
            const ya = (y0 < 0 ? 0 : y0 >= h ? h - 1 : y0) * w;
            const yb = (y0 + 1 < 0 ? 0 : y0 + 1 >= h ? h - 1 : y0 + 1) * w;
            p = (ya + xa) * 3;
            q = (ya + xb) * 3;
            r = (yb + xa) * 3;
            s = (yb + xb) * 3;
          }
          const fx = u - x0;
          const fy = v - y0;
          const w11 = fx * fy;
          const w10 = fx - w11;
          const w01 = fy - w11;
          const w00 = 1 - fx - w01;
          red += data[p]! * w00 + data[q]! * w10 + data[r]! * w01 + data[s]! * w11;
          green +=
            data[p + 1]! * w00 + data[q + 1]! * w10 + data[r + 1]! * w01 + data[s + 1]! * w11;
          blue += data[p + 2]! * w00 + data[q + 2]! * w10 + data[r + 2]! * w01 + data[s + 2]! * w11;
        }
      made[to] = red * share + offset;
      made[to + 1] = green * share + offset;
      made[to + 2] = blue * share + offset;
    }
  return made;
}

/** A grid of `side` px whose middle lies at (cx, cy), turned by `angle`, each step `step` source px; `mirror` flips it. */
export function gridAt(
  cx: number,
  cy: number,
  step: number,
  angle: number,
  middleX: number,
  middleY: number,
  mirror = false,
): Affine {
  const c = Math.cos(angle) * step;
  const s = Math.sin(angle) * step;
  const flip = mirror ? -1 : 1;
  return [
    c * flip,
    -s,
    cx - c * flip * middleX + s * middleY,
    s * flip,
    c,
    cy - s * flip * middleX - c * middleY,
  ];
}

/** A point of the made picture in the source. */
export const toSource = (grid: Affine, x: number, y: number): readonly [number, number] => [
  grid[0] * x + grid[1] * y + grid[2],
  grid[3] * x + grid[4] * y + grid[5],
];

/** A point of the source in the made picture. */
export function fromSource(grid: Affine, x: number, y: number): readonly [number, number] {
  const [a, b, tx, c, d, ty] = grid;
  const det = a * d - b * c;
  const u = x - tx;
  const v = y - ty;
  return [(d * u - b * v) / det, (a * v - c * u) / det];
}
