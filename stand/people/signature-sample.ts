// Signature samples: a seeded hand writes with a pen that presses on the way down; good ones and each kind of bad one.
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { blurPlane, clamp, mix, spline, valueNoise } from './portrait/paint.ts';
import type { Point } from './portrait/paint.ts';
import type { RawPicture } from './portrait/portrait.ts';
import type { SignatureReason } from './scenarios.ts';

const WIDTH = 600;
const HEIGHT = 240;

interface Stroke {
  readonly points: Point[];
  readonly weight: number;
}

/** Key points of a hand's signature in a 1 × 0.4 box; the hand seed fixes them for life. */
function writeName(hand: Random): Stroke[] {
  const slant = hand.range(0.25, 0.7);
  const size = hand.range(0.75, 1.1);
  const lean = (x: number, y: number): Point => [x + (0.5 - y) * slant * 0.22, y];
  const strokes: Stroke[] = [];
  let x = 0.12;
  const base = 0.56;
  const tall = 0.4 * size;
  const initial: Point[] = hand.pick([
    [
      lean(x, base - 0.02),
      lean(x + 0.03, base - tall),
      lean(x + 0.09, base - tall * 0.9),
      lean(x + 0.06, base + 0.05),
      lean(x - 0.02, base + 0.06),
      lean(x + 0.06, base - 0.08),
    ],
    [
      lean(x + 0.08, base - tall * 0.85),
      lean(x - 0.01, base - tall * 0.7),
      lean(x - 0.02, base + 0.02),
      lean(x + 0.06, base + 0.06),
      lean(x + 0.11, base - 0.1),
    ],
    [
      lean(x - 0.02, base + 0.08),
      lean(x + 0.05, base - tall),
      lean(x + 0.07, base - tall * 0.95),
      lean(x + 0.07, base + 0.08),
      lean(x + 0.02, base - 0.06),
      lean(x + 0.13, base - 0.12),
    ],
    [
      lean(x, base - tall),
      lean(x - 0.01, base + 0.06),
      lean(x + 0.02, base - tall * 0.5),
      lean(x + 0.12, base - tall * 0.95),
      lean(x + 0.13, base - tall * 0.5),
      lean(x + 0.04, base - 0.12),
      lean(x + 0.12, base + 0.03),
    ],
  ]);
  const line: Point[] = [...initial];
  x = (line[line.length - 1] as Point)[0];
  const letters = hand.int(4, 8);
  const pitch = hand.range(0.05, 0.075) * (letters > 6 ? 0.85 : 1);
  const shrink = hand.range(0.82, 1);
  let height = 0.12 * size;
  for (let i = 0; i < letters; i += 1) {
    const shape = hand.weighted([
      [4, 'arch'],
      [3, 'garland'],
      [2, 'up'],
      [1.5, 'down'],
      [2, 'loop'],
    ] as const);
    const y = base + hand.range(-0.012, 0.012);
    const w = pitch * hand.range(0.8, 1.25);
    if (shape === 'arch') line.push(lean(x + w * 0.4, y - height), lean(x + w * 0.75, y));
    else if (shape === 'garland')
      line.push(
        lean(x + w * 0.25, y - height * 0.8),
        lean(x + w * 0.45, y + 0.01),
        lean(x + w * 0.95, y - height * 0.7),
      );
    else if (shape === 'up')
      line.push(
        lean(x + w * 0.6, y - height * 2.6),
        lean(x + w * 0.3, y - height * 2.5),
        lean(x + w * 0.45, y),
        lean(x + w * 0.9, y - height * 0.25),
      );
    else if (shape === 'down')
      line.push(
        lean(x + w * 0.35, y - height),
        lean(x + w * 0.3, y + height * 1.7),
        lean(x + w * 0.02, y + height * 1.5),
        lean(x + w * 0.8, y - height * 0.3),
      );
    else
      line.push(
        lean(x + w * 0.6, y - height * 0.9),
        lean(x + w * 0.2, y - height * 0.5),
        lean(x + w * 0.45, y + 0.01),
        lean(x + w * 0.95, y - height * 0.3),
      );
    x += w;
    height *= shrink;
  }
  const end = hand.weighted([
    [3, 'under'],
    [3, 'swoosh'],
    [2, 'tail'],
    [1, 'cross'],
  ] as const);
  if (end === 'tail') line.push(lean(x + 0.1, base - 0.02), lean(x + 0.2, base - 0.06));
  else if (end === 'swoosh')
    line.push(
      lean(x + 0.06, base + 0.1),
      lean(x - 0.12, base + 0.2),
      lean(x - 0.2, base + 0.14),
      lean(x + 0.16, base - 0.02),
      lean(x + 0.26, base - 0.12),
    );
  else if (end === 'under')
    line.push(
      lean(x + 0.04, base + 0.12),
      lean(0.2, base + 0.19),
      lean(x * 0.6, base + 0.15),
      lean(x + 0.1, base + 0.12),
    );
  else line.push(lean(x + 0.05, base + 0.02));
  strokes.push({ points: line, weight: 1 });
  if (end === 'cross')
    strokes.push({
      points: [lean(0.16, base - 0.14), lean(x * 0.55, base - 0.18), lean(x + 0.02, base - 0.16)],
      weight: 0.8,
    });
  return strokes;
}

export interface SignatureWish {
  /** The hand: one for a person; another hand for a mismatch. */
  readonly hand: string;
  /** Which sample of that hand: the new and the earlier one differ a little. */
  readonly sample: string;
  readonly defect: SignatureReason | null;
}

/** Draws a signature sample of 600 × 240. */
export function drawSignature(wish: SignatureWish): RawPicture {
  const hand = createRandom(`hand/${wish.hand}`);
  const day = createRandom(`hand/${wish.hand}/${wish.sample}`);
  const ink = new Float32Array(WIDTH * HEIGHT);
  const strokes = writeName(hand);
  const pen = hand.range(2.4, 3.7);
  const blue = hand.chance(0.6);
  if (wish.defect !== 'SIGNATURE_ABSENT') {
    const place = layOut(strokes, day, wish.defect === 'SIGNATURE_CROPPED');
    for (const stroke of strokes) press(ink, stroke, place, day, pen);
  } else {
    press(
      ink,
      {
        points: [
          [0.47, 0.52],
          [0.475, 0.524],
          [0.48, 0.52],
        ],
        weight: 0.3,
      },
      ([u, v]) => [u * WIDTH, v * HEIGHT * 2],
      day,
      1.2,
    );
  }
  return lay(ink, day, wish.defect, blue);
}

/** Fits the strokes into the paper with this day's size, slope and wobble. */
function layOut(strokes: readonly Stroke[], day: Random, cropped: boolean): (p: Point) => Point {
  const all = strokes.flatMap((stroke) => spline(stroke.points, 6));
  const xs = all.map((p) => p[0]);
  const ys = all.map((p) => p[1]);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const today = day.range(0.9, 1);
  const scale = ((HEIGHT * 0.7) / (y1 - y0)) * today;
  const across = Math.min((WIDTH * 0.84 * today) / (x1 - x0), scale * 2.1); // hands write wider than tall
  const turn = day.gauss(0, 0.018);
  const squeeze = day.gauss(1, 0.02);
  const dx = cropped ? WIDTH * day.range(0.36, 0.46) * (day.chance(0.5) ? 1 : -1) : day.gauss(0, 6);
  const dy = cropped ? day.gauss(0, 30) : day.gauss(0, 4);
  const phase = day.range(0, 100);
  return ([u, v]) => {
    const wobble = valueNoise(u * 9, phase, 11) * 2.4;
    const x = (u - (x0 + x1) / 2) * across * squeeze;
    const y = (v - (y0 + y1) / 2) * scale;
    return [
      WIDTH / 2 + dx + x - y * turn + wobble,
      HEIGHT / 2 + dy + y + x * turn + valueNoise(phase, u * 9, 12) * 2.4,
    ];
  };
}

/** Presses one stroke into the ink plane: thick going down, thin going up and at speed. */
function press(
  ink: Float32Array,
  stroke: Stroke,
  place: (p: Point) => Point,
  day: Random,
  pen: number,
): void {
  const keys = stroke.points.map((p): Point => [
    p[0] + day.gauss(0, 0.0035),
    p[1] + day.gauss(0, 0.005),
  ]);
  const line = spline(keys, 26).map(place);
  let speed = 3;
  line.forEach((p, i) => {
    const q = line[i + 1];
    if (!q) return;
    const dx = q[0] - p[0];
    const dy = q[1] - p[1];
    const length = Math.hypot(dx, dy);
    speed = mix(speed, length, 0.15);
    const down = clamp(dy / (length || 1), -1, 1);
    const ends = clamp(i / 8) * clamp((line.length - 1 - i) / 14);
    const width =
      pen *
      stroke.weight *
      (0.72 + 0.38 * down) *
      mix(1.12, 0.72, clamp((speed - 1) / 7)) *
      (0.35 + 0.65 * ends);
    const dots = Math.max(1, Math.ceil(length / 0.5));
    for (let s = 0; s < dots; s += 1)
      blot(ink, p[0] + (dx * s) / dots, p[1] + (dy * s) / dots, Math.max(0.55, width / 2));
  });
}

function blot(ink: Float32Array, cx: number, cy: number, radius: number): void {
  for (
    let y = Math.max(0, Math.floor(cy - radius - 1));
    y <= Math.min(HEIGHT - 1, cy + radius + 1);
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(cx - radius - 1));
      x <= Math.min(WIDTH - 1, cx + radius + 1);
      x += 1
    ) {
      const a = clamp(radius + 0.5 - Math.hypot(x + 0.5 - cx, y + 0.5 - cy));
      const at = y * WIDTH + x;
      if (a > (ink[at] as number)) ink[at] = a;
    }
  }
}

/** Paper, ink colour and the defect that belongs to the picture, not to the hand. */
function lay(
  ink: Float32Array,
  day: Random,
  defect: SignatureReason | null,
  blue: boolean,
): RawPicture {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  const ground =
    defect === 'SIGNATURE_BACKGROUND'
      ? day.pick(['grid', 'lines', 'dark', 'stamp'] as const)
      : 'paper';
  const illegible = defect === 'SIGNATURE_ILLEGIBLE' ? day.pick(['blur', 'faint'] as const) : null;
  if (illegible === 'blur') blurPlane(ink, WIDTH, HEIGHT, 7);
  const strength = illegible === 'faint' ? 0.2 : illegible === 'blur' ? 0.75 : 0.97;
  const colour = blue ? [24, 38, 112] : [26, 26, 32];
  const paper = ground === 'dark' ? [92, 90, 88] : [248, 247, 243];
  const seed = day.int(1, 9999);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const at = y * WIDTH + x;
      const shade = 1 - 0.018 * (x / WIDTH) - 0.012 * (y / HEIGHT);
      const a = (ink[at] as number) * strength * (0.9 + 0.1 * valueNoise(x / 3, y / 3, seed));
      const rule = ruled(ground, x, y);
      for (let c = 0; c < 3; c += 1) {
        const under = mix((paper[c] as number) * shade, [96, 128, 190][c] as number, rule);
        data[at * 3 + c] = Math.round(mix(under, colour[c] as number, clamp(a)));
      }
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

function ruled(ground: string, x: number, y: number): number {
  if (ground === 'grid') return x % 24 < 2 || y % 24 < 2 ? 0.7 : 0;
  if (ground === 'lines') return y % 40 < 3 ? 0.8 : 0;
  if (ground !== 'stamp') return 0;
  const r = Math.hypot(x - 420, y - 125);
  const ring = Math.abs(r - 92) < 3 || Math.abs(r - 68) < 1.8;
  const marks = r > 72 && r < 86 && Math.sin(Math.atan2(y - 125, x - 420) * 26) > 0.1;
  return ring || marks ? 0.8 : 0;
}
