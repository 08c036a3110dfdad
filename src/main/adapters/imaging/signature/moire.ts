// Moiré, screen rasters and halftone: a peak in the spectrum of the paper between the strokes.
import FFT from 'fft.js';
import type { Plane } from './plane.ts';

const MOST = 256;
const LEAST = 64;
/** Magnitude the median is raised by, per pixel of window: paper without grain would divide by nothing. */
const FLOOR = 0.0012;
/** Slower than this many periods a tile is light and shadow, not a pattern. */
const LEAST_PERIODS = 9;
/** More ink than this leaves too little paper in a tile. */
const MOST_INK = 0.45;
/** Pixels beside ink that still hold some of it. */
const RIM = 3;

const powerOfTwo = (side: number): number => Math.min(MOST, 2 ** Math.floor(Math.log2(side)));

/**
 * Highest peak by the median of the spectrum, the mean over the three tiles with least ink; null when the
 * picture is too small or has too little paper. Ink (non-zero in `mask`) and a rim around it count as paper.
 */
export function moire(flat: Plane, mask: Uint8Array, paper: number): number | null {
  const { width, height } = flat;
  const [w, h] = [powerOfTwo(width), powerOfTwo(height)];
  if (w < LEAST || h < LEAST) return null;
  const tiles = tilesOf(width, height, w, h)
    .map((tile) => ({ ...tile, ink: inkIn(mask, width, tile.x, tile.y, w, h) }))
    .filter((tile) => tile.ink <= MOST_INK)
    .sort((a, b) => a.ink - b.ink)
    .slice(0, 3);
  if (tiles.length === 0) return null;
  let sum = 0;
  for (const tile of tiles) sum += peakIn(windowed(flat, mask, paper, tile.x, tile.y, w, h), w, h);
  return sum / tiles.length;
}

/** Corners of tiles that cover the picture, at most 3 × 3. */
function tilesOf(width: number, height: number, w: number, h: number): { x: number; y: number }[] {
  const places = (side: number, tile: number): number[] => {
    const many = Math.min(3, Math.ceil(side / tile));
    return Array.from({ length: many }, (_, i) =>
      many === 1 ? (side - tile) >> 1 : Math.floor(((side - tile) * i) / (many - 1)),
    );
  };
  return places(height, h).flatMap((y) => places(width, w).map((x) => ({ x, y })));
}

function inkIn(
  mask: Uint8Array,
  width: number,
  x: number,
  y: number,
  w: number,
  h: number,
): number {
  let ink = 0;
  for (let row = y; row < y + h; row += 2)
    for (let at = row * width + x, end = at + w; at < end; at += 2) if (mask[at]) ink++;
  return (ink * 4) / (w * h);
}

/** The tile less its paper, ink and rim as paper, under a Hann window. */
function windowed(
  { width, height, data }: Plane,
  mask: Uint8Array,
  paper: number,
  left: number,
  top: number,
  w: number,
  h: number,
): Float64Array {
  const out = new Float64Array(w * h);
  const across = hann(w);
  const down = hann(h);
  for (let y = 0, to = 0; y < h; y++)
    for (let x = 0, at = (top + y) * width + left; x < w; x++, at++, to++) {
      const value = data[at] as number;
      if (value >= paper - 60)
        out[to] = (value - paper) * (down[y] as number) * (across[x] as number);
    }
  // Ink and three pixels beside it on either axis: the soft edge of a stroke is no paper.
  for (let row = Math.max(0, top - RIM); row < Math.min(height, top + h + RIM); row++)
    for (let column = Math.max(0, left - RIM); column < Math.min(width, left + w + RIM); column++) {
      if (!mask[row * width + column]) continue;
      const [x, y] = [column - left, row - top];
      if (y >= 0 && y < h)
        out.fill(
          0,
          y * w + Math.min(w, Math.max(0, x - RIM)),
          y * w + Math.max(0, Math.min(w, x + RIM + 1)),
        );
      if (x >= 0 && x < w)
        for (let yy = Math.max(0, y - RIM); yy < Math.min(h, y + RIM + 1); yy++)
          out[yy * w + x] = 0;
    }
  return out;
}

const hann = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n));

/** Third highest magnitude by the median; 8 × 8 blocks of JPEG left out. */
function peakIn(tile: Float64Array, w: number, h: number): number {
  const half = w / 2;
  const rows = new FFT(w);
  const spectrum = rows.createComplexArray() as number[];
  const re = new Float64Array(half * h);
  const im = new Float64Array(half * h);
  for (let y = 0; y < h; y++) {
    rows.realTransform(spectrum, tile.subarray(y * w, (y + 1) * w));
    for (let x = 0; x < half; x++) {
      re[x * h + y] = spectrum[2 * x] as number;
      im[x * h + y] = spectrum[2 * x + 1] as number;
    }
  }
  const columns = new FFT(h);
  const column = columns.createComplexArray() as number[];
  const out = columns.createComplexArray() as number[];
  const sizes = new Float32Array(half * h);
  let count = 0;
  let top = [0, 0, 0];
  for (let x = 0; x < half; x++) {
    for (let y = 0; y < h; y++) {
      column[2 * y] = re[x * h + y] as number;
      column[2 * y + 1] = im[x * h + y] as number;
    }
    columns.transform(out, column);
    const blockAcross = isBlock(x, w);
    const fx = (x * MOST) / w;
    for (let y = 0; y < h; y++) {
      const fy = y > h / 2 ? h - y : y;
      const slow = (fy * MOST) / h;
      if (fx * fx + slow * slow < LEAST_PERIODS * LEAST_PERIODS) continue;
      if (blockAcross && isBlock(fy, h)) continue;
      const [a, b] = [out[2 * y] as number, out[2 * y + 1] as number];
      const power = a * a + b * b;
      if ((x + y) % 5 === 0) sizes[count++] = power;
      if (power > (top[2] as number))
        top = [...top, power].sort((one, two) => two - one).slice(0, 3);
    }
  }
  const median = Math.sqrt(sizes.subarray(0, count).sort()[count >> 1] ?? 0);
  return Math.sqrt(top[2] as number) / (median + FLOOR * w * h);
}

/** Frequencies that the 8 × 8 blocks of JPEG leave, and zero, within one step. */
function isBlock(f: number, n: number): boolean {
  const step = n / 8;
  const rest = f % step;
  return rest <= 1 || rest >= step - 1;
}
