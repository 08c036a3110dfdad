// What is worn on the head: a scarf that leaves the oval of the face open, and caps that should not be there.
import { createRandom } from '../random.ts';
import { clamp, linearRgb, mix, multiplyMask, paintMask, polygonMask, scaleRgb } from './paint.ts';
import { smoothstep, spline, strokeMask, valueNoise } from './paint.ts';
import type { Layer, Point, Rgb } from './paint.ts';
import { faceOutline, outlineRatio, outlineTable, toPixels } from './head-shape.ts';
import type { FaceFrame } from './head-shape.ts';
import { irradiance } from './light.ts';
import type { Lighting } from './light.ts';
import type { FaceTraits, Sitting } from './face-traits.ts';

const SCARVES = [
  linearRgb(196, 186, 172),
  linearRgb(128, 50, 62),
  linearRgb(56, 78, 108),
  linearRgb(88, 106, 92),
  linearRgb(150, 120, 132),
  linearRgb(72, 62, 74),
];
const WOOL = [
  linearRgb(52, 58, 70),
  linearRgb(120, 44, 48),
  linearRgb(70, 84, 74),
  linearRgb(38, 38, 42),
];
const WRAP: Rgb = [0.32, 0.32, 0.32];

const mirrored = (half: readonly Point[], perSegment = 8): Point[] => {
  const right = spline(half, perSegment);
  return [...right, ...right.map(([u, v]): Point => [-u, v]).reverse()];
};

/** Paints the headgear of a sitting over face and hair. */
export function paintHeadgear(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  if (sitting.headgear === 'scarf') scarf(layer, frame, face, sitting, light);
  if (sitting.headgear === 'beanie') beanie(layer, frame, face, light);
  if (sitting.headgear === 'cap') cap(layer, frame, face, light);
}

function scarfOutline(face: FaceTraits): Point[] {
  const w = face.faceWidth;
  return [
    [0, -1.9],
    [0.6 * w, -1.76],
    [1.06 * w, -1.28],
    [1.26 * w, -0.5],
    [1.28 * w, 0.3],
    [1.18 * w, 1.1],
    [1.08 * w, 1.8],
    [1.5, 2.3],
    [1.9, 2.6],
    [2.0, 4.2],
    [0, 4.3],
  ];
}

/** The inside of the scarf, seen between cloth and cheek; drawn behind the head. */
export function paintScarfLining(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  if (sitting.headgear !== 'scarf') return;
  const colour = createRandom(`scarf/${face.seed}`).pick(SCARVES);
  const inside = mirrored(scarfOutline(face)).map(([u, v]): Point => [u * 0.96, v * 0.97]);
  paintMask(
    layer,
    polygonMask(layer, toPixels(frame, inside)),
    scaleRgb(colour, 0.3 * light.exposure),
  );
}

function scarf(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  const { ox, oy, scale } = frame;
  const random = createRandom(`scarf/${face.seed}`);
  const colour = random.pick(SCARVES);
  const dotted = random.chance(0.4);
  const seed = random.int(1, 9999);
  const chin = 1.9 + face.chinLength;
  // The edge follows the face: cheeks and chin stay open, forehead is covered above the hairline.
  const hole = faceOutline(face, sitting.age).map(([u, v]): Point => [
    u * 0.965,
    v < 0 ? v * 0.56 : v * 0.995,
  ]);
  const table = outlineTable(hole);
  const shape = mirrored(scarfOutline(face));
  const ring = [...shape, shape[0] as Point, ...hole, hole[0] as Point];
  multiplyMask(
    layer,
    strokeMask(
      layer,
      toPixels(frame, [...hole, hole[0] as Point]),
      () => 0.16 * scale,
      0.05 * scale,
    ),
    [0.6, 0.46, 0.42],
    0.7,
  );
  const irr: [number, number, number] = [0, 0, 0];
  paintMask(layer, polygonMask(layer, toPixels(frame, ring)), (x, y, out) => {
    const u = (x + 0.5 - ox) / scale;
    const v = (y + 0.5 - oy) / scale;
    const ratio = outlineRatio(table, u, v) - 1;
    const angle = Math.atan2(u, v - 0.3);
    const low = smoothstep(1.3, 2.1, v);
    const fold =
      valueNoise(angle * 2.2 + ratio * 3, ratio * 7 + low * v * 2.4 + Math.abs(u), seed) +
      0.5 * valueNoise(angle * 5, ratio * 16 + v, seed + 1);
    const hem = Math.exp(-(((ratio - 0.02) / 0.03) ** 2));
    const tuck = Math.exp(-(((ratio - 0.075) / 0.03) ** 2)) * 0.35;
    const chinFold = Math.exp(-(((v - chin - 0.12 - u * u * 0.3) / 0.06) ** 2)) * 0.35;
    const nx = clamp(u / 1.35, -0.95, 0.95) * mix(1, 0.5, low) + fold * 0.3;
    const ny = clamp((v + 0.2) / 2.6, -0.75, 0.4) + fold * 0.18 - hem * 0.2;
    irradiance(
      light,
      nx,
      ny,
      Math.sqrt(Math.max(0.08, 1 - nx * nx)),
      WRAP,
      clamp(1 - tuck - chinFold - Math.max(0, -fold) * 0.18),
      irr,
    );
    const dot =
      dotted &&
      Math.hypot(
        ((u * 5 + 50) % 1) - 0.5,
        ((v * 5 + (Math.floor(u * 5 + 50) % 2) * 0.5 + 50) % 1) - 0.5,
      ) < 0.16
        ? 1.5
        : 1;
    for (let c = 0; c < 3; c += 1)
      out[c] = Math.min(0.9, (colour[c] as number) * dot) * (irr[c] as number) * (1 + hem * 0.12);
  });
}

function dome(
  layer: Layer,
  frame: FaceFrame,
  light: Lighting,
  shape: readonly Point[],
  colour: Rgb,
  rib: number,
): void {
  const { ox, oy, scale } = frame;
  const irr: [number, number, number] = [0, 0, 0];
  paintMask(layer, polygonMask(layer, toPixels(frame, shape)), (x, y, out) => {
    const u = (x + 0.5 - ox) / scale;
    const v = (y + 0.5 - oy) / scale;
    const nx = clamp(u / 1.3, -0.97, 0.97);
    const ny = clamp((v + 0.6) / 1.5, -0.95, 0.5);
    const knit =
      rib > 0
        ? Math.sin((u * rib) / Math.max(0.3, Math.sqrt(1.05 - nx * nx))) * 0.14 +
          Math.sin(v * 60) * 0.05
        : valueNoise(u * 60, v * 60, 4) * 0.04;
    irradiance(light, nx, ny, Math.sqrt(Math.max(0.06, 1 - nx * nx - ny * ny * 0.7)), WRAP, 1, irr);
    for (let c = 0; c < 3; c += 1) out[c] = (colour[c] as number) * (irr[c] as number) * (1 + knit);
  });
}

function shade(layer: Layer, frame: FaceFrame, line: readonly Point[], width: number): void {
  multiplyMask(
    layer,
    strokeMask(
      layer,
      toPixels(frame, spline(line, 8)),
      () => width * frame.scale,
      0.06 * frame.scale,
    ),
    [0.5, 0.4, 0.37],
    0.8,
  );
}

function beanie(layer: Layer, frame: FaceFrame, face: FaceTraits, light: Lighting): void {
  const colour = createRandom(`wool/${face.seed}`).pick(WOOL);
  const w = face.faceWidth;
  shade(
    layer,
    frame,
    [
      [-1.0 * w, -0.42],
      [0, -0.6],
      [1.0 * w, -0.42],
    ],
    0.22,
  );
  dome(
    layer,
    frame,
    light,
    mirrored([
      [0, -2.08],
      [0.6 * w, -1.96],
      [1.1 * w, -1.45],
      [1.24 * w, -0.9],
      [1.22 * w, -0.8],
      [0, -0.95],
    ]),
    colour,
    46,
  );
  dome(
    layer,
    frame,
    light,
    mirrored([
      [0, -1.1],
      [0.7 * w, -1.04],
      [1.24 * w, -0.92],
      [1.26 * w, -0.52],
      [0.7 * w, -0.62],
      [0, -0.68],
    ]),
    scaleRgb(colour, 1.22),
    46,
  );
}

function cap(layer: Layer, frame: FaceFrame, face: FaceTraits, light: Lighting): void {
  const colour = createRandom(`cap/${face.seed}`).pick(WOOL);
  const w = face.faceWidth;
  shade(
    layer,
    frame,
    [
      [-0.95 * w, -0.3],
      [0, -0.22],
      [0.95 * w, -0.3],
    ],
    0.42,
  );
  dome(
    layer,
    frame,
    light,
    mirrored([
      [0, -2.0],
      [0.62 * w, -1.9],
      [1.08 * w, -1.45],
      [1.2 * w, -0.85],
      [1.16 * w, -0.62],
      [0, -0.8],
    ]),
    colour,
    0,
  );
  const seams = strokeMask(
    layer,
    toPixels(
      frame,
      spline(
        [
          [0, -2.0],
          [0.02, -1.4],
          [0, -0.8],
        ],
        8,
      ),
    ),
    () => 0.02 * frame.scale,
  );
  multiplyMask(layer, seams, [0.5, 0.5, 0.5], 0.8);
  dome(
    layer,
    frame,
    light,
    mirrored([
      [0, -0.86],
      [0.6 * w, -0.8],
      [1.08 * w, -0.66],
      [1.0 * w, -0.46],
      [0.5 * w, -0.4],
      [0, -0.38],
    ]),
    scaleRgb(colour, 0.72),
    0,
  );
}
