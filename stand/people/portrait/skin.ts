// Skin: colour of each part of the face, light over the relief, and the neck and ears that carry it.
import { clamp, coarseBlur, linearRgb, mixRgb, mix, multiplyMask, paintMask } from './paint.ts';
import { polygonMask, scaleRgb, smoothstep, spline, strokeMask, valueNoise } from './paint.ts';
import type { Layer, Mask, Point, Rgb } from './paint.ts';
import { faceOutline, toPixels } from './head-shape.ts';
import type { FaceFrame, Relief } from './head-shape.ts';
import { gloss, irradiance } from './light.ts';
import type { Lighting } from './light.ts';
import type { FaceTraits, Sitting } from './face-traits.ts';

const SKIN_WRAP: Rgb = [0.42, 0.29, 0.24];

interface Blush {
  readonly u: number;
  readonly v: number;
  readonly su: number;
  readonly sv: number;
  readonly amount: number;
}

const BLUSH: readonly Blush[] = [
  { u: 0.68, v: 0.5, su: 0.32, sv: 0.26, amount: 0.42 },
  { u: 0, v: 0.62, su: 0.2, sv: 0.16, amount: 0.4 },
  { u: 0.24, v: 0.68, su: 0.12, sv: 0.1, amount: 0.28 },
  { u: 0.5, v: -0.1, su: 0.26, sv: 0.1, amount: 0.22 },
  { u: 0.5, v: 0.15, su: 0.22, sv: 0.07, amount: 0.25 },
  { u: 0, v: 1.62, su: 0.24, sv: 0.14, amount: 0.2 },
];

/** Paints the lit face inside its outline; returns the mask of the outline. */
export function paintFace(
  layer: Layer,
  relief: Relief,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): Mask {
  const { frame, plane } = relief;
  const { width, ox, oy, scale } = frame;
  const mask = polygonMask(layer, toPixels(frame, faceOutline(face, sitting.age)), 0.012 * scale);
  const near = coarseBlur(plane, width, frame.height, 0.05 * scale, 2);
  const far = coarseBlur(plane, width, frame.height, 0.17 * scale, 4);
  const texture = (1 - sitting.retouch) * (0.55 + clamp((sitting.age - 18) / 60));
  const seed = Math.floor(face.tilt * 1e6) + Math.floor(face.jaw * 1e5);
  const irr: [number, number, number] = [0, 0, 0];
  const ruddy = linearRgb(206, 92, 76);
  const spot = linearRgb(120, 74, 50);
  const smooth = sitting.retouch > 0 ? near : plane;
  paintMask(layer, mask, (x, y, out) => {
    const at = y * width + x;
    const u = (x + 0.5 - ox) / scale;
    const v = (y + 0.5 - oy) / scale;
    const left = smooth[at - 1] as number;
    const right = smooth[at + 1] as number;
    const up = smooth[at - width] as number;
    const down = smooth[at + width] as number;
    const pore =
      valueNoise(u * 38, v * 38, seed) * 0.5 + valueNoise(u * 17, v * 17, seed + 1) * 0.5;
    let nx = (-(right - left) * scale) / 2 + pore * 0.02 * texture;
    let ny = (-(down - up) * scale) / 2 + pore * 0.02 * texture;
    const n = Math.hypot(nx, ny, 1);
    nx /= n;
    ny /= n;
    const nz = 1 / n;
    const h = smooth[at] as number;
    const dip = clamp(((near[at] as number) - h) * 7, -0.25, 0.8);
    const hollow = clamp(((far[at] as number) - h) * 2.6, -0.3, 0.8);
    const edge = smoothstep(0.5, 0.05, nz);
    const open = clamp(1 - dip * 0.62 - hollow * 0.5 - edge * 0.3, 0.12, 1.15);
    irradiance(light, nx, ny, nz, SKIN_WRAP, open, irr);
    let albedo = skinAt(face, sitting, u, v, ruddy);
    const blotch = valueNoise(u * 6, v * 6, seed + 2) * 0.8;
    albedo = scaleRgb(albedo, 1 + (blotch * 0.035 + pore * 0.028) * texture);
    const onCheeks = Math.exp(-(((Math.abs(u) - 0.45) / 0.45) ** 2) - ((v - 0.42) / 0.3) ** 2);
    const dots = face.freckles * onCheeks + clamp((sitting.age - 55) / 60) * 0.7;
    if (dots > 0.03 && sitting.retouch === 0) {
      const freckle = smoothstep(0.45, 0.8, valueNoise(u * 21, v * 21, seed + 4));
      albedo = mixRgb(albedo, spot, freckle * dots * 0.3);
    }
    const oil = 0.5 + 0.5 * Math.exp(-((u / 0.4) ** 2));
    const shine = gloss(light, nx, ny, nz, oil);
    const glow = sitting.retouch * 0.05;
    const creep = clamp(dip) * 0.5;
    out[0] = albedo[0] * (irr[0] + glow) * (1 + creep * 0.12) + shine * clamp(open) * 0.95;
    out[1] = albedo[1] * (irr[1] + glow) * (1 - creep * 0.16) + shine * clamp(open) * 0.95;
    out[2] = albedo[2] * (irr[2] + glow) * (1 - creep * 0.2) + shine * clamp(open);
  });
  if (face.mole && sitting.retouch === 0) {
    const mark: Point[] = Array.from({ length: 12 }, (_, i) => {
      const a = (i / 12) * 2 * Math.PI;
      const [mu, mv] = face.mole as readonly [number, number];
      return [mu + Math.cos(a) * 0.018, mv + Math.sin(a) * 0.017];
    });
    multiplyMask(
      layer,
      polygonMask(layer, toPixels(frame, mark), 0.006 * scale),
      [0.34, 0.22, 0.18],
    );
  }
  return mask;
}

function skinAt(face: FaceTraits, sitting: Sitting, u: number, v: number, ruddy: Rgb): Rgb {
  let red = 0;
  const a = Math.abs(u);
  for (const b of BLUSH) {
    const q = ((a - b.u) / b.su) ** 2 + ((v - b.v) / b.sv) ** 2;
    if (q < 5) red += b.amount * Math.exp(-q);
  }
  const youth = face.sex === 'female' ? 1.1 : 0.95;
  let albedo = mixRgb(face.skin, [ruddy[0], ruddy[1], ruddy[2]], clamp(red * 0.36 * youth));
  const pale = Math.exp(-((u / 0.7) ** 2) - ((v + 0.75) / 0.4) ** 2);
  albedo = scaleRgb(albedo, 1 + 0.05 * pale);
  const tired = Math.exp(-(((a - 0.42) / 0.22) ** 2) - ((v - 0.19) / 0.09) ** 2);
  const shade = tired * (0.1 + 0.2 * clamp((sitting.age - 25) / 50)) * (1 - sitting.retouch);
  albedo = [albedo[0] * (1 - shade), albedo[1] * (1 - shade * 1.05), albedo[2] * (1 - shade * 0.8)];
  if (sitting.beard !== 'none' || face.sex === 'male') {
    const jaw = beardArea(u, v, face.mouthHeight);
    const lipOnly =
      sitting.beard === 'moustache'
        ? Math.exp(-((u / 0.42) ** 4) - ((v - 0.95 - u * u * 0.5) / 0.06) ** 2) * 0.55
        : 0;
    const k =
      lipOnly +
      (1 - lipOnly) *
        jaw *
        (sitting.beard === 'short'
          ? 0.45
          : sitting.beard === 'stubble'
            ? 0.36
            : sitting.age < 20
              ? 0.02
              : 0.1);
    albedo = [albedo[0] * (1 - k), albedo[1] * (1 - k * 0.86), albedo[2] * (1 - k * 0.74)];
  }
  return albedo;
}

/** Nostrils, the edge of the wings and the shade under the tip: too fine for the relief. */
export function paintNose(layer: Layer, frame: FaceFrame, face: FaceTraits, light: Lighting): void {
  const { scale } = frame;
  const w = face.noseWidth;
  const base = 0.74 * face.noseLength;
  const under = spline(
    [
      [-0.2 * w, base - 0.01],
      [-0.1 * w, base + 0.02],
      [0, base + 0.045],
      [0.1 * w, base + 0.02],
      [0.2 * w, base - 0.01],
    ],
    8,
  );
  multiplyMask(
    layer,
    strokeMask(
      layer,
      toPixels(frame, under),
      (t) => scale * 0.085 * Math.sin(Math.PI * t) ** 0.7,
      0.028 * scale,
    ),
    [0.62, 0.44, 0.38],
    0.62,
  );
  for (const side of [-1, 1]) {
    const m = (points: readonly Point[]): Point[] =>
      toPixels(
        frame,
        spline(
          points.map(([u, v]): Point => [u * side * w, v]),
          8,
        ),
      );
    const hole = m([
      [0.045, base + 0.012],
      [0.085, base - 0.012],
      [0.135, base - 0.004],
      [0.15, base + 0.016],
      [0.1, base + 0.026],
    ]);
    multiplyMask(layer, polygonMask(layer, hole, 0.009 * scale), [0.22, 0.1, 0.085], 0.88);
    const wing = m([
      [0.2, base - 0.16],
      [0.262, base - 0.11],
      [0.268, base - 0.04],
      [0.225, base + 0.005],
      [0.16, base + 0.014],
    ]);
    multiplyMask(
      layer,
      strokeMask(layer, wing, (t) => scale * 0.03 * Math.sin(Math.PI * t) ** 0.8, 0.012 * scale),
      [0.55, 0.36, 0.31],
      0.55,
    );
    const far = side * light.key[0] > 0 ? 0.35 : 1;
    const flank = m([
      [0.13, -0.12],
      [0.14, 0.2],
      [0.17, 0.46],
      [0.22, base - 0.15],
    ]);
    multiplyMask(
      layer,
      strokeMask(layer, flank, (t) => scale * 0.13 * (0.4 + 0.6 * t), 0.05 * scale),
      [0.8, 0.69, 0.64],
      0.5 * far,
    );
  }
}

/** Where beard grows, 0..1. */
export function beardArea(u: number, v: number, mouth: number): number {
  const a = Math.abs(u);
  const cheekLine = mix(1.28, 0.66, smoothstep(0.35, 1.02, a));
  const low = smoothstep(cheekLine - 0.1, cheekLine + 0.14, v);
  const lip = Math.exp(-((u / 0.43) ** 4) - ((v - 0.93 - u * u * 0.5) / 0.075) ** 2);
  const mouthHole = Math.exp(-((u / 0.4) ** 4) - ((v - mouth - 0.03) / 0.13) ** 4);
  const soul = Math.exp(-((u / 0.1) ** 2) - ((v - mouth - 0.26) / 0.08) ** 2) * 0.7;
  return clamp(Math.max(low, lip, soul) - mouthHole * 0.95);
}

/** Neck with its cylinder shading and the shadow of the chin; drawn before the clothes. */
export function paintNeck(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  const { ox, oy, scale } = frame;
  const man = face.sex === 'male';
  const w = (man ? 0.74 : 0.6) * (0.5 + 0.5 * face.jaw) * (1 + clamp((sitting.age - 40) / 90));
  const half: Point[] = [
    [w * 0.55, 1.0],
    [w * 0.86, 1.5],
    [w * 0.95, 1.78],
    [w * 1.0, 2.05],
    [w * 1.22, 2.3],
    [w * 1.9, 2.52],
    [w * 2.3, 3.4],
  ];
  const shape = [...spline(half, 8), ...spline(half.map(([u, v]): Point => [-u, v]).reverse(), 8)];
  const mask = polygonMask(layer, toPixels(frame, shape), 0.01 * scale);
  const irr: [number, number, number] = [0, 0, 0];
  const tone = mixRgb(face.skin, linearRgb(196, 110, 84), 0.1);
  paintMask(layer, mask, (x, y, out) => {
    const u = (x + 0.5 - ox) / scale;
    const v = (y + 0.5 - oy) / scale;
    const width = w * (1 + Math.max(0, v - 2.1) * 1.6);
    const t = clamp(u / width, -0.99, 0.99);
    const cords = Math.exp(-(((Math.abs(u) - mix(0.5, 0.14, clamp(v - 1.6))) / 0.1) ** 2)) * 0.2;
    const notch = Math.exp(-((u / 0.1) ** 2) - ((v - 2.42) / 0.12) ** 2) * 0.3;
    const nx = t * 0.94 + cords * Math.sign(u) * 0.6;
    const nz = Math.sqrt(Math.max(0.05, 1 - t * t * 0.9));
    const chinShadow = smoothstep(2.28, 1.72, v + Math.abs(u - light.cast[0]) * 0.34);
    irradiance(light, nx, 0.12, nz, SKIN_WRAP, clamp(1 - chinShadow * 0.72 - notch), irr);
    for (let c = 0; c < 3; c += 1) out[c] = (tone[c] as number) * (irr[c] as number) * 0.96;
  });
  if (sitting.age > 45) {
    for (const v of [2.0, 2.14]) {
      const crease = spline(
        [
          [-0.5, v - 0.05],
          [0, v + 0.03],
          [0.5, v - 0.05],
        ],
        10,
      );
      const line = strokeMask(
        layer,
        toPixels(frame, crease),
        (t) => scale * 0.03 * Math.sin(Math.PI * t),
        0.012 * scale,
      );
      multiplyMask(layer, line, [0.7, 0.6, 0.56], 0.5);
    }
  }
}

/** Both ears, behind the face. */
export function paintEars(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  light: Lighting,
  sitting: Sitting,
): void {
  const { ox, oy, scale } = frame;
  const size = face.earSize * (1 + clamp((sitting.age - 30) / 55) * 0.12);
  const tone = mixRgb(face.skin, linearRgb(205, 96, 78), 0.2);
  const irr: [number, number, number] = [0, 0, 0];
  for (const side of [-1, 1]) {
    const base = 1.06 * face.faceWidth;
    const out = 0.13 * face.earOut * size;
    const rim: Point[] = [
      [base - 0.1, -0.16],
      [base + out * 0.55, -0.24 * size],
      [base + out * 1.25, -0.1],
      [base + out * 1.2, 0.2],
      [base + out * 0.75, 0.5 * size],
      [base + out * 0.1, 0.66 * size],
      [base - 0.12, 0.62],
    ];
    const shape = spline(rim, 8).map(([u, v]): Point => [u * side, v]);
    const mask = polygonMask(layer, toPixels(frame, shape), 0.012 * scale);
    paintMask(layer, mask, (x, y, o) => {
      const u = ((x + 0.5 - ox) / scale) * side;
      const v = (y + 0.5 - oy) / scale;
      const t = clamp((u - base) / (out * 1.3), -0.3, 1);
      const bowl = Math.exp(-(((t - 0.38) / 0.3) ** 2) - ((v - 0.2) / 0.22) ** 2);
      const tuck = smoothstep(0.35, -0.25, t);
      irradiance(
        light,
        side * (t * 1.1 - 0.2),
        -0.1 + v * 0.2,
        0.7,
        SKIN_WRAP,
        clamp(1 - bowl * 0.5 - tuck * 0.6),
        irr,
      );
      for (let c = 0; c < 3; c += 1) o[c] = (tone[c] as number) * (irr[c] as number) * 0.95;
    });
    const fold = spline(
      [
        [base + out * 0.35, -0.12],
        [base + out * 0.85, -0.06],
        [base + out * 0.85, 0.2],
        [base + out * 0.45, 0.42],
      ],
      8,
    ).map(([u, v]): Point => [u * side, v]);
    const crease = strokeMask(
      layer,
      toPixels(frame, fold),
      (t) => scale * 0.035 * Math.sin(Math.PI * t),
      0.012 * scale,
    );
    multiplyMask(layer, crease, [0.62, 0.46, 0.42], 0.75);
  }
}
