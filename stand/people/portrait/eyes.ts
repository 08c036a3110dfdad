// Eyes and brows: lids, white, iris with its fibres, pupil, catch-light, lashes, crease and brow hairs.
import { createRandom } from '../random.ts';
import { clamp, linearRgb, mix, mixRgb, multiplyMask, paintMask, paintStrand } from './paint.ts';
import { polygonMask, scaleRgb, smoothstep, spline, strokeMask, valueNoise } from './paint.ts';
import type { Layer, Point, Rgb } from './paint.ts';
import { toPixels } from './head-shape.ts';
import type { FaceFrame } from './head-shape.ts';
import type { Lighting } from './light.ts';
import type { FaceTraits, Sitting } from './face-traits.ts';

interface EyeShape {
  readonly upper: Point[];
  readonly lower: Point[];
  readonly centre: Point;
}

const HALF = 0.5;

/** Lid curves of the right-hand eye of the picture, inner corner first; the other side is mirrored. */
function eyeShape(face: FaceTraits, sitting: Sitting): EyeShape {
  const open = face.eyeOpen * clamp(sitting.eyesOpen, 0, 1.25);
  const squint = 1 - 0.28 * sitting.smile;
  const sag = clamp((sitting.age - 40) / 50) * 0.028;
  const wide = 0.232 * face.eyeWidth;
  const inner: Point = [HALF - wide, 0.048 - face.eyeTilt * 0.2];
  const outer: Point = [HALF + wide * 1.02, 0.012 - face.eyeTilt + sag];
  const lift = 0.106 * open * squint;
  const drop = 0.07 * Math.min(1, open) * (0.25 + 0.75 * clamp(sitting.eyesOpen));
  const closed = smoothstep(0.45, 0.05, sitting.eyesOpen) * 0.055;
  const upper = spline(
    [
      inner,
      [HALF - wide * 0.62, -0.035 - lift * 0.42 + 0.05 + closed],
      [HALF - wide * 0.08, 0.018 - lift + closed],
      [HALF + wide * 0.5, 0.018 - lift * 0.82 - face.eyeTilt * 0.4 + sag * 0.5 + closed],
      outer,
    ],
    8,
  );
  const lower = spline(
    [
      inner,
      [HALF - wide * 0.5, 0.034 + drop * 0.72],
      [HALF + wide * 0.1, 0.034 + drop],
      [HALF + wide * 0.62, 0.028 + drop * 0.62 - face.eyeTilt * 0.5],
      outer,
    ],
    8,
  );
  return { upper, lower, centre: [HALF + 0.004, 0.004 - face.eyeTilt * 0.3] };
}

const flip = (points: readonly Point[], side: number): Point[] =>
  points.map(([u, v]): Point => [u * side, v]);

/** Paints both eyes. */
export function paintEyes(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  const shape = eyeShape(face, sitting);
  for (const side of [-1, 1]) paintEye(layer, frame, face, sitting, light, shape, side);
}

function paintEye(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
  shape: EyeShape,
  side: number,
): void {
  const { scale } = frame;
  const random = createRandom(`eye/${face.seed}/${String(side)}`);
  const upper = flip(shape.upper, side);
  const lower = flip(shape.lower, side);
  const woman = face.sex === 'female';
  if (sitting.eyesOpen > 0.15) {
    const ring = [...upper, ...[...lower].reverse()];
    const mask = polygonMask(layer, toPixels(frame, ring), 0.004 * scale);
    paintMask(layer, mask, eyeball(frame, face, light, shape, side));
  }
  const pink: Rgb = [0.94, 0.66, 0.6];
  const water = lower.map(([u, v]): Point => [u, v + 0.012]);
  multiplyMask(
    layer,
    strokeMask(
      layer,
      toPixels(frame, water),
      (t) => scale * 0.026 * Math.sin(Math.PI * t) ** 0.4,
      0.006 * scale,
    ),
    pink,
    0.55,
  );
  const lash: Rgb = mixRgb(face.hair, linearRgb(22, 16, 14), 0.75);
  const under = lower.map(([u, v]): Point => [u, v + 0.022]);
  const underMask = strokeMask(
    layer,
    toPixels(frame, under),
    (t) => scale * 0.016 * smoothstep(0, 0.7, t),
    0.006 * scale,
  );
  multiplyMask(layer, underMask, [0.42, 0.32, 0.28], woman ? 0.75 : 0.5);
  if (face.lidCrease > 0.1 && sitting.eyesOpen > 0.3) {
    const gap = mix(0.03, 0.075, face.lidCrease);
    const crease = upper.map(([u, v], i): Point => {
      const t = i / (upper.length - 1);
      return [u + side * 0.01, v - gap * (0.35 + 0.65 * Math.sin(Math.PI * Math.min(1, t * 1.05)))];
    });
    const wide = strokeMask(
      layer,
      toPixels(frame, crease),
      (t) => scale * 0.05 * Math.sin(Math.PI * t) ** 0.6,
      0.016 * scale,
    );
    multiplyMask(layer, wide, [0.74, 0.6, 0.54], 0.55);
    const thin = strokeMask(
      layer,
      toPixels(frame, crease),
      (t) => scale * 0.018 * Math.sin(Math.PI * t) ** 0.6,
      0.005 * scale,
    );
    multiplyMask(layer, thin, [0.42, 0.28, 0.23], 0.62);
  } else {
    const puff = upper.map(([u, v]): Point => [u, v - 0.035]);
    multiplyMask(
      layer,
      strokeMask(
        layer,
        toPixels(frame, puff),
        (t) => scale * 0.05 * Math.sin(Math.PI * t),
        0.02 * scale,
      ),
      [0.78, 0.66, 0.6],
      0.4,
    );
  }
  const line = strokeMask(
    layer,
    toPixels(
      frame,
      upper.map(([u, v]): Point => [u, v - 0.004]),
    ),
    (t) => scale * (woman ? 0.036 : 0.026) * (0.35 + 0.65 * smoothstep(0, 0.55, t)),
    0.005 * scale,
  );
  paintMask(layer, line, lash, woman ? 0.95 : 0.85);
  const count = woman ? 34 : 22;
  for (let i = 0; i < count; i += 1) {
    const t = random.range(0.12, 1);
    const root = upper[Math.floor(t * (upper.length - 1))] as Point;
    const length = (woman ? 0.055 : 0.036) * random.range(0.6, 1.1) * (0.5 + 0.5 * t);
    const lean = mix(-0.25, 0.85, t) * side;
    const tip: Point = [
      root[0] + lean * length,
      root[1] - length * (sitting.eyesOpen < 0.3 ? -0.8 : 0.8),
    ];
    const middle: Point = [root[0] + lean * length * 0.35, root[1] - length * 0.25];
    paintStrand(
      layer,
      toPixels(frame, [root, middle, tip]),
      [lash],
      [0.012 * scale, 0.004 * scale],
      0.5,
    );
  }
  if (face.eyeFold > 0) {
    const fold = flip(
      [
        [0.3 - 0.03 * face.eyeFold, 0.075],
        [0.285, 0.03],
        [0.33, -0.035],
        [0.4, -0.075],
      ],
      side,
    );
    const mask = strokeMask(
      layer,
      toPixels(frame, spline(fold, 8)),
      (t) => scale * 0.03 * Math.sin(Math.PI * t),
      0.01 * scale,
    );
    multiplyMask(layer, mask, [0.62, 0.45, 0.38], 0.6 * face.eyeFold);
  }
}

function eyeball(
  frame: FaceFrame,
  face: FaceTraits,
  light: Lighting,
  shape: EyeShape,
  side: number,
): (x: number, y: number, out: [number, number, number]) => void {
  const { ox, oy, scale } = frame;
  const [cu, cv] = shape.centre;
  const radius = 0.104;
  const pixel = 0.75 / scale;
  const white = linearRgb(226, 219, 212);
  const rose = linearRgb(214, 158, 146);
  const rim = scaleRgb(face.iris, 0.22);
  const level =
    light.exposure * ((light.keyColour[1] as number) * 0.62 + (light.room[1] as number) * 0.85);
  const glint: Point = [cu * side + light.key[0] * 0.075, cv - 0.038];
  return (x, y, out) => {
    const u = (x + 0.5 - ox) / scale;
    const v = (y + 0.5 - oy) / scale;
    const a = u * side;
    const du = a - cu;
    const dv = v - cv;
    const r = Math.hypot(du, dv);
    const topLid = lidAt(shape.upper, a);
    const shadow =
      1 -
      0.62 * smoothstep(0.085, 0.0, v - topLid) -
      0.18 * smoothstep(0.03, 0, lidAt(shape.lower, a) - v);
    const round = 1 - 0.42 * clamp(Math.abs(du) / 0.24) ** 2.2;
    const corner = smoothstep(-0.15, -0.23, du) * 0.8;
    let colour = mixRgb(white, rose, clamp(corner + 0.1 * Math.abs(du) * 4));
    if (r < radius + pixel) {
      const fibre = valueNoise(Math.atan2(dv, du) * 9, r * 26, 7) * 0.22;
      const t = r / radius;
      const lower =
        1 +
        0.75 *
          smoothstep(-0.2, 0.9, dv / radius - (du * light.key[0] * side) / radius) *
          (1 - t * 0.4);
      let iris = scaleRgb(face.iris, (1.15 + fibre) * lower);
      iris = mixRgb(iris, rim, smoothstep(0.7, 0.98, t));
      iris = mixRgb(iris, [0.003, 0.003, 0.003], smoothstep(0.42 + pixel * 8, 0.36, t));
      colour = mixRgb(colour, iris, smoothstep(radius + pixel, radius - pixel, r));
    }
    const k = level * shadow * round;
    const flash = smoothstep(0.025, 0.012, Math.hypot(u - glint[0], (v - glint[1]) * 1.15));
    const second =
      0.16 *
      smoothstep(0.035, 0.01, Math.hypot(u - cu * side + light.key[0] * 0.06, v - cv - 0.045));
    const spark = (flash * 0.9 + (r < radius ? second : 0)) * Math.min(1, light.exposure);
    for (let c = 0; c < 3; c += 1) out[c] = (colour[c] as number) * k + spark * 0.9;
  };
}

function lidAt(lid: readonly Point[], u: number): number {
  for (let i = 0; i + 1 < lid.length; i += 1) {
    const p = lid[i] as Point;
    const q = lid[i + 1] as Point;
    if (u >= p[0] && u <= q[0]) return mix(p[1], q[1], (u - p[0]) / (q[0] - p[0] || 1));
  }
  return (u < HALF ? (lid[0] as Point) : (lid[lid.length - 1] as Point))[1];
}

/** Paints both brows, hair by hair. */
export function paintBrows(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  hair: Rgb,
  sitting: Sitting,
): void {
  const { scale } = frame;
  const v0 = -face.browHeight + 0.03;
  const arch = 0.06 * face.browArch;
  const raise = sitting.smile * -0.02;
  const path = spline(
    [
      [0.19, v0 + 0.012 + raise],
      [0.38, v0 - arch * 0.5 + raise],
      [0.62, v0 - arch + raise],
      [0.87, v0 + 0.02 + raise],
    ],
    12,
  );
  const thick = 0.112 * face.browThick;
  const tone = mixRgb(hair, linearRgb(58, 42, 34), 0.35);
  for (const side of [-1, 1]) {
    const random = createRandom(`brow/${face.seed}/${String(side)}`);
    const line = flip(path, side);
    const profile = (t: number): number =>
      scale * thick * smoothstep(-0.12, 0.16, t) * mix(1.0, 0.22, t ** 1.6);
    multiplyMask(
      layer,
      strokeMask(layer, toPixels(frame, line), (t) => profile(t) * 0.95, 0.022 * scale),
      scaleRgb(tone, 1.6),
      0.66,
    );
    const hairs = Math.round(230 * face.browThick);
    for (let i = 0; i < hairs; i += 1) {
      const t = random.next();
      const at = Math.min(path.length - 2, Math.floor(t * (path.length - 1)));
      const p = line[at] as Point;
      const q = line[at + 1] as Point;
      const across = random.range(-0.5, 0.5) * (profile(t) / scale);
      const along = Math.atan2(q[1] - p[1], (q[0] - p[0]) * side);
      const turn = along - mix(1.0, 0.16, smoothstep(0, 0.4, t)) * (across > 0 ? 1 : 0.55);
      const length = 0.07 * random.range(0.6, 1.2) * mix(1, 0.7, t);
      const root: Point = [p[0] + random.range(-0.01, 0.01), p[1] + across + 0.01];
      const tip: Point = [
        root[0] + Math.cos(turn) * length * side,
        root[1] + Math.sin(turn) * length,
      ];
      const dark = scaleRgb(tone, random.range(0.5, 1.15));
      paintStrand(
        layer,
        toPixels(frame, [root, tip]),
        [dark],
        [0.009 * scale, 0.004 * scale],
        0.34,
      );
    }
  }
}
