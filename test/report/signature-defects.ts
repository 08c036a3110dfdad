// Made defects of signature samples, each on any picture: what report:signature and the unit tests measure.
import { faceTraits, plainSitting } from '../../stand/people/portrait/face-traits.ts';
import { paintPortrait } from '../../stand/people/portrait/portrait.ts';
import { createRandom } from '../../stand/people/random.ts';
import type { Random } from '../../stand/people/random.ts';
import { analyseInk } from '../../src/main/adapters/imaging/signature/analyse.ts';
import { filledIn } from '../../src/main/adapters/imaging/signature/fill-in.ts';
import { around } from '../../src/main/adapters/imaging/signature/groups.ts';
import type { Raster } from '../../src/main/adapters/imaging/raster.ts';
import type { SIGNATURE_MEASURES } from '../../src/shared/central/measures.ts';
import { blurred, mapped, resized, type Rgb } from './raster-tools.ts';

type SignatureMeasure = (typeof SIGNATURE_MEASURES)[number];

export interface Defect {
  readonly name: string;
  /** Measures of which one at least has to leave "agrees". */
  readonly caughtBy: readonly SignatureMeasure[];
  make(good: Raster, random: Random): Raster;
}

/** Seeded by picture and defect: the same report anywhere. */
export const damaged = (defect: Defect, good: Raster, seed: string): Raster =>
  defect.make(good, createRandom(`defect/${defect.name}/${seed}`));

const inkBox = (good: Raster): { x0: number; y0: number; x1: number; y1: number } => {
  const ink = analyseInk(good);
  const box = around(ink.strokes.parts);
  if (box === null) return { x0: 0, y0: 0, x1: good.width - 1, y1: good.height - 1 };
  const { scale } = ink;
  return { x0: box.x0 * scale, y0: box.y0 * scale, x1: box.x1 * scale, y1: box.y1 * scale };
};

/** The picture's own paper: strokes and a wide rim filled in from around. */
function paperOf(good: Raster): Raster {
  const ink = analyseInk(good);
  const { width, height } = good;
  const hidden = new Uint8Array(width * height);
  const rim = Math.ceil(Math.max(4, Math.max(width, height) / 120));
  const { mask } = ink.strokes;
  for (let y = 0; y < ink.flat.height; y++)
    for (let x = 0; x < ink.flat.width; x++) {
      const dark = (ink.flat.data[y * ink.flat.width + x] ?? 255) < ink.threshold.paper - 18;
      if (!mask[y * ink.flat.width + x] && !dark) continue;
      const cx = Math.round(x * ink.scale);
      const cy = Math.round(y * ink.scale);
      for (let yy = Math.max(0, cy - rim); yy <= Math.min(height - 1, cy + rim); yy++)
        hidden.fill(1, yy * width + Math.max(0, cx - rim), yy * width + Math.min(width, cx + rim));
    }
  return { width, height, data: filledIn(good, hidden) };
}

/** Ink as a share 0…1 at each pixel: how far it is from the paper. */
const mixed = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

function lined(good: Raster, random: Random, down: boolean): Raster {
  const long = Math.max(good.width, good.height);
  const pitch = long * random.range(0.045, 0.09);
  const thick = Math.max(1.6, long * random.range(0.002, 0.004));
  const tilt = random.range(-0.03, 0.03);
  const colour = random.pick<Rgb>([
    [96, 128, 190],
    [120, 120, 125],
    [170, 180, 205],
    [60, 60, 65],
  ]);
  const start = random.range(0, pitch);
  const cover = (place: number): number => {
    const off = Math.abs(((((place - start) % pitch) + pitch * 1.5) % pitch) - pitch / 2);
    return Math.max(0, Math.min(1, thick / 2 + 0.5 - off));
  };
  return mapped(good, (x, y, rgb) => {
    const share = Math.max(cover(y - x * tilt), down ? cover(x + y * tilt) : 0) * 0.85;
    const rule: Rgb = [0, 1, 2].map((c) => Math.min(rgb[c] ?? 0, colour[c] ?? 0)) as never;
    return mixed(rgb, rule, share);
  });
}

/**
 * The sample twice in one picture, beside each other or one above the other: a third to two thirds of its
 * height apart sideways, a sixth to a half downwards, or further where its own margins are wider.
 */
function twice(good: Raster, random: Random): Raster {
  const below = random.chance(0.5);
  const { width: w, height: h } = good;
  const box = inkBox(good);
  const margins = below ? box.y0 + h - box.y1 : box.x0 + w - box.x1;
  const apart = (box.y1 - box.y0) * (below ? random.range(0.17, 0.5) : random.range(0.33, 0.66));
  const strip = Math.max(0, Math.round(apart - margins));
  const paper = paperOf(good);
  const [width, height] = below ? [w, 2 * h + strip] : [2 * w + strip, h];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const along = below ? y : x;
      const side = below ? h : w;
      const between = along >= side && along < side + strip;
      const at = along < side ? along : between ? (along - side) % side : along - side - strip;
      const from = (below ? at * w + x : y * w + at) * 3;
      data.set((between ? paper : good).data.subarray(from, from + 3), (y * width + x) * 3);
    }
  return { width, height, data };
}

function cut({ width, data }: Raster, x0: number, y0: number, x1: number, y1: number): Raster {
  const [left, top] = [Math.round(x0), Math.round(y0)];
  const w = Math.max(1, Math.round(x1) - left);
  const h = Math.max(1, Math.round(y1) - top);
  const out = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y++) {
    const from = ((top + y) * width + left) * 3;
    out.set(data.subarray(from, from + w * 3), y * w * 3);
  }
  return { width: w, height: h, data: out };
}

/** One side goes through the strokes, 8–25 % of the ink box away. */
function cutOff(good: Raster, random: Random): Raster {
  const { x0, x1, y0, y1 } = inkBox(good);
  const share = random.range(0.08, 0.25);
  const [dx, dy] = [(x1 - x0) * share, (y1 - y0) * share];
  const { width: w, height: h } = good;
  switch (random.int(0, 3)) {
    case 0:
      return cut(good, x0 + dx, 0, w, h);
    case 1:
      return cut(good, 0, 0, x1 - dx, h);
    case 2:
      return cut(good, 0, y0 + dy, w, h);
    default:
      return cut(good, 0, 0, w, y1 - dy);
  }
}

/** Letters of 5 × 7 cells, drawn as blocks: "typed" instead of written. */
const LETTERS = ['11111100011000111111', '10001110011010110011', '11110100011111010001'];

function typed(good: Raster, random: Random): Raster {
  const paper = paperOf(good);
  const count = random.int(10, 16);
  const cell = (paper.width * 0.8) / (count * 6);
  const rows = random.int(1, 2);
  const top = (paper.height - rows * cell * 10) / 2;
  const shapes = Array.from({ length: count * rows }, () => random.pick(LETTERS));
  return mapped(paper, (x, y, rgb) => {
    const u = (x - paper.width * 0.1) / cell;
    const v = (y - top) / cell;
    const letter = Math.floor(u / 6);
    const row = Math.floor(v / 10);
    const [i, j] = [Math.floor(u - letter * 6), Math.floor(v - row * 10)];
    if (letter < 0 || letter >= count || row < 0 || row >= rows || i > 4 || j > 6) return rgb;
    const shape = shapes[row * count + letter] ?? '';
    // Every letter is one body: a stem at the left, a bar, and cells by its pattern.
    const on = i === 0 || j === 3 || shape[(Math.floor(j / 2) * 5 + i) % 20] === '1';
    return on ? [30, 30, 34] : rgb;
  });
}

/** One painted face, made when first needed. */
let face: Raster | null = null;

function portrait(random: Random): Raster {
  const traits = faceTraits('report', 'female', 'steppe');
  face ??= paintPortrait(traits, plainSitting(traits, 30, 'new'), 413, 531);
  const [x, y] = [random.range(0, 60), random.range(0, 80)];
  return cut(face, x, y, 413 - random.range(0, 60), 531 - random.range(0, 80));
}

/** A thing that is no signature: a face, a scene of light and dark shapes, or the sample as a negative. */
function noSignature(good: Raster, random: Random): Raster {
  const kind = random.int(0, 2);
  if (kind === 0) return portrait(random);
  if (kind === 1) return mapped(good, (_x, _y, [r, g, b]) => [255 - r, 255 - g, 255 - b]);
  const long = Math.max(good.width, good.height);
  const blobs = Array.from({ length: 14 }, () => ({
    x: random.range(0, good.width),
    y: random.range(0, good.height),
    r: random.range(0.05, 0.25) * long,
    rgb: [random.range(10, 240), random.range(10, 220), random.range(10, 200)] as Rgb,
  }));
  return mapped(good, (x, y) => {
    let rgb: Rgb = [120 + (60 * y) / good.height, 130, 140 - (50 * x) / good.width];
    for (const blob of blobs) {
      const near = 1 - Math.hypot(x - blob.x, y - blob.y) / blob.r;
      if (near > 0) rgb = mixed(rgb, blob.rgb, Math.min(1, near * 3));
    }
    return rgb;
  });
}

/** All kinds, in the order of the report. */
export const DEFECTS: readonly Defect[] = [
  { name: 'blank', caughtBy: ['ink-share'], make: (good) => paperOf(good) },
  {
    name: 'not-a-signature',
    caughtBy: ['ink-share', 'ink-separation'],
    make: noSignature,
  },
  {
    name: 'too-small',
    caughtBy: ['ink-width', 'ink-height'],
    make: (good, random) => {
      const { x0, x1, y0, y1 } = inkBox(good);
      const wanted = random.range(0.45, 0.9);
      return resized(good, Math.max((250 / (x1 - x0)) * wanted, 1 / (y1 - y0)));
    },
  },
  { name: 'cut-off', caughtBy: ['ink-at-border'], make: cutOff },
  { name: 'lines', caughtBy: ['ruled-lines'], make: (good, r) => lined(good, r, false) },
  { name: 'grid', caughtBy: ['ruled-lines'], make: (good, r) => lined(good, r, true) },
  { name: 'several', caughtBy: ['signature-groups'], make: twice },
  {
    name: 'low-contrast',
    caughtBy: ['ink-contrast', 'ink-share'],
    make: (good, random) => {
      const paper = paperOf(good);
      const share = random.range(0.15, 0.38);
      return mapped(good, (x, y, rgb) => {
        const at = (y * paper.width + x) * 3;
        const under: Rgb = [paper.data[at] ?? 0, paper.data[at + 1] ?? 0, paper.data[at + 2] ?? 0];
        return mixed(under, rgb, share);
      });
    },
  },
  {
    name: 'blur',
    caughtBy: ['ink-edge', 'ink-contrast'],
    make: (good, random) =>
      blurred(good, Math.max(good.width, good.height) * random.range(0.005, 0.01)),
  },
  {
    name: 'dark-paper',
    caughtBy: ['paper-light'],
    make: (good, random) => {
      const k = random.range(0.25, 0.48);
      return mapped(good, (_x, _y, [r, g, b]) => [r * k, g * k, b * k]);
    },
  },
  {
    name: 'uneven-paper',
    caughtBy: ['paper-evenness'],
    make: (good, random) => {
      const turn = random.range(0, 2 * Math.PI);
      const deep = random.range(0.5, 0.7);
      return mapped(good, (x, y, [r, g, b]) => {
        const along =
          0.5 +
          (x / good.width - 0.5) * Math.cos(turn) * 0.9 +
          (y / good.height - 0.5) * Math.sin(turn) * 0.9;
        const k = 1 - deep * Math.max(0, Math.min(1, along));
        return [r * k, g * k, b * k];
      });
    },
  },
  {
    name: 'moire',
    caughtBy: ['moire'],
    make: (good, random) => {
      const period = random.range(3.2, 12);
      const other = period * random.range(1.03, 1.15);
      const turn = random.range(0, Math.PI);
      const deep = random.range(0.03, 0.07);
      const wave = (x: number, y: number, p: number, a: number): number =>
        Math.sin((2 * Math.PI * (x * Math.cos(a) + y * Math.sin(a))) / p);
      return mapped(good, (x, y, [r, g, b]) => {
        const k =
          1 - deep + deep * (wave(x, y, period, turn) + wave(x, y, other, turn + 0.1)) * 0.5;
        return [r * k, g * k, b * k];
      });
    },
  },
  {
    name: 'red-ink',
    caughtBy: ['ink-redness'],
    make: (good, random) => {
      const paper = paperOf(good);
      const ink: Rgb = random.pick<Rgb>([
        [205, 30, 40],
        [180, 20, 30],
        [215, 60, 50],
        [30, 140, 60],
      ]);
      return mapped(good, (x, y, [r, g, b]) => {
        const at = (y * paper.width + x) * 3;
        const under: Rgb = [paper.data[at] ?? 0, paper.data[at + 1] ?? 0, paper.data[at + 2] ?? 0];
        const taken = 1 - Math.min(r, g, b) / Math.max(1, Math.min(...under));
        return mixed(under, ink, Math.max(0, Math.min(1, taken)));
      });
    },
  },
  { name: 'printed-text', caughtBy: ['print-likeness'], make: typed },
];
