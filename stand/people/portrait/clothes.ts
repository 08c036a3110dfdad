// Shoulders and clothes: cloth with soft folds, lapels, collars and ties.
import { createRandom } from '../random.ts';
import {
  clamp,
  linearRgb,
  multiplyMask,
  paintMask,
  polygonMask,
  scaleRgb,
  spline,
} from './paint.ts';
import { strokeMask, valueNoise } from './paint.ts';
import type { Layer, Point, Rgb } from './paint.ts';
import { toPixels } from './head-shape.ts';
import type { FaceFrame } from './head-shape.ts';
import { irradiance } from './light.ts';
import type { Lighting } from './light.ts';
import type { FaceTraits, Sitting } from './face-traits.ts';

const CLOTH_WRAP: Rgb = [0.3, 0.3, 0.3];
const DARK = [
  linearRgb(34, 38, 48),
  linearRgb(40, 42, 46),
  linearRgb(28, 34, 54),
  linearRgb(58, 52, 50),
  linearRgb(46, 56, 66),
];
const BRIGHT = [
  linearRgb(126, 44, 52),
  linearRgb(48, 92, 96),
  linearRgb(74, 88, 128),
  linearRgb(112, 104, 78),
  linearRgb(92, 70, 110),
  linearRgb(60, 84, 66),
  linearRgb(150, 128, 104),
  linearRgb(176, 118, 112),
];
const SHIRTS = [
  linearRgb(228, 230, 234),
  linearRgb(196, 210, 226),
  linearRgb(222, 214, 204),
  linearRgb(206, 196, 214),
];
const TIES = [
  linearRgb(86, 28, 36),
  linearRgb(30, 46, 84),
  linearRgb(40, 66, 62),
  linearRgb(70, 64, 72),
];

interface Tailor {
  readonly layer: Layer;
  readonly frame: FaceFrame;
  readonly light: Lighting;
  readonly seed: number;
}

function cloth(
  t: Tailor,
  points: readonly Point[],
  colour: Rgb,
  folds: number,
  knit = 0,
  feather = 0.008,
): void {
  const { frame, light } = t;
  const irr: [number, number, number] = [0, 0, 0];
  paintMask(
    t.layer,
    polygonMask(t.layer, toPixels(frame, points), feather * frame.scale),
    (x, y, out) => {
      const u = (x + 0.5 - frame.ox) / frame.scale;
      const v = (y + 0.5 - frame.oy) / frame.scale;
      const fold = valueNoise(u * 1.9 + v * 0.8, v * 1.2 - u * 0.5, t.seed) * folds;
      const weave =
        knit > 0
          ? Math.sin(u * 92 + valueNoise(u * 4, v * 4, 3)) * Math.sin(v * 70) * knit
          : valueNoise(u * 90, v * 90, t.seed + 2) * 0.03;
      const round = clamp(u / 2.2, -1, 1);
      irradiance(
        light,
        round * 0.75 + fold * 0.5,
        -0.42 + fold * 0.4 + clamp(v - 2.1) * 0.3,
        0.8,
        CLOTH_WRAP,
        1,
        irr,
      );
      const under =
        1 - 0.5 * Math.exp(-(((u - light.cast[0] * 0.6) / 0.8) ** 2) - ((v - 2.05) / 0.26) ** 2);
      for (let c = 0; c < 3; c += 1)
        out[c] = (colour[c] as number) * (irr[c] as number) * under * (1 + weave);
    },
  );
}

function seam(
  t: Tailor,
  points: readonly Point[],
  width: number,
  depth: number,
  soft = 0.02,
): void {
  const line = toPixels(t.frame, spline(points, 8));
  const k = 1 - depth;
  multiplyMask(
    t.layer,
    strokeMask(
      t.layer,
      line,
      (q) => t.frame.scale * width * Math.sin(Math.PI * clamp(q, 0.04, 0.96)) ** 0.4,
      soft * t.frame.scale,
    ),
    [k, k, k],
  );
}

function shoulders(man: boolean, neck: number, drop: number): Point[] {
  const wide = man ? 1 : 0.88;
  const half = spline(
    [
      [neck, 2.04 + drop],
      [neck + 0.28, 2.15 + drop],
      [1.4 * wide, 2.29 + drop * 0.5],
      [2.0 * wide, 2.46],
      [2.7 * wide, 2.85],
      [3.0 * wide, 4.4],
    ],
    8,
  );
  return [...half.map(([u, v]): Point => [-u, v]).reverse(), ...half];
}

/** Paints the clothes of a sitting over the neck. */
export function paintClothes(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  const random = createRandom(`clothes/${sitting.clothesSeed}`);
  const t: Tailor = { layer, frame, light, seed: random.int(1, 9999) };
  const man = face.sex === 'male';
  const dark = random.pick(DARK);
  const bright = random.pick(BRIGHT);
  const neck = man ? 0.7 : 0.56;
  switch (sitting.clothes) {
    case 'suit':
      suit(
        t,
        man,
        dark,
        random.pick(SHIRTS),
        man && random.chance(0.75) ? random.pick(TIES) : null,
        neck,
      );
      break;
    case 'shirt':
      shirt(t, man, random.chance(0.6) ? random.pick(SHIRTS) : bright, neck);
      break;
    case 'sweater':
      crew(t, man, random.chance(0.5) ? bright : dark, neck);
      break;
    case 'turtleneck':
      turtleneck(t, man, random.chance(0.6) ? dark : bright, neck);
      break;
    case 'blouse':
      blouse(t, random.chance(0.4) ? random.pick(SHIRTS) : bright, neck);
      break;
    case 'jacket':
      jacket(
        t,
        man,
        scaleRgb(dark, 1.5),
        random.chance(0.5) ? random.pick(SHIRTS) : scaleRgb(dark, 0.7),
        neck,
      );
      break;
  }
}

function suit(
  t: Tailor,
  man: boolean,
  colour: Rgb,
  linen: Rgb,
  tie: Rgb | null,
  neck: number,
): void {
  const hole: Point[] = [
    [neck * 0.98, 2.08],
    [0, 2.7],
    [-neck * 0.98, 2.08],
  ];
  cloth(t, opened(shoulders(man, neck + 0.02, 0), hole), colour, 0.35);
  const gap = man ? 0.46 : 0.52;
  cloth(
    t,
    [
      [-neck - 0.02, 2.06],
      [0, 2.2],
      [neck + 0.02, 2.06],
      [gap + 0.2, 2.5],
      [0.16, 4.2],
      [-0.16, 4.2],
      [-gap - 0.2, 2.5],
    ],
    linen,
    0.2,
  );
  if (tie) {
    cloth(
      t,
      [
        [-0.15, 2.3],
        [0.15, 2.3],
        [0.11, 2.54],
        [-0.11, 2.54],
      ],
      tie,
      0.3,
    );
    cloth(
      t,
      [
        [-0.1, 2.52],
        [0.1, 2.52],
        [0.24, 4.2],
        [-0.24, 4.2],
      ],
      scaleRgb(tie, 0.92),
      0.3,
    );
    seam(
      t,
      [
        [-0.12, 2.54],
        [0, 2.56],
        [0.12, 2.54],
      ],
      0.03,
      0.5,
      0.01,
    );
  } else {
    skinVee(t, neck * 0.5);
  }
  for (const side of [1, -1]) {
    const m = (points: readonly Point[]): Point[] => points.map(([u, v]): Point => [u * side, v]);
    const collar = m([
      [neck - 0.04, 1.92],
      [neck + 0.1, 2.02],
      [0.5, 2.52],
      [0.08, 2.32],
      [0.3, 2.22],
    ]);
    seam(
      t,
      m([
        [0.1, 2.36],
        [0.5, 2.56],
        [0.66, 2.3],
      ]),
      0.07,
      0.35,
      0.03,
    );
    cloth(t, collar, scaleRgb(linen, 1.04), 0.1);
    const lapel = m([
      [neck + 0.06, 2.0],
      [neck + 0.3, 2.14],
      [1.02, 2.62],
      [0.82, 2.68],
      [0.92, 2.8],
      [0.2, 4.2],
      [0.1, 4.2],
      [gap + 0.06, 2.66],
      [neck + 0.0, 2.24],
    ]);
    seam(
      t,
      m([
        [neck, 2.2],
        [gap, 2.66],
        [0.22, 3.6],
      ]),
      0.1,
      0.45,
      0.04,
    );
    cloth(t, lapel, scaleRgb(colour, 1.14), 0.15, 0, 0.006);
    seam(
      t,
      m([
        [1.02, 2.62],
        [0.94, 2.84],
        [0.4, 3.9],
      ]),
      0.03,
      0.45,
      0.012,
    );
    seam(
      t,
      m([
        [0.72, 2.36],
        [0.88, 2.54],
        [1.0, 2.62],
      ]),
      0.02,
      0.4,
      0.01,
    );
  }
}

/** Open collar: the notch of skin is already painted below, so only the shade round it is drawn. */
function skinVee(t: Tailor, width: number): void {
  seam(
    t,
    [
      [-width, 2.2],
      [0, 2.62],
      [width, 2.2],
    ],
    0.05,
    0.25,
    0.03,
  );
}

function shirt(t: Tailor, man: boolean, colour: Rgb, neck: number): void {
  const body = shoulders(man, neck + 0.02, 0.02);
  const vee: Point[] = [
    [neck * 0.62, 2.1],
    [0, man ? 2.5 : 2.66],
    [-neck * 0.62, 2.1],
  ];
  cloth(t, opened(body, vee), colour, 0.32);
  seam(
    t,
    [
      [0, man ? 2.5 : 2.66],
      [0.02, 3.2],
      [0.02, 4.0],
    ],
    0.03,
    0.3,
    0.012,
  );
  for (const side of [1, -1]) {
    const m = (points: readonly Point[]): Point[] => points.map(([u, v]): Point => [u * side, v]);
    seam(
      t,
      m([
        [0.1, 2.5],
        [0.5, 2.58],
        [0.76, 2.24],
      ]),
      0.08,
      0.35,
      0.03,
    );
    cloth(
      t,
      m([
        [neck - 0.02, 1.9],
        [neck + 0.12, 2.02],
        [0.56, 2.52],
        [0.03, man ? 2.48 : 2.62],
        [0.34, 2.2],
      ]),
      scaleRgb(colour, 1.08),
      0.1,
    );
  }
}

/** Cuts an opening into a shoulder outline (its neck ends stand first and last in the middle). */
function opened(body: readonly Point[], vee: readonly Point[]): Point[] {
  const middle = body.length / 2;
  return [...body.slice(0, middle), ...[...vee].reverse(), ...body.slice(middle)];
}

function crew(t: Tailor, man: boolean, colour: Rgb, neck: number): void {
  const hole: Point[] = spline(
    [
      [neck * 0.98, 2.1],
      [neck * 0.62, 2.34],
      [0, 2.44],
      [-neck * 0.62, 2.34],
      [-neck * 0.98, 2.1],
    ],
    8,
  );
  cloth(t, opened(shoulders(man, neck + 0.02, 0.03), hole), colour, 0.4, 0.1);
  const rim = hole.map(([u, v]): Point => [u * 1.06, v + 0.07]);
  seam(
    t,
    [...rim].filter((_, i) => i % 8 === 0),
    0.03,
    0.35,
    0.014,
  );
  seam(
    t,
    [...hole].filter((_, i) => i % 8 === 0),
    0.05,
    0.3,
    0.02,
  );
}

function turtleneck(t: Tailor, man: boolean, colour: Rgb, neck: number): void {
  cloth(t, shoulders(man, neck + 0.02, 0.02), colour, 0.4, 0.1);
  const w = neck + 0.03;
  const tube: Point[] = [
    ...spline(
      [
        [-w, 1.84],
        [-w * 0.5, 1.99],
        [0, 2.04],
        [w * 0.5, 1.99],
        [w, 1.84],
      ],
      6,
    ),
    [w + 0.06, 2.16],
    [w * 0.6, 2.34],
    [0, 2.42],
    [-w * 0.6, 2.34],
    [-w - 0.06, 2.16],
  ];
  seam(
    t,
    [
      [-w, 2.2],
      [-w * 0.5, 2.42],
      [0, 2.5],
      [w * 0.5, 2.42],
      [w, 2.2],
    ],
    0.12,
    0.45,
    0.05,
  );
  cloth(t, tube, scaleRgb(colour, 1.1), 0.25, 0.12);
}

function blouse(t: Tailor, colour: Rgb, neck: number): void {
  const vee: Point[] = spline(
    [
      [neck * 0.98, 2.12],
      [neck * 0.5, 2.42],
      [0, 2.74],
      [-neck * 0.5, 2.42],
      [-neck * 0.98, 2.12],
    ],
    8,
  );
  cloth(t, opened(shoulders(false, neck + 0.04, 0.06), vee), colour, 0.5);
  seam(
    t,
    [
      [neck, 2.12],
      [neck * 0.5, 2.44],
      [0, 2.78],
    ],
    0.04,
    0.3,
    0.015,
  );
  seam(
    t,
    [
      [-neck, 2.12],
      [-neck * 0.5, 2.44],
      [0, 2.78],
    ],
    0.04,
    0.3,
    0.015,
  );
}

function jacket(t: Tailor, man: boolean, colour: Rgb, inner: Rgb, neck: number): void {
  crew(t, man, inner, neck);
  for (const side of [1, -1]) {
    const m = (points: readonly Point[]): Point[] => points.map(([u, v]): Point => [u * side, v]);
    cloth(
      t,
      m([
        [neck, 1.98],
        [neck + 0.3, 2.16],
        [1.45, 2.34],
        [2.05, 2.58],
        [2.7, 4.2],
        [0.3, 4.2],
        [0.52, 2.9],
      ]),
      colour,
      0.45,
    );
    cloth(
      t,
      m([
        [neck - 0.02, 1.86],
        [neck + 0.16, 1.98],
        [0.98, 2.38],
        [0.6, 2.86],
        [neck - 0.06, 2.2],
      ]),
      scaleRgb(colour, 1.15),
      0.2,
    );
    seam(
      t,
      m([
        [0.98, 2.38],
        [0.64, 2.88],
        [0.42, 4.0],
      ]),
      0.05,
      0.4,
      0.02,
    );
  }
}
