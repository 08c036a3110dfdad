// Damages a good portrait in known steps, so that each measure can be held against what was done to the picture.
import {
  POINT,
  distance,
  middleOf,
  outline,
  pointAt,
} from '../../src/main/adapters/imaging/portrait/landmarks.ts';
import type { FacePoints, Xy } from '../../src/main/adapters/imaging/portrait/landmarks.ts';
import { maskOf } from '../../src/main/adapters/imaging/portrait/aligned-face.ts';
import type { CanonicalFace } from '../../src/main/adapters/imaging/portrait/models.ts';
import { gridAt, sample, type Raster } from '../../src/main/adapters/imaging/raster.ts';

type Rgb = readonly [number, number, number];

/** Each pixel by its own rule. */
export function eachPixel(
  source: Raster,
  rule: (red: number, green: number, blue: number, x: number, y: number) => Rgb,
): Raster {
  const { data, width, height } = source;
  const made = new Uint8ClampedArray(data.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 3) {
      const [red, green, blue] = rule(data[at]!, data[at + 1]!, data[at + 2]!, x, y);
      made[at] = red;
      made[at + 1] = green;
      made[at + 2] = blue;
    }
  return { data: new Uint8Array(made.buffer), width, height };
}

/** Less or more light, as a gamma value. */
export const lit = (source: Raster, factor: number): Raster =>
  eachPixel(source, (r, g, b) => [r * factor, g * factor, b * factor]);

/** Light from one side: falls off by `share` across the picture. */
export const sideLit = (source: Raster, share: number, fromRight = false): Raster =>
  eachPixel(source, (r, g, b, x) => {
    const way = x / source.width;
    const m = 1 - share * (fromRight ? 1 - way : way);
    return [r * m, g * m, b * m];
  });

export const cast = (source: Raster, [red, green, blue]: Rgb): Raster =>
  eachPixel(source, (r, g, b) => [r + red, g + green, b + blue]);

export const grey = (source: Raster): Raster =>
  eachPixel(source, (r, g, b) => {
    const v = 0.299 * r + 0.587 * g + 0.114 * b;
    return [v, v, v];
  });

/** Turned clockwise by `degrees` round its middle; the border goes on. */
export function turned(source: Raster, degrees: number): Raster {
  const { width, height } = source;
  const angle = (-degrees * Math.PI) / 180;
  const grid = gridAt(width / 2, height / 2, 1, angle, width / 2, height / 2);
  const rgb = sample([source], grid, { width, height, stretchBorder: true });
  return { data: Uint8Array.from(rgb, (v) => v + 0.5), width, height };
}

/** Covers of mouth, chin and cheeks. */
const MASK = [
  123, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323,
  352, 280, 197, 50,
];

export function masked(source: Raster, points: FacePoints, colour: Rgb): Raster {
  const inside = maskOf(outline(points, MASK), source.width, source.height);
  return eachPixel(source, (r, g, b, x, y) =>
    inside[y * source.width + x] === 1 ? colour : [r, g, b],
  );
}

/** Two dark lenses. */
export function darkGlasses(source: Raster, points: FacePoints): Raster {
  const eye = (outer: number, inner: number): Xy =>
    middleOf(pointAt(points, outer), pointAt(points, inner));
  const lenses = [
    eye(POINT.rightEyeOuter, POINT.rightEyeInner),
    eye(POINT.leftEyeOuter, POINT.leftEyeInner),
  ];
  const apart = distance(lenses[0]!, lenses[1]!);
  const inLens = (x: number, y: number): boolean =>
    lenses.some(
      ([cx, cy]) =>
        ((x - cx) / (apart * 0.34)) ** 2 + ((y - cy - apart * 0.04) / (apart * 0.25)) ** 2 < 1,
    );
  return eachPixel(source, (r, g, b, x, y) => (inLens(x, y) ? [14, 13, 16] : [r, g, b]));
}

/** Stripes or a slope of light on what surely lies beside the head. */
export function behind(
  source: Raster,
  points: FacePoints,
  change: (x: number, y: number) => number,
): Raster {
  const middle = pointAt(points, 9)[0];
  const [top, chin] = [pointAt(points, POINT.foreheadTop)[1], pointAt(points, POINT.chin)[1]];
  const wide = distance(pointAt(points, POINT.rightEar), pointAt(points, POINT.leftEar)) * 0.95;
  const above = top - (chin - top) * 0.45;
  return eachPixel(source, (r, g, b, x, y) => {
    if (y >= chin || (Math.abs(x - middle) <= wide && y >= above)) return [r, g, b];
    const v = change(x, y);
    return [r + v, g + v, b + v];
  });
}

const LIDS = {
  right: {
    upper: [246, 161, 160, 159, 158, 157, 173],
    lower: [7, 163, 144, 145, 153, 154, 155],
  },
  left: {
    upper: [466, 388, 387, 386, 385, 384, 398],
    lower: [249, 390, 373, 374, 380, 381, 382],
  },
} as const;

/** Pulls the skin above the upper lid down over `share` of the eye and draws the lashes' shadow. */
export function closed(
  source: Raster,
  points: FacePoints,
  share: number,
  sides: readonly (keyof typeof LIDS)[] = ['right', 'left'],
): Raster {
  const data = Uint8Array.from(source.data);
  for (const side of sides) {
    const upper = sorted(outline(points, LIDS[side].upper));
    const lower = sorted(outline(points, LIDS[side].lower));
    for (let x = Math.floor(upper[0]![0]); x <= upper.at(-1)![0]; x++) {
      const lidY = heightAt(upper, x);
      const gap = heightAt(lower, x) - lidY;
      if (gap >= 1) pullDown(source, data, x, lidY, gap, share);
    }
  }
  return { ...source, data };
}

function pullDown(
  source: Raster,
  data: Uint8Array,
  x: number,
  lidY: number,
  gap: number,
  share: number,
): void {
  const lid = lidY + gap * share;
  const from = lidY - gap * 1.1;
  const row = source.width * 3;
  for (let y = Math.floor(from); y < lid; y++) {
    const way = Math.max(0, (y - from) / (lid - from));
    const taken = Math.round(from + way * (lidY - from - 1.5)) * row + x * 3;
    for (let k = 0; k < 3; k++) data[y * row + x * 3 + k] = source.data[taken + k]!;
  }
  for (let y = Math.floor(lid); y < lid + Math.max(1, gap * 0.12); y++)
    for (let k = 0; k < 3; k++) data[y * row + x * 3 + k]! *= 0.35;
}

const sorted = (line: Xy[]): Xy[] => line.sort((one, other) => one[0] - other[0]);

function heightAt(line: readonly Xy[], x: number): number {
  let i = 0;
  while (i < line.length - 2 && line[i + 1]![0] < x) i++;
  const [[x1, y1], [x2, y2]] = [line[i]!, line[i + 1]!];
  return y1 + Math.max(0, Math.min(1, (x - x1) / (x2 - x1))) * (y2 - y1);
}

/** The textured mesh turned by `degrees` to the subject's left; the rest of the picture stays. */
export function yawed(
  source: Raster,
  points: FacePoints,
  { triangles }: CanonicalFace,
  degrees: number,
): Raster {
  const turn = (degrees * Math.PI) / 180;
  const middle = [0, 1, 2].map(
    (k) => (points[POINT.rightEar * 3 + k]! + points[POINT.leftEar * 3 + k]!) / 2,
  );
  const moved = Float32Array.from(points);
  for (let at = 0; at < points.length; at += 3) {
    const x = points[at]! - middle[0]!;
    const z = points[at + 2]! - middle[2]!;
    moved[at] = x * Math.cos(turn) - z * Math.sin(turn) + middle[0]!;
    moved[at + 2] = x * Math.sin(turn) + z * Math.cos(turn) + middle[2]!;
  }
  const data = Uint8Array.from(source.data);
  for (const corners of fromBack(triangles, moved))
    paint(source, data, outline(points, corners), outline(moved, corners));
  return { ...source, data };
}

function fromBack(triangles: readonly number[], moved: FacePoints): number[][] {
  const all: number[][] = [];
  for (let i = 0; i < triangles.length; i += 3) all.push(triangles.slice(i, i + 3));
  const depth = (corners: number[]): number =>
    corners.reduce((sum, index) => sum + moved[index * 3 + 2]!, 0);
  return all.sort((one, other) => depth(other) - depth(one));
}

const spread = ([a, b, c]: readonly Xy[]): number =>
  (b![0] - a![0]) * (c![1] - a![1]) - (c![0] - a![0]) * (b![1] - a![1]);

/** One triangle, unless it now shows its back. */
function paint(source: Raster, data: Uint8Array, from: readonly Xy[], to: readonly Xy[]): void {
  const area = spread(to);
  if (Math.sign(area) !== Math.sign(spread(from)) || area === 0) return;
  const [a, b, c] = to as [Xy, Xy, Xy];
  const [p, q, r] = from as [Xy, Xy, Xy];
  const { width, height } = source;
  const xs = to.map(([x]) => x);
  const ys = to.map(([, y]) => y);
  const right = Math.min(width - 1, Math.ceil(Math.max(...xs)));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...ys)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= bottom; y++)
    for (let x = Math.max(0, Math.floor(Math.min(...xs))); x <= right; x++) {
      const u = ((x - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (y - a[1])) / area;
      const v = ((b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1])) / area;
      if (u < -0.001 || v < -0.001 || u + v > 1.001) continue;
      const sx = p[0] + u * (q[0] - p[0]) + v * (r[0] - p[0]);
      const sy = p[1] + u * (q[1] - p[1]) + v * (r[1] - p[1]);
      const [x0, y0] = [Math.floor(sx), Math.floor(sy)];
      if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) continue;
      const [fx, fy] = [sx - x0, sy - y0];
      const at = (y0 * width + x0) * 3;
      for (let k = 0; k < 3; k++)
        data[(y * width + x) * 3 + k] =
          source.data[at + k]! * (1 - fx) * (1 - fy) +
          source.data[at + 3 + k]! * fx * (1 - fy) +
          source.data[at + width * 3 + k]! * (1 - fx) * fy +
          source.data[at + width * 3 + 3 + k]! * fx * fy;
    }
}
