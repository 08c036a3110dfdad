// Lips, the line between them, the open smiling mouth, and beard hair.
import { createRandom } from '../random.ts';
import { clamp, linearRgb, mix, mixRgb, multiplyMask, paintMask, paintStrand } from './paint.ts';
import { polygonMask, scaleRgb, smoothstep, spline, strokeMask, valueNoise } from './paint.ts';
import type { Layer, Point, Rgb } from './paint.ts';
import { toPixels } from './head-shape.ts';
import type { FaceFrame } from './head-shape.ts';
import type { Lighting } from './light.ts';
import { beardArea } from './skin.ts';
import type { FaceTraits, Sitting } from './face-traits.ts';

const mirrorPath = (half: readonly Point[]): Point[] => [
  ...half.map(([u, v]): Point => [-u, v]),
  ...half
    .slice(0, -1)
    .map(([u, v]): Point => [u, v])
    .reverse(),
];

/** Paints closed lips, or the open mouth of a smile. */
export function paintMouth(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  const { scale, oy } = frame;
  const m = face.mouthHeight;
  const smile = sitting.smile;
  const w = 0.405 * face.mouthWidth * (1 + smile * 0.24);
  const thin = 1 - clamp((sitting.age - 40) / 60) * 0.4;
  const full = face.lipFull * thin;
  const lift = smile * 0.1 + 0.014;
  const gap = smile * 0.075;
  const top = 0.098 * full * (1 - smile * 0.35);
  const low = 0.125 * full * (1 - smile * 0.25);
  const seam = mirrorPath([
    [w, m - lift],
    [w * 0.6, m + 0.004 - lift * 0.35],
    [w * 0.24, m - 0.004 - gap * 0.5],
    [0, m + 0.008 - gap * 0.5],
  ]);
  const seamLow = mirrorPath([
    [w, m - lift],
    [w * 0.62, m + 0.006 + gap * 0.55],
    [w * 0.24, m + gap * 1.2],
    [0, m + 0.008 + gap * 1.3],
  ]);
  const peak = mirrorPath([
    [w, m - lift],
    [w * 0.62, m - top * 0.55 - lift * 0.5],
    [w * 0.2, m - top - gap * 0.5],
    [0, m - top * 0.78 - gap * 0.5],
  ]);
  const base = mirrorPath([
    [w, m - lift],
    [w * 0.7, m + low * 0.6 + gap * 0.4],
    [w * 0.32, m + low + gap * 1.15],
    [0, m + low * 1.06 + gap * 1.3],
  ]);
  const curve = (points: readonly Point[]): Point[] => toPixels(frame, spline(points, 8));
  const woman = face.sex === 'female';
  const made = woman ? createRandom(`lips/${face.seed}`).range(0.1, 0.75) : 0;
  const natural = mixRgb(face.skin, linearRgb(176, 74, 76), 0.5);
  const colour = mixRgb(natural, linearRgb(172, 52, 62), made * 0.6);
  const level = (k: number): number =>
    light.exposure *
    ((light.keyColour[1] as number) * k +
      (light.room[1] as number) * 0.7 +
      (light.fillColour[1] as number) * 0.5);
  if (smile > 0.15)
    paintTeeth(layer, [...curve(seam), ...curve(seamLow).reverse()], frame, m, level(0.55));
  const lip = (k: number, from: number, to: number, shine: number) => {
    return (x: number, y: number, out: [number, number, number]): void => {
      const v = (y + 0.5 - oy) / scale;
      const u = (x + 0.5 - frame.ox) / scale;
      const t = clamp((v - from) / (to - from));
      const rib = valueNoise(u * 34, v * 4, 5) * 0.06;
      const lit =
        level(k) * (mix(0.78, 1.06, Math.sin(Math.PI * t)) + rib) * (1 - 0.28 * (u / w) ** 2);
      const wet =
        shine * Math.exp(-(((t - 0.45) / 0.2) ** 2) - ((u + light.cast[0] * 0.5) / 0.2) ** 2);
      for (let c = 0; c < 3; c += 1) out[c] = (colour[c] as number) * lit + wet * light.exposure;
    };
  };
  const upperMask = polygonMask(layer, [...curve(peak), ...curve(seam).reverse()], 0.013 * scale);
  paintMask(layer, upperMask, lip(0.34, m - top, m, 0.008), 0.8);
  const lowerMask = polygonMask(
    layer,
    [...curve(seamLow), ...curve(base).reverse()],
    0.015 * scale,
  );
  paintMask(layer, lowerMask, lip(0.58, m, m + low, 0.05 + made * 0.05), 0.8);
  const dark: Rgb = [0.3, 0.14, 0.12];
  const line = strokeMask(
    layer,
    curve(seam),
    (t) => scale * (0.014 + 0.024 * Math.sin(Math.PI * t)),
    0.006 * scale,
  );
  multiplyMask(layer, line, dark, smile > 0.15 ? 0.35 : 0.82);
  const soft = strokeMask(
    layer,
    curve(seam),
    (t) => scale * 0.06 * Math.sin(Math.PI * t) ** 0.5,
    0.018 * scale,
  );
  multiplyMask(layer, soft, [0.62, 0.42, 0.38], smile > 0.15 ? 0.1 : 0.42);
  const below = base.map(([u, v]): Point => [u * 0.7, v + 0.035]);
  multiplyMask(
    layer,
    strokeMask(layer, curve(below), (t) => scale * 0.06 * Math.sin(Math.PI * t), 0.03 * scale),
    [0.66, 0.52, 0.46],
    0.5,
  );
}

function paintTeeth(
  layer: Layer,
  hole: readonly Point[],
  frame: FaceFrame,
  m: number,
  level: number,
): void {
  const { ox, oy, scale } = frame;
  const mask = polygonMask(layer, hole, 0.005 * scale);
  const enamel = linearRgb(236, 228, 214);
  paintMask(layer, mask, (x, y, out) => {
    const u = (x + 0.5 - ox) / scale;
    const v = (y + 0.5 - oy) / scale;
    const arc = m + 0.03 - u * u * 0.16;
    const tooth = smoothstep(arc + 0.045, arc + 0.028, v);
    const slit = Math.abs(((u / 0.088 + 100.5) % 1) - 0.5);
    const between = 1 - 0.3 * smoothstep(0.1, 0.02, slit);
    const round = 1 - 0.55 * clamp(Math.abs(u) / 0.46) ** 2;
    for (let c = 0; c < 3; c += 1) {
      const inside = [0.05, 0.012, 0.012][c] as number;
      out[c] = mix(inside, (enamel[c] as number) * level * between * round, tooth);
    }
  });
}

/** Beard and moustache hair over the skin. */
export function paintBeard(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  hair: Rgb,
  sitting: Sitting,
): void {
  if (sitting.beard === 'none') return;
  const random = createRandom(`beard/${face.seed}`);
  const { scale } = frame;
  const only = sitting.beard === 'moustache';
  const count = sitting.beard === 'short' ? 9000 : only ? 5200 : 3000;
  const length = sitting.beard === 'short' ? 0.06 : only ? 0.06 : 0.018;
  for (let i = 0; i < count; i += 1) {
    const u = only ? random.range(-0.46, 0.46) : random.range(-1.02, 1.02);
    const v = only ? random.range(0.84, 1.1) : random.range(0.66, 1.92);
    const place = beardArea(u, v, face.mouthHeight);
    if (random.next() > place) continue;
    if (only && Math.abs(u) > 0.46) continue;
    const inward = v < 1.05 && Math.abs(u) < 0.5 ? 0.9 * Math.sign(u) : -0.35 * Math.sign(u);
    const angle = inward + random.range(-0.35, 0.35);
    const reach = length * random.range(0.6, 1.2);
    const tip: Point = [u + Math.sin(angle) * reach, v + Math.cos(angle) * reach];
    const shade = scaleRgb(hair, random.range(0.35, 1.15));
    paintStrand(
      layer,
      toPixels(frame, [[u, v], tip]),
      [shade],
      [0.009 * scale, 0.004 * scale],
      sitting.beard === 'stubble' ? 0.22 : 0.42,
      true,
    );
  }
}
