// Hair: caps and falls drawn strand by strand along the head, with the gloss band that round heads have.
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { clamp, linearRgb, mix, mixRgb, multiplyMask, paintMask, strandSegment } from './paint.ts';
import { polygonMask, scaleRgb, smoothstep, spline } from './paint.ts';
import type { Layer, Point, Rgb } from './paint.ts';
import { toPixels } from './head-shape.ts';
import type { FaceFrame } from './head-shape.ts';
import type { Lighting } from './light.ts';
import type { FaceTraits, HairStyle, Sitting } from './face-traits.ts';

/** Colour of the hair at an age: grey grows after the face's own year. */
export function hairColour(face: FaceTraits, age: number): Rgb {
  const grey = clamp((age - face.greyFrom) / 26) ** 0.8;
  const dyed = face.sex === 'female' && createRandom(`dye/${face.seed}`).chance(0.65);
  return mixRgb(face.hair, linearRgb(164, 161, 158), grey * (dyed ? 0.12 : 0.85));
}

interface Cap {
  /** t −1 (left ear) … 1 (right ear), s 0 (hairline) … 1 (silhouette). */
  at(t: number, s: number): Point;
}

function sample(path: readonly Point[], t: number): Point {
  const x = clamp(t) * (path.length - 1);
  const i = Math.min(path.length - 2, Math.floor(x));
  const a = path[i] as Point;
  const b = path[i + 1] as Point;
  return [mix(a[0], b[0], x - i), mix(a[1], b[1], x - i)];
}

/** thick: volume over the skull; recede: hairline gone back 0..1; low: how far the temples come down (v). */
function makeCap(face: FaceTraits, thick: number, recede: number, low: number, sides = 1): Cap {
  const w = face.faceWidth;
  const top = -0.96 * face.forehead - recede * 0.3;
  const corner = recede * 0.22;
  const inner: Point[] = [
    [0, top],
    [0.34 * w, top + 0.02 - corner * 0.5],
    [0.62 * w, top + 0.1 - corner],
    [0.83 * w, top + 0.32 - corner * 0.6],
    [0.93 * w, Math.min(-0.42, low - 0.34)],
    [0.985 * w, Math.min(-0.14, low - 0.12)],
    [1.03 * w, low],
  ];
  const side = thick * sides;
  const outer: Point[] = [
    [0, -1.71 - thick],
    [0.4 * w, -1.66 - thick],
    [0.76 * w, -1.46 - thick * 0.9],
    [1.02 * w + side * 0.45, -1.08 - thick * 0.5],
    [1.09 * w + side * 0.55, Math.min(-0.62, low - 0.5)],
    [1.11 * w + side * 0.5, Math.min(-0.18, low - 0.18)],
    [1.05 * w + side * 0.3, low],
  ];
  const a = spline(inner, 10);
  const b = spline(outer, 10);
  return {
    at: (t, s) => {
      const p = sample(a, Math.abs(t));
      const q = sample(b, Math.abs(t));
      const sign = t < 0 ? -1 : 1;
      return [mix(p[0], q[0], s) * sign, mix(p[1], q[1], s)];
    },
  };
}

function capOutline(cap: Cap): Point[] {
  const points: Point[] = [];
  for (let i = 0; i <= 60; i += 1) points.push(cap.at(i / 30 - 1, 1));
  for (let i = 60; i >= 0; i -= 1) points.push(cap.at(i / 30 - 1, 0));
  return points;
}

interface Brush {
  readonly layer: Layer;
  readonly frame: FaceFrame;
  readonly light: Lighting;
  readonly colour: Rgb;
  readonly random: Random;
  readonly grey: number;
}

/** Depth of a round head at a place, for the light on hair. */
function dome(u: number, v: number): number {
  const q = 1 - (u / 1.28) ** 2 - ((v + 0.25) / 1.72) ** 2;
  return 1.15 * Math.sqrt(Math.max(0.02, q));
}

/** One lock: strands of nearly one course, coloured together. */
function lock(
  brush: Brush,
  path: readonly Point[],
  width: number,
  strands: number,
  alpha = 0.5,
): void {
  const { random, light, frame } = brush;
  const line = path.length > 14 ? path : spline(path, path.length > 6 ? 3 : 4);
  const tone = random.range(0.62, 1.3);
  const glossy = random.range(0.6, 1.2);
  const colours: Rgb[] = line.map((p, i) => {
    const q = line[Math.min(line.length - 1, i + 1)] as Point;
    const before = line[Math.max(0, i - 1)] as Point;
    const dz = dome(q[0], q[1]) - dome(before[0], before[1]);
    const du = q[0] - before[0];
    const dv = q[1] - before[1];
    const n = Math.hypot(du, dv, dz) || 1;
    const hz = light.key[2] + 1;
    const hn = Math.hypot(light.key[0], light.key[1], hz);
    const along = (du * light.key[0] + dv * light.key[1] + dz * hz) / (n * hn);
    const spec = Math.sqrt(Math.max(0, 1 - along * along)) ** 38;
    const broad = Math.sqrt(Math.max(0, 1 - along * along)) ** 6;
    const z = dome(p[0], p[1]);
    const facing = clamp(
      (p[0] * 0.6 * light.key[0] + (p[1] + 0.25) * 0.55 * light.key[1] + z * light.key[2]) * 0.9 +
        0.12,
    );
    const level =
      light.exposure *
      ((light.keyColour[1] as number) * facing * (0.72 + 0.36 * broad) +
        (light.room[1] as number) * 0.6);
    const shine = light.exposure * (light.keyColour[1] as number) * spec * facing * glossy;
    const base = scaleRgb(brush.colour, tone * level);
    return [
      base[0] + shine * (0.03 + brush.colour[0] * 0.55),
      base[1] + shine * (0.03 + brush.colour[1] * 0.55),
      base[2] + shine * (0.034 + brush.colour[2] * 0.55),
    ];
  });
  const n = line.length;
  const { scale, ox, oy } = frame;
  const count = Math.max(2, Math.round(strands * Math.min(1, scale / 105)));
  for (let s = 0; s < count; s += 1) {
    const off = random.range(-1, 1) * width;
    const lean = random.range(-0.4, 0.4) * width;
    const silver = brush.grey > 0 && random.chance(brush.grey * 0.5) ? 1.5 : 1;
    const gain = random.range(0.75, 1.25) * silver;
    const thick = (random.range(0.011, 0.022) * scale) / 2;
    let px = 0;
    let py = 0;
    for (let i = 0; i < n; i += 1) {
      const p = line[i] as Point;
      const q = line[Math.min(n - 1, i + 1)] as Point;
      const o = line[Math.max(0, i - 1)] as Point;
      const tx = q[0] - o[0];
      const ty = q[1] - o[1];
      const d = (off + (lean * i) / n) / (Math.sqrt(tx * tx + ty * ty) || 1);
      const x = ox + (p[0] - ty * d) * scale;
      const y = oy + (p[1] + tx * d) * scale;
      if (i > 0) {
        const radius = thick * (1 - (0.55 * i) / n);
        strandSegment(
          brush.layer,
          px,
          py,
          x,
          y,
          colours[i - 1] as Rgb,
          colours[i] as Rgb,
          gain,
          radius,
          alpha,
          false,
        );
      }
      px = x;
      py = y;
    }
  }
}

function fillCap(
  brush: Brush,
  outline: readonly Point[],
  feather: number,
  alpha = 1,
  dark = 0.8,
): void {
  const { layer, frame, light, colour } = brush;
  const mask = polygonMask(layer, toPixels(frame, outline), feather * frame.scale);
  const level =
    light.exposure * ((light.keyColour[1] as number) * 0.34 + (light.room[1] as number) * 0.6);
  paintMask(
    layer,
    mask,
    (x, y, out) => {
      const u = (x + 0.5 - frame.ox) / frame.scale;
      const v = (y + 0.5 - frame.oy) / frame.scale;
      const k = level * mix(0.5, 0.95, clamp(dome(u, v)));
      for (let c = 0; c < 3; c += 1) out[c] = (colour[c] as number) * k * dark;
    },
    alpha,
  );
}

/** Hair that hangs behind neck and shoulders; drawn before the neck. */
export function paintBackHair(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  const style = sitting.hairStyle;
  if (sitting.headgear === 'scarf') return;
  const length = { 'middle-long': 3.3, 'side-long': 3.3, 'bangs-long': 3.3, bob: 1.62 }[
    style as string
  ];
  if (!length) return;
  const brush = makeBrush(layer, frame, face, sitting, light, 'back');
  const w = face.faceWidth;
  const flare = style === 'bob' ? 1.3 : 1.34;
  const half: Point[] = [
    [0, -1.8],
    [0.8 * w, -1.5],
    [1.2 * w, -0.7],
    [1.24 * w, 0.2],
    [flare * w, 1.0],
    [(style === 'bob' ? 1.18 : 1.36) * w, length],
    [0, length + (style === 'bob' ? 0.1 : 0)],
  ];
  const right = spline(half, 10);
  fillCap(brush, [...right, ...right.map(([u, v]): Point => [-u, v]).reverse()], 0.02, 1);
  for (let i = 0; i < 150; i += 1) {
    const side = brush.random.chance(0.5) ? 1 : -1;
    const x = brush.random.range(0.5, 1);
    const wave = brush.random.range(-0.03, 0.03);
    const at = (k: number, v: number): Point => [side * (k * x * w + wave * Math.sin(v * 4)), v];
    lock(
      brush,
      spline(
        [at(1.18, -0.4), at(1.23, 0.3), at(flare, 1.0), at(style === 'bob' ? 1.1 : 1.33, length)],
        5,
      ),
      0.035,
      7,
      0.42,
    );
  }
}

function makeBrush(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
  part: string,
): Brush {
  return {
    layer,
    frame,
    light,
    colour: hairColour(face, sitting.age),
    grey: clamp((sitting.age - face.greyFrom) / 26),
    random: createRandom(`hair/${face.seed}/${sitting.hairStyle}/${part}`),
  };
}

/** Hair over the forehead, temples and crown. */
export function paintHair(
  layer: Layer,
  frame: FaceFrame,
  face: FaceTraits,
  sitting: Sitting,
  light: Lighting,
): void {
  const brush = makeBrush(layer, frame, face, sitting, light, 'front');
  const recede = clamp(face.balding) * clamp((sitting.age - 24) / 34);
  STYLES[sitting.hairStyle](brush, face, recede);
}

type Painter = (brush: Brush, face: FaceTraits, recede: number) => void;

/** Hair cut short: it lies along the head on the sides and leans with the sweep on top. */
function cropped(volume: number, length: number, sweep: number, count: number): Painter {
  return (brush, face, recede) => {
    const cap = makeCap(face, volume, recede, 0.12, 0.3);
    castShadow(brush, capOutline(makeCap(face, volume, recede, -0.1, 0.3)));
    fillCap(
      brush,
      capOutline(makeCap(face, volume * 0.8, recede - 0.03, 0.02, 0.2)),
      0.022,
      0.95,
      0.4,
    );
    const { random } = brush;
    for (let i = 0; i < count; i += 1) {
      const t = random.range(-1, 1);
      const side = smoothstep(0.5, 0.68, Math.abs(t));
      const s = random.next() ** 0.85 * mix(0.9, 0.97, side);
      const reach = mix(length, 0.085, side) * random.range(0.7, 1.2) * mix(1, 0.55, s * s);
      const root = cap.at(t, s);
      const up = cap.at(t, s + 0.15);
      const n = Math.hypot(up[0] - root[0], up[1] - root[1]) || 1;
      const dx = (up[0] - root[0]) / n;
      const dy = (up[1] - root[1]) / n;
      const out = mix(0.55, 0.12, s);
      const along = sweep * mix(1, 0.6, s);
      const lx = mix(dx * out - dy * along, Math.sign(t) * 0.04, side);
      const ly = mix(dy * out + dx * along, 1, side);
      const tip: Point = [root[0] + lx * reach, root[1] + ly * reach];
      const bow = reach * 0.14 * (1 - side) * (1 - s);
      const bend: Point = [
        mix(root[0], tip[0], 0.5) + dx * bow,
        mix(root[1], tip[1], 0.5) + dy * bow,
      ];
      lock(brush, [root, bend, tip], 0.022, 5, 0.45);
    }
  };
}

interface Combing {
  /** Where the parting stands, t of the cap. */
  readonly parting: number;
  readonly volume: number;
  /** Lowest v of the combed hair beside the face. */
  readonly low: number;
  /** How far the hair bows up over the forehead. */
  readonly lift: number;
  readonly sides: number;
}

/** Strands combed from a parting to both sides along the head, each ending its own way. */
function combed(comb: Combing, ends: (side: number, s: number, r: Random) => Point[]): Painter {
  return (brush, face, recede) => {
    const cap = makeCap(face, comb.volume, recede, comb.low, comb.sides);
    const under = makeCap(
      face,
      comb.volume * 0.9,
      recede - 0.04,
      comb.low - 0.12,
      comb.sides * 0.85,
    );
    castShadow(brush, capOutline(cap));
    fillCap(brush, capOutline(under), 0.03, 1);
    const { random } = brush;
    for (let i = 0; i < 340; i += 1) {
      const s = i < 70 ? random.range(-0.01, 0.07) : random.range(0.01, 0.98);
      const side = random.next() < (1 - comb.parting) / 2 ? 1 : -1;
      const until = random.range(0.86, 1);
      const path: Point[] = [];
      for (let k = 0; k <= 7; k += 1) {
        const q = k / 7;
        const t = mix(comb.parting + side * 0.004, side * until, q);
        const bow = Math.sin(Math.PI * q) * comb.lift * (1 - s);
        path.push(cap.at(t, clamp(s + bow + 0.06 * q * (0.5 - s), -0.02, 0.995)));
      }
      path.push(...ends(side, s, random).map(([u, v]): Point => [u * face.faceWidth, v]));
      lock(brush, path, 0.03, 5, 0.48);
    }
  };
}

/** Soft shade of the hair on forehead and temples. */
function castShadow(brush: Brush, outline: readonly Point[]): void {
  const { layer, frame, light } = brush;
  const moved = outline.map(([u, v]): Point => [u * 0.985 + light.cast[0] * 0.2, v + 0.07]);
  multiplyMask(
    layer,
    polygonMask(layer, toPixels(frame, moved), 0.055 * frame.scale),
    [0.66, 0.52, 0.46],
    0.75,
  );
}

const noEnds = (): Point[] => [];
const falls =
  (flare: number, bottom: number, wave: number) =>
  (side: number, s: number, r: Random): Point[] => {
    const sway = r.range(-1, 1) * wave;
    const x = mix(0.97, flare, s ** 1.3);
    const path: Point[] = [
      [side * mix(1.02, 1.22, s), 0.5],
      [side * (x + sway), 1.0],
      [side * (x - sway * 1.4), 1.5],
      [side * (x + sway), 2.1],
      [side * (x - sway), bottom + r.range(-0.16, 0.05)],
    ];
    return bottom < 2 ? path.slice(0, 3) : path;
  };

function swept(brush: Brush, face: FaceTraits, recede: number): void {
  const cap = makeCap(face, 0.2, recede + 0.1, 0.22, 0.4);
  fillCap(brush, capOutline(makeCap(face, 0.17, recede + 0.04, 0.18, 0.38)), 0.035, 1);
  const { random } = brush;
  for (let i = 0; i < 420; i += 1) {
    const t = random.range(-1, 1);
    const s = random.next() * 0.6;
    if (Math.abs(t) > 0.72) {
      const root = cap.at(t, random.range(0.05, 0.9));
      lock(
        brush,
        [
          root,
          [root[0] + Math.sign(t) * 0.01, root[1] + 0.1],
          [root[0] + Math.sign(t) * 0.012, root[1] + 0.19],
        ],
        0.02,
        5,
        0.45,
      );
      continue;
    }
    const path = [0, 0.35, 0.7, 1].map((k) =>
      cap.at(clamp(t * (1 + k * 0.12) + k * 0.05, -1, 1), mix(s, 0.98, k)),
    );
    lock(brush, spline(path, 4), 0.03, 6, 0.42);
  }
}

function bangs(brush: Brush, face: FaceTraits, low: number, spread: number): void {
  const { random } = brush;
  const w = face.faceWidth;
  for (let i = 0; i < 170; i += 1) {
    const x = random.range(-1, 1);
    const end = low - 0.1 * (1 - x * x) * 0.4 + random.range(-0.05, 0.05);
    const path: Point[] = [
      [x * 0.42 * w, -1.55 + 0.12 * x * x],
      [x * 0.62 * w, -1.2],
      [x * spread * 0.95 * w, -0.85],
      [x * spread * w, end],
    ];
    lock(brush, spline(path, 5), 0.03, 6, 0.42);
  }
}

const STYLES: Record<HairStyle, Painter> = {
  short: cropped(0.11, 0.26, 0.75, 760),
  buzz: cropped(0.03, 0.07, 0.3, 900),
  'side-part': (brush, face, recede) => {
    cropped(0.06, 0.12, 0.4, 420)(brush, face, recede);
    combed({ parting: -0.4, volume: 0.17, low: -0.3, lift: 0.3, sides: 0.25 }, noEnds)(
      brush,
      face,
      recede,
    );
  },
  swept,
  bald: (brush, face) => {
    const { random } = brush;
    const cap = makeCap(face, 0.02, 0.6, 0.22, 0.3);
    for (let i = 0; i < 260; i += 1) {
      const t = random.range(0.74, 1) * (random.chance(0.5) ? 1 : -1);
      const root = cap.at(t, random.range(0.25, 0.95));
      lock(
        brush,
        [root, [root[0], root[1] + 0.05], [root[0], root[1] + 0.1]],
        0.018,
        3,
        0.35 * smoothstep(0.72, 0.86, Math.abs(t)),
      );
    }
  },
  'pulled-back': combed({ parting: 0, volume: 0.06, low: -0.02, lift: 0.45, sides: 0.2 }, noEnds),
  'middle-long': combed(
    { parting: 0, volume: 0.12, low: 0.2, lift: 0.25, sides: 0.9 },
    falls(1.36, 3.3, 0.03),
  ),
  'side-long': combed(
    { parting: -0.3, volume: 0.15, low: 0.2, lift: 0.3, sides: 0.9 },
    falls(1.38, 3.3, 0.045),
  ),
  bob: combed(
    { parting: 0.28, volume: 0.17, low: 0.2, lift: 0.25, sides: 1 },
    falls(1.3, 1.6, 0.03),
  ),
  'bangs-long': (brush, face, recede) => {
    combed({ parting: 0, volume: 0.13, low: 0.2, lift: 0.2, sides: 0.9 }, falls(1.36, 3.3, 0.03))(
      brush,
      face,
      recede,
    );
    bangs(brush, face, -0.5, 0.86);
  },
};
