// Spectacles: clear ones that the norms allow, dark lenses and glare that they do not.
import { createRandom } from '../random.ts';
import {
  clamp,
  linearRgb,
  multiplyMask,
  paintMask,
  polygonMask,
  spline,
  strokeMask,
} from './paint.ts';
import type { Layer, Point, Rgb } from './paint.ts';
import { toPixels } from './head-shape.ts';
import type { FaceFrame } from './head-shape.ts';
import type { Lighting } from './light.ts';
import type { FaceTraits, Sitting } from './face-traits.ts';

const FRAMES = [
  linearRgb(28, 26, 28),
  linearRgb(70, 46, 34),
  linearRgb(120, 118, 120),
  linearRgb(36, 44, 66),
];

/** One lens outline in face units: between an ellipse and a rounded box. */
function lens(side: number, rx: number, ry: number, box: number, grow = 1): Point[] {
  return Array.from({ length: 48 }, (_, i): Point => {
    const a = (i / 48) * 2 * Math.PI;
    const p = (k: number): number => Math.sign(k) * Math.abs(k) ** box;
    return [side * 0.515 + p(Math.cos(a)) * rx * grow, 0.05 + p(Math.sin(a)) * ry * grow];
  });
}

/** Paints the glasses of a sitting over the eyes. */
export function paintGlasses(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  if (sitting.glasses === 'none') return;
  const { scale, ox, oy } = frame;
  const r = createRandom(`glasses/${face.seed}`);
  const colour: Rgb = r.pick(FRAMES);
  const rx = r.range(0.33, 0.37);
  const ry = sitting.glasses === 'dark' ? 0.3 : r.range(0.22, 0.28);
  const box = r.range(0.62, 0.9);
  const thick = (r.chance(0.5) ? 0.05 : 0.028) * scale;
  const level = light.exposure * ((light.keyColour[1] as number) * 0.7 + (light.room[1] as number));
  const metal: Rgb = [colour[0] * level, colour[1] * level, colour[2] * level];
  const stroke = (
    points: readonly Point[],
    width: number,
    feather = 0,
  ): ReturnType<typeof strokeMask> =>
    strokeMask(layer, toPixels(frame, points), () => width, feather);
  for (const side of [-1, 1]) {
    const rim = lens(side, rx, ry, box);
    const grown = lens(side, rx + thick / scale, ry + thick / scale, box);
    const closed = [...grown, grown[0] as Point, ...rim, rim[0] as Point];
    const fallen = closed.map(([u, v]): Point => [u + light.cast[0] * 0.25, v + 0.05]);
    multiplyMask(
      layer,
      polygonMask(layer, toPixels(frame, fallen), 0.02 * scale),
      [0.6, 0.5, 0.46],
      0.6,
    );
    const glass = polygonMask(layer, toPixels(frame, rim));
    if (sitting.glasses === 'dark') {
      paintMask(
        layer,
        glass,
        (x, y, out) => {
          const v = (y + 0.5 - oy) / scale;
          const u = (x + 0.5 - ox) / scale;
          const sky =
            0.012 +
            0.05 * clamp(0.25 - v) +
            0.022 * clamp(1 - Math.abs(u - side * 0.5 + light.cast[0] + v * 0.7) * 7);
          [out[0], out[1], out[2]] = [sky * level, sky * level * 1.02, sky * level * 1.1];
        },
        0.975,
      );
    } else {
      paintMask(layer, glass, [0.8 * level, 0.86 * level, 0.9 * level], 0.008);
      const streak: Point[] = spline(
        [
          [side * 0.515 - 0.2, -0.1],
          [side * 0.515 - 0.08, -0.15],
          [side * 0.515 - 0.2, 0.12],
        ],
        6,
      );
      if (sitting.glasses === 'clear')
        paintMask(
          layer,
          polygonMask(layer, toPixels(frame, streak), 0.012 * scale),
          [level, level, level],
          0.02,
        );
    }
    if (sitting.glasses === 'glare') {
      const cut = lens(side, rx * 0.86, ry * 0.8, 1).map(([u, v]): Point => [
        u + light.key[0] * 0.1,
        v - 0.02 + (u - side * 0.5) * 0.35,
      ]);
      paintMask(
        layer,
        polygonMask(layer, toPixels(frame, cut), 0.035 * scale),
        [1.25, 1.28, 1.3],
        0.88,
      );
    }
    paintMask(layer, polygonMask(layer, toPixels(frame, closed)), metal);
    const shine = rim.slice(26, 36);
    paintMask(layer, stroke(shine, thick * 0.35, 1), [level, level, level], 0.35);
    const edge = side * (0.515 + rx);
    paintMask(
      layer,
      stroke(
        [
          [edge, -0.03],
          [side * 1.02 * face.faceWidth, -0.05],
          [side * 1.12 * face.faceWidth, -0.03],
        ],
        thick * 0.9,
      ),
      metal,
    );
  }
  const bridge = spline(
    [
      [-0.515 + rx, 0.0],
      [0, -0.06],
      [0.515 - rx, 0.0],
    ],
    8,
  );
  multiplyMask(
    layer,
    stroke(
      bridge.map(([u, v]): Point => [u, v + 0.05]),
      thick * 1.2,
      0.02 * scale,
    ),
    [0.6, 0.5, 0.46],
    0.6,
  );
  paintMask(layer, stroke(bridge, thick * 0.9), metal);
}
