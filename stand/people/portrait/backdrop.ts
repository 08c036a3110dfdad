// What stands behind the head: the plain light ground of the norms, and the grounds that earn a refusal.
import { createRandom } from '../random.ts';
import { clamp, linearRgb, mix, mixRgb, valueNoise } from './paint.ts';
import type { Layer, Rgb } from './paint.ts';
import type { FaceFrame } from './head-shape.ts';
import type { Sitting } from './face-traits.ts';

const PLAIN = [
  linearRgb(214, 218, 222),
  linearRgb(226, 228, 230),
  linearRgb(206, 212, 220),
  linearRgb(222, 220, 216),
];
const DARK = [linearRgb(58, 50, 46), linearRgb(44, 50, 62), linearRgb(70, 36, 36)];
const PAPER = [linearRgb(198, 178, 148), linearRgb(168, 186, 176), linearRgb(196, 170, 176)];
const BOOKS = [
  linearRgb(120, 44, 40),
  linearRgb(44, 66, 96),
  linearRgb(160, 132, 84),
  linearRgb(58, 84, 62),
  linearRgb(88, 78, 92),
  linearRgb(196, 190, 176),
];
const CURTAIN = [linearRgb(38, 96, 82), linearRgb(120, 62, 40), linearRgb(52, 76, 138)];

/** Fills the whole layer with the backdrop of a sitting. */
export function paintBackdrop(
  layer: Layer,
  frame: FaceFrame,
  sitting: Sitting,
  seedText: string,
  exposure: number,
): void {
  const r = createRandom(`backdrop/${seedText}`);
  const seed = r.int(1, 9999);
  const k = frame.height / 531;
  const plain = r.pick(PLAIN);
  const dark = r.pick(DARK);
  const paper = r.pick(PAPER);
  const motif: Rgb = mixRgb(paper, linearRgb(92, 58, 44), 0.6);
  const curtain = r.pick(CURTAIN);
  const colour: Record<Sitting['backdrop'], (x: number, y: number) => Rgb> = {
    plain: () => plain,
    dark: (x, y) =>
      mixRgb(dark, [0.004, 0.004, 0.005], clamp(valueNoise(x / 130, y / 130, seed) * 0.5 + 0.4)),
    wallpaper: (x, y) => wallpaper(x, y, paper, motif),
    room: (x, y) => shelf(x, y, seed),
    coloured: (x, y) => {
      const fold = Math.sin(x / 17 + 2.5 * valueNoise(x / 60, y / 300, seed)) * 0.5 + 0.5;
      return mixRgb([curtain[0] * 0.4, curtain[1] * 0.4, curtain[2] * 0.4], curtain, fold);
    },
  };
  const pick = colour[sitting.backdrop];
  const side = sitting.light === 'soft-right' ? -1 : 1;
  for (let y = 0; y < layer.height; y += 1) {
    for (let x = 0; x < layer.width; x += 1) {
      const [cr, cg, cb] = pick(x / k, y / k);
      const across = (x / layer.width - 0.5) * side;
      const level = exposure * (0.93 - 0.07 * across - 0.06 * (y / layer.height));
      const at = (y * layer.width + x) * 4;
      layer.data[at] = cr * level;
      layer.data[at + 1] = cg * level;
      layer.data[at + 2] = cb * level;
      layer.data[at + 3] = 1;
    }
  }
}

function wallpaper(x: number, y: number, paper: Rgb, motif: Rgb): Rgb {
  const row = Math.floor(y / 44);
  const u = ((x + (row % 2) * 27) % 54) - 27;
  const v = (y % 44) - 22;
  const r = Math.hypot(u, v);
  const petal = Math.cos(Math.atan2(v, u) * 5) * 5 + 11;
  const stripe = Math.abs(u) > 25 ? 0.35 : 0;
  return mixRgb(paper, motif, Math.max(stripe, r < petal ? 0.85 : r < petal + 2 ? 0.3 : 0));
}

function shelf(x: number, y: number, seed: number): Rgb {
  const board = y % 132;
  if (board > 118) return [0.1, 0.055, 0.03];
  const row = Math.floor(y / 132);
  let left = 0;
  for (let i = 0; left < 420; i += 1) {
    const width = 13 + 15 * (0.5 + 0.5 * valueNoise(i * 7.7 + row * 31, 1, seed));
    if (x < left + width) {
      const tall = 22 + 30 * (0.5 + 0.5 * valueNoise(i * 3.3, row * 5 + 9, seed));
      if (board < tall) return [0.03, 0.02, 0.015];
      const book = BOOKS[(i * 5 + row * 3 + (seed % 7)) % BOOKS.length] as Rgb;
      const round = mix(0.55, 1, Math.sin((Math.PI * (x - left)) / width));
      return [book[0] * round, book[1] * round, book[2] * round];
    }
    left += width;
  }
  return [0.03, 0.02, 0.015];
}
