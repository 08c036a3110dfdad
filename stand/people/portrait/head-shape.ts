// The head as a relief: outline and height (towards the viewer) of a face in inter-pupil units, origin between the eyes.
import { clamp, mix, smoothstep, spline } from './paint.ts';
import type { Point } from './paint.ts';
import type { FaceTraits, Sitting } from './face-traits.ts';

/** Pixel frame of a face: x = ox + u·scale, y = oy + v·scale. */
export interface FaceFrame {
  readonly width: number;
  readonly height: number;
  readonly ox: number;
  readonly oy: number;
  readonly scale: number;
}

export function toPixels(frame: FaceFrame, points: readonly Point[]): Point[] {
  return points.map(([u, v]) => [frame.ox + u * frame.scale, frame.oy + v * frame.scale]);
}

const CHIN_V = 1.86;
const CROWN_V = -1.72;
const CENTRE_V = 0.15;
const STEPS = 512;

/** Half the outline of the skull and face, from the chin up the right side to the crown. */
function halfOutline(face: FaceTraits, age: number): Point[] {
  const w = face.faceWidth;
  const heavy = 1 + clamp((age - 40) / 45) * 0.045;
  const chin = CHIN_V + face.chinLength;
  return [
    [0, chin],
    [0.26 * face.chinWidth, chin - 0.045],
    [0.5 * face.chinWidth * w, chin - 0.2],
    [0.71 * face.jaw * w * heavy, 1.38],
    [0.9 * (0.35 + 0.65 * face.jaw) * w * heavy, 0.98],
    [1.035 * w * (0.6 + 0.4 * face.cheek), 0.55],
    [1.09 * w * face.cheek, 0.12],
    [1.095 * w, -0.32],
    [1.05 * w * face.forehead, -0.76],
    [0.925 * w * face.forehead, -1.2],
    [0.61 * w, -1.55],
    [0.22 * w, CROWN_V + 0.01],
    [0, CROWN_V],
  ];
}

/** Closed outline as points (u, v). */
export function faceOutline(face: FaceTraits, age: number): Point[] {
  const half = halfOutline(face, age);
  const right = half.slice(1, -1);
  const left = right.map(([u, v]): Point => [-u, v]).reverse();
  return spline([half[0] as Point, ...right, half[half.length - 1] as Point, ...left], 10, true);
}

/** Outline as distance from the centre by angle, for fast look-up. */
export function outlineTable(outline: readonly Point[]): Float32Array {
  const table = new Float32Array(STEPS + 1);
  const polar = outline
    .map(([u, v]) => ({ a: Math.atan2(u, v - CENTRE_V), r: Math.hypot(u, v - CENTRE_V) }))
    .sort((p, q) => p.a - q.a);
  const n = polar.length;
  for (let i = 0, j = 0; i <= STEPS; i += 1) {
    const angle = -Math.PI + (2 * Math.PI * i) / STEPS;
    while (j < n && (polar[j] as { a: number }).a < angle) j += 1;
    const after = polar[j % n] as { a: number; r: number };
    const before = polar[(j + n - 1) % n] as { a: number; r: number };
    const a0 = j === 0 ? before.a - 2 * Math.PI : before.a;
    const a1 = j === n ? after.a + 2 * Math.PI : after.a;
    table[i] = mix(before.r, after.r, (angle - a0) / (a1 - a0 || 1));
  }
  return table;
}

/** 0 at the centre of the face, 1 on its outline. */
export function outlineRatio(table: Float32Array, u: number, v: number): number {
  const dv = v - CENTRE_V;
  const at = ((Math.atan2(u, dv) + Math.PI) / (2 * Math.PI)) * STEPS;
  const i = Math.min(STEPS - 1, Math.floor(at));
  return Math.hypot(u, dv) / mix(table[i] as number, table[i + 1] as number, at - i);
}

/** Height plane of the head in inter-pupil units; grows with every feature added. */
export class Relief {
  readonly plane: Float32Array;
  readonly frame: FaceFrame;

  constructor(frame: FaceFrame) {
    this.frame = frame;
    this.plane = new Float32Array(frame.width * frame.height);
  }

  /** Adds a soft bump (or dent) of radii su, sv turned by angle. */
  bump(u: number, v: number, su: number, sv: number, amount: number, angle = 0): void {
    const { width, height, ox, oy, scale } = this.frame;
    const reach = 2.3 * Math.max(su, sv) * scale;
    const cx = ox + u * scale;
    const cy = oy + v * scale;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const y1 = Math.min(height - 1, Math.ceil(cy + reach));
    const x1 = Math.min(width - 1, Math.ceil(cx + reach));
    for (let y = Math.max(0, Math.floor(cy - reach)); y <= y1; y += 1) {
      for (let x = Math.max(0, Math.floor(cx - reach)); x <= x1; x += 1) {
        const dx = (x + 0.5 - cx) / scale;
        const dy = (y + 0.5 - cy) / scale;
        const a = (dx * cos + dy * sin) / su;
        const b = (dy * cos - dx * sin) / sv;
        const q = a * a + b * b;
        if (q > 5.3) continue;
        const at = y * width + x;
        this.plane[at] = (this.plane[at] as number) + amount * (Math.exp(-q) - 0.005);
      }
    }
  }

  /** The same bump on both sides of the face. */
  pair(u: number, v: number, su: number, sv: number, amount: number, angle = 0): void {
    this.bump(u, v, su, sv, amount, angle);
    this.bump(-u, v, su, sv, amount, -angle);
  }

  /** A furrow (or ridge) along a curve, mirrored when both is set. */
  furrow(points: readonly Point[], radius: number, amount: number, both = true): void {
    const line = spline(points, 8);
    line.forEach(([u, v], i) => {
      const next = line[i + 1];
      if (!next) return;
      const length = Math.hypot(next[0] - u, next[1] - v);
      const ends = smoothstep(0, 0.2, i / line.length) * smoothstep(1, 0.75, i / line.length);
      const a = (amount * ends * length) / (radius * 1.77);
      this.bump(u, v, radius, radius, a);
      if (both) this.bump(-u, v, radius, radius, a);
    });
  }
}

/** Builds the relief of a face at an age with an expression. */
export function sculpt(face: FaceTraits, sitting: Sitting, frame: FaceFrame): Relief {
  const relief = new Relief(frame);
  const table = outlineTable(faceOutline(face, sitting.age));
  const { width, height, ox, oy, scale } = frame;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const ratio = outlineRatio(table, (x + 0.5 - ox) / scale, (y + 0.5 - oy) / scale);
      if (ratio < 1) relief.plane[y * width + x] = 1.12 * Math.sqrt(1 - ratio ** 2.7);
    }
  }
  nose(relief, face);
  upperFace(relief, face, sitting);
  lowerFace(relief, face, sitting);
  ageing(relief, sitting);
  return relief;
}

function nose(relief: Relief, face: FaceTraits): void {
  const w = face.noseWidth;
  const h = face.noseHeight;
  const base = 0.74 * face.noseLength;
  for (let i = 0; i <= 14; i += 1) {
    const t = i / 14;
    const v = mix(-0.3, base - 0.12, t);
    const rise = mix(0.02, 0.15, t ** 1.3) * h;
    relief.bump(0, v, mix(0.09, 0.12, t) * w, 0.1, rise * 0.4);
    relief.bump(0, v, mix(0.17, 0.24, t) * w, 0.14, rise * 0.2);
  }
  relief.bump(0, base - 0.1, 0.125 * w, 0.115, 0.15 * h);
  relief.bump(0, base - 0.07, 0.07 * w, 0.05, 0.03 * h);
  relief.pair(0.185 * w, base - 0.07, 0.08 * w, 0.085, 0.095);
  relief.pair(0.27 * w, base - 0.07, 0.045, 0.1, -0.03);
  relief.bump(0, base + 0.04, 0.16 * w, 0.05, -0.035);
  relief.pair(0.1 * w, base + 0.01, 0.05, 0.03, -0.03, 0.25);
}

function upperFace(relief: Relief, face: FaceTraits, sitting: Sitting): void {
  const man = face.sex === 'male';
  const deep = face.look === 'european' ? 1.25 : 0.8;
  relief.pair(0.5, -0.05, 0.3, 0.19, -0.1 * deep);
  relief.pair(0.27, -0.06, 0.1, 0.15, -0.06 * deep);
  relief.pair(0.5, 0.0, 0.22, 0.14, 0.085);
  relief.pair(0.5, -0.33, 0.36, 0.1, (man ? 0.06 : 0.03) * deep, -0.04);
  relief.bump(0, -0.36, 0.16, 0.12, man ? 0.03 : 0.012);
  relief.pair(0.36, -0.85, 0.4, 0.3, 0.03);
  relief.pair(1.0, -0.42, 0.16, 0.36, -0.07);
  const cheek = 0.075 + sitting.smile * 0.05;
  relief.pair(0.72, 0.36 - sitting.smile * 0.05, 0.3, 0.2, cheek * face.cheek, 0.3);
  relief.pair(0.52, 0.5, 0.26, 0.22, 0.03 + sitting.smile * 0.04);
}

function lowerFace(relief: Relief, face: FaceTraits, sitting: Sitting): void {
  const m = face.mouthHeight;
  const mw = face.mouthWidth * (1 + sitting.smile * 0.16);
  const full = face.lipFull;
  relief.pair(0.74, 0.98, 0.2, 0.26, -0.045);
  relief.bump(0, m - 0.02, 0.44, 0.26, 0.1);
  relief.bump(0, 0.93, 0.045, 0.1, -0.017);
  relief.pair(0.08, 0.96, 0.04, 0.1, 0.007);
  relief.pair(0.13, m - 0.07, 0.15, 0.045 * full, 0.035 * full, 0.12);
  relief.bump(0, m + 0.1, 0.24 * mw, 0.075 * full, 0.065 * full);
  relief.furrow(
    [
      [-0.4 * mw, m - sitting.smile * 0.07],
      [-0.15, m],
      [0, m + 0.005],
      [0.15, m],
      [0.4 * mw, m - sitting.smile * 0.07],
    ],
    0.03,
    -0.055,
    false,
  );
  relief.pair(0.43 * mw, m - 0.01, 0.05, 0.06, -0.02);
  relief.bump(0, m + 0.27, 0.24, 0.06, -0.06);
  relief.bump(0, 1.6 + face.chinLength, 0.24 * face.chinWidth, 0.16, 0.085);
  if (sitting.smile > 0) {
    relief.furrow(
      [
        [0.3, 0.66],
        [0.48, 0.86],
        [0.56, 1.12],
      ],
      0.045,
      -0.05 * sitting.smile,
    );
  }
}

function ageing(relief: Relief, sitting: Sitting): void {
  const a = clamp((sitting.age - 22) / 55);
  const fold = 0.008 + 0.06 * a;
  relief.furrow(
    [
      [0.27, 0.68],
      [0.37, 0.8],
      [0.46, 0.97],
      [0.51, 1.12],
    ],
    0.05,
    -fold,
  );
  relief.furrow(
    [
      [0.28, 0.13],
      [0.42, 0.24],
      [0.62, 0.25],
      [0.78, 0.17],
    ],
    0.035,
    -0.004 - 0.042 * a,
  );
  relief.pair(0.48, 0.17, 0.18, 0.06, 0.028 * a);
  relief.furrow(
    [
      [0.45, 1.24],
      [0.5, 1.36],
      [0.51, 1.48],
    ],
    0.04,
    -0.05 * a * a,
  );
  relief.pair(0.66, 1.36, 0.16, 0.14, 0.06 * a * a);
  relief.pair(0.72, 0.75, 0.2, 0.25, -0.05 * a * a);
  if (sitting.age < 34) return;
  const lines = clamp((sitting.age - 34) / 40);
  for (const [v, sag] of [
    [-0.66, 0.02],
    [-0.82, 0.03],
    [-0.97, 0.02],
  ] as const) {
    const curve: Point[] = [
      [-0.7, v + sag],
      [-0.3, v - sag],
      [0.05, v + 0.01],
      [0.35, v - sag],
      [0.7, v + sag],
    ];
    relief.furrow(curve, 0.04, -0.024 * lines, false);
  }
  relief.furrow(
    [
      [0.1, -0.47],
      [0.09, -0.33],
      [0.11, -0.24],
    ],
    0.025,
    -0.022 * lines,
  );
  for (const v of [-0.06, 0.03, 0.12]) {
    relief.furrow(
      [
        [0.82, v * 0.6],
        [0.92, v],
        [1.0, v * 1.6 + 0.02],
      ],
      0.02,
      -0.018 * lines,
    );
  }
}
