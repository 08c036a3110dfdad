// A small software painter: premultiplied linear-light layers, soft polygon masks, tapered strokes and hair strands.

export type Rgb = readonly [number, number, number];
export type Point = readonly [number, number];

/** Premultiplied linear RGBA, interleaved, one float a channel. */
export interface Layer {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Coverage 0..1 over a rectangle of a layer. */
export interface Mask {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function createLayer(width: number, height: number): Layer {
  return { width, height, data: new Float32Array(width * height * 4) };
}

/** One sRGB byte to linear light 0..1. */
export function linear(byte: number): number {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

export function linearRgb(r: number, g: number, b: number): Rgb {
  return [linear(r), linear(g), linear(b)];
}

export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

export function mixRgb(a: Rgb, b: Rgb, t: number): Rgb {
  return [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];
}

export function scaleRgb(a: Rgb, k: number): Rgb {
  return [a[0] * k, a[1] * k, a[2] * k];
}

export function clamp(x: number, low = 0, high = 1): number {
  return x < low ? low : x > high ? high : x;
}

export function smoothstep(from: number, to: number, x: number): number {
  const t = clamp((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}

/** Points along a Catmull-Rom curve through the given ones. */
export function spline(points: readonly Point[], perSegment = 10, closed = false): Point[] {
  const n = points.length;
  const out: Point[] = [];
  const last = closed ? n : n - 1;
  for (let i = 0; i < last; i += 1) {
    const p0 = points[closed ? (i + n - 1) % n : Math.max(0, i - 1)] as Point;
    const p1 = points[i] as Point;
    const p2 = points[closed ? (i + 1) % n : Math.min(n - 1, i + 1)] as Point;
    const p3 = points[closed ? (i + 2) % n : Math.min(n - 1, i + 2)] as Point;
    for (let s = 0; s < perSegment; s += 1) {
      const t = s / perSegment;
      out.push([onCurve(p0[0], p1[0], p2[0], p3[0], t), onCurve(p0[1], p1[1], p2[1], p3[1], t)]);
    }
  }
  if (!closed) out.push(points[n - 1] as Point);
  return out;
}

function onCurve(a: number, b: number, c: number, d: number, t: number): number {
  return (
    0.5 *
    (2 * b +
      (c - a) * t +
      (2 * a - 5 * b + 4 * c - d) * t * t +
      (3 * b - a - 3 * c + d) * t * t * t)
  );
}

/** In-place running box blur, three passes: close to a Gaussian. Edges repeat. */
export function blurPlane(data: Float32Array, width: number, height: number, sigma: number): void {
  const radius = Math.max(1, Math.round(sigma));
  const line = new Float32Array(Math.max(width, height));
  const pass = (start: number, step: number, count: number): void => {
    const norm = 1 / (2 * radius + 1);
    for (let i = 0; i < count; i += 1) line[i] = data[start + i * step] as number;
    const first = line[0] as number;
    const lastValue = line[count - 1] as number;
    let sum = first * radius;
    for (let i = 0; i < radius; i += 1) sum += i < count ? (line[i] as number) : lastValue;
    for (let i = 0; i < count; i += 1) {
      sum += i + radius < count ? (line[i + radius] as number) : lastValue;
      data[start + i * step] = sum * norm;
      sum -= i - radius >= 0 ? (line[i - radius] as number) : first;
    }
  };
  for (let n = 0; n < 3; n += 1) {
    for (let y = 0; y < height; y += 1) pass(y * width, 1, width);
    for (let x = 0; x < width; x += 1) pass(x, width, height);
  }
}

/** A wide blur of a plane, done on a coarser copy (each cell factor × factor) and stretched back. */
export function coarseBlur(
  plane: Float32Array,
  width: number,
  height: number,
  sigma: number,
  factor: number,
): Float32Array {
  const w = Math.ceil(width / factor);
  const h = Math.ceil(height / factor);
  const small = new Float32Array(w * h);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      let sum = 0;
      let n = 0;
      for (let dy = 0; dy < factor && y * factor + dy < height; dy += 1) {
        for (let dx = 0; dx < factor && x * factor + dx < width; dx += 1) {
          sum += plane[(y * factor + dy) * width + x * factor + dx] as number;
          n += 1;
        }
      }
      small[y * w + x] = sum / n;
    }
  }
  blurPlane(small, w, h, sigma / factor);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const v = clamp((y + 0.5) / factor - 0.5, 0, h - 1);
    const y0 = Math.min(h - 2, Math.floor(v));
    const fy = v - y0;
    for (let x = 0; x < width; x += 1) {
      const u = clamp((x + 0.5) / factor - 0.5, 0, w - 1);
      const x0 = Math.min(w - 2, Math.floor(u));
      const fx = u - x0;
      const at = y0 * w + x0;
      const top = (small[at] as number) * (1 - fx) + (small[at + 1] as number) * fx;
      const low = (small[at + w] as number) * (1 - fx) + (small[at + w + 1] as number) * fx;
      out[y * width + x] = top * (1 - fy) + low * fy;
    }
  }
  return out;
}

/** Anti-aliased coverage of a polygon given in pixels; feather is the blur of its edge in pixels. */
export function polygonMask(layer: Layer, points: readonly Point[], feather = 0): Mask {
  const pad = Math.ceil(feather * 3) + 2;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  const left = clamp(Math.floor(x0) - pad, -pad, layer.width);
  const top = clamp(Math.floor(y0) - pad, -pad, layer.height);
  const width = Math.max(1, clamp(Math.ceil(x1) + pad, 0, layer.width + pad) - left);
  const height = Math.max(1, clamp(Math.ceil(y1) + pad, 0, layer.height + pad) - top);
  const data = new Float32Array(width * height);
  const sub = 4;
  const crossings: number[] = [];
  for (let row = 0; row < height; row += 1) {
    for (let s = 0; s < sub; s += 1) {
      const y = top + row + (s + 0.5) / sub;
      crossings.length = 0;
      for (let i = 0; i < points.length; i += 1) {
        const a = points[i] as Point;
        const b = points[(i + 1) % points.length] as Point;
        if (a[1] <= y !== b[1] <= y) {
          crossings.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]) - left);
        }
      }
      crossings.sort((p, q) => p - q);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const from = clamp(crossings[i] as number, 0, width);
        const to = clamp(crossings[i + 1] as number, 0, width);
        const first = Math.floor(from);
        const final = Math.min(width - 1, Math.floor(to));
        for (let x = first; x <= final; x += 1) {
          const covered = Math.min(to, x + 1) - Math.max(from, x);
          if (covered > 0)
            data[row * width + x] = (data[row * width + x] as number) + covered / sub;
        }
      }
    }
  }
  if (feather >= 1) blurPlane(data, width, height, feather);
  return { left, top, width, height, data };
}

/** Coverage of a tapered stroke along a polyline; width(t) is the full width in pixels at 0..1. */
export function strokeMask(
  layer: Layer,
  line: readonly Point[],
  width: (t: number) => number,
  feather = 0,
): Mask {
  const left: Point[] = [];
  const right: Point[] = [];
  line.forEach((point, i) => {
    const before = line[Math.max(0, i - 1)] as Point;
    const after = line[Math.min(line.length - 1, i + 1)] as Point;
    const length = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
    const half = width(i / (line.length - 1)) / 2;
    const nx = (-(after[1] - before[1]) / length) * half;
    const ny = ((after[0] - before[0]) / length) * half;
    left.push([point[0] + nx, point[1] + ny]);
    right.unshift([point[0] - nx, point[1] - ny]);
  });
  return polygonMask(layer, [...left, ...right], feather);
}

export type Shade = Rgb | ((x: number, y: number, out: [number, number, number]) => void);

/** Lays a colour over the layer through a mask. */
export function paintMask(layer: Layer, mask: Mask, shade: Shade, alpha = 1): void {
  const out: [number, number, number] = [0, 0, 0];
  const solid = typeof shade === 'function' ? null : shade;
  if (solid) [out[0], out[1], out[2]] = solid;
  for (let row = 0; row < mask.height; row += 1) {
    const y = mask.top + row;
    if (y < 0 || y >= layer.height) continue;
    for (let column = 0; column < mask.width; column += 1) {
      const x = mask.left + column;
      const a = (mask.data[row * mask.width + column] as number) * alpha;
      if (a <= 0.002 || x < 0 || x >= layer.width) continue;
      if (!solid) (shade as (x: number, y: number, o: typeof out) => void)(x, y, out);
      blend(layer, (y * layer.width + x) * 4, out, a);
    }
  }
}

function blend(layer: Layer, at: number, colour: Rgb, a: number): void {
  const d = layer.data;
  const k = 1 - a;
  d[at] = (d[at] as number) * k + colour[0] * a;
  d[at + 1] = (d[at + 1] as number) * k + colour[1] * a;
  d[at + 2] = (d[at + 2] as number) * k + colour[2] * a;
  d[at + 3] = (d[at + 3] as number) * k + a;
}

/** Multiplies what is already there (shadow, make-up) by a colour through a mask; coverage stays. */
export function multiplyMask(layer: Layer, mask: Mask, colour: Rgb, alpha = 1): void {
  for (let row = 0; row < mask.height; row += 1) {
    const y = mask.top + row;
    if (y < 0 || y >= layer.height) continue;
    for (let column = 0; column < mask.width; column += 1) {
      const x = mask.left + column;
      const a = (mask.data[row * mask.width + column] as number) * alpha;
      if (a <= 0.002 || x < 0 || x >= layer.width) continue;
      const at = (y * layer.width + x) * 4;
      for (let c = 0; c < 3; c += 1) {
        const k = 1 + ((colour[c] as number) - 1) * a;
        layer.data[at + c] = (layer.data[at + c] as number) * k;
      }
    }
  }
}

/** One hair: a polyline of soft dots with a colour for each vertex; width in pixels at both ends. */
export function paintStrand(
  layer: Layer,
  line: readonly Point[],
  colours: readonly Rgb[],
  widths: readonly [number, number],
  alpha: number,
  onlyInside = false,
): void {
  const count = line.length - 1;
  for (let i = 0; i < count; i += 1) {
    const a = line[i] as Point;
    const b = line[i + 1] as Point;
    const first = colours[Math.min(i, colours.length - 1)] as Rgb;
    const last = colours[Math.min(i + 1, colours.length - 1)] as Rgb;
    const radius = mix(widths[0], widths[1], i / count) / 2;
    strandSegment(layer, a[0], a[1], b[0], b[1], first, last, 1, radius, alpha, onlyInside);
  }
}

/** A straight piece of a hair: the hot loop of the painter, so it allocates nothing. */
export function strandSegment(
  layer: Layer,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  first: Rgb,
  last: Rgb,
  gain: number,
  radius: number,
  alpha: number,
  onlyInside: boolean,
): void {
  const { width, height, data } = layer;
  const dx = bx - ax;
  const dy = by - ay;
  const dots = Math.max(1, Math.ceil(Math.sqrt(dx * dx + dy * dy) / Math.max(0.8, radius)));
  const solid = Math.max(radius, 0.5) + 0.5;
  const strength = alpha * (radius < 0.5 ? radius * 2 : 1);
  for (let s = 0; s < dots; s += 1) {
    const t = s / dots;
    const cx = ax + dx * t - 0.5;
    const cy = ay + dy * t - 0.5;
    const x0 = Math.max(0, Math.ceil(cx - solid));
    const x1 = Math.min(width - 1, Math.floor(cx + solid));
    const y0 = Math.max(0, Math.ceil(cy - solid));
    const y1 = Math.min(height - 1, Math.floor(cy + solid));
    const r = (first[0] + (last[0] - first[0]) * t) * gain;
    const g = (first[1] + (last[1] - first[1]) * t) * gain;
    const b = (first[2] + (last[2] - first[2]) * t) * gain;
    for (let y = y0; y <= y1; y += 1) {
      for (let x = x0; x <= x1; x += 1) {
        const ex = x - cx;
        const ey = y - cy;
        let a = solid - Math.sqrt(ex * ex + ey * ey);
        if (a <= 0.01) continue;
        a = a > 1 ? strength : a * strength;
        const at = (y * width + x) * 4;
        if (onlyInside && (data[at + 3] as number) < 0.3) continue;
        const k = 1 - a;
        data[at] = (data[at] as number) * k + r * a;
        data[at + 1] = (data[at + 1] as number) * k + g * a;
        data[at + 2] = (data[at + 2] as number) * k + b * a;
        data[at + 3] = (data[at + 3] as number) * k + a;
      }
    }
  }
}

/** Smooth value noise, about -1..1, cell size 1. */
export function valueNoise(x: number, y: number, seed: number): number {
  const xi = Math.floor(x);
  const yi = Math.floor(y);
  const fx = x - xi;
  const fy = y - yi;
  const sx = fx * fx * (3 - 2 * fx);
  const sy = fy * fy * (3 - 2 * fy);
  return mix(
    mix(lattice(xi, yi, seed), lattice(xi + 1, yi, seed), sx),
    mix(lattice(xi, yi + 1, seed), lattice(xi + 1, yi + 1, seed), sx),
    sy,
  );
}

function lattice(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed | 0, 2147483647);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 2147483648 - 1;
}
