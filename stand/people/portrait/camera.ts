// Turns and tilts the finished head: a small parallax by the relief instead of a second, three-dimensional painter.
import { coarseBlur, createLayer } from './paint.ts';
import type { Layer } from './paint.ts';
import type { FaceFrame, Relief } from './head-shape.ts';
import type { Sitting } from './face-traits.ts';

/** Depth of the head by pixel in inter-pupil units, smoothed and carried on beyond the outline. */
export function depthOf(relief: Relief): Float32Array {
  const { width, height, scale } = relief.frame;
  return coarseBlur(relief.plane, width, height, 0.11 * scale, 4);
}

/** True when nothing is turned enough to be seen. */
export function isStill({ roll, yaw, pitch }: Sitting): boolean {
  return Math.abs(roll) + Math.abs(yaw) + Math.abs(pitch) < 0.6;
}

/** A layer as it looks when the head is rolled about the neck, then turned (yaw) and nodded (pitch); degrees. */
export function turnHead(
  layer: Layer,
  depth: Float32Array,
  frame: FaceFrame,
  sitting: Sitting,
  share = 1,
): Layer {
  const { roll, yaw, pitch } = sitting;
  if (isStill(sitting)) return layer;
  const { width, height } = layer;
  const out = createLayer(width, height);
  const a = (-roll * share * Math.PI) / 180;
  const [cos, sin] = [Math.cos(a), Math.sin(a)];
  const sinYaw = Math.sin((yaw * share * Math.PI) / 180);
  const cosYaw = Math.cos((yaw * share * Math.PI) / 180);
  const sinPitch = Math.sin((pitch * share * Math.PI) / 180);
  const px = frame.ox;
  const py = frame.oy + 1.9 * frame.scale;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dx = x - px;
      const dy = y - py;
      const rx = px + dx * cos - dy * sin;
      const ry = py + dx * sin + dy * cos;
      let sx = frame.ox + (rx - frame.ox) / cosYaw;
      let sy = ry;
      for (let n = 0; n < 3; n += 1) {
        const z = depthAt(depth, width, height, sx, sy) * frame.scale;
        sx = frame.ox + (rx - frame.ox - z * sinYaw) / cosYaw;
        sy = ry - z * sinPitch;
      }
      sample(layer, sx, sy, out.data, (y * width + x) * 4);
    }
  }
  return out;
}

function depthAt(depth: Float32Array, width: number, height: number, x: number, y: number): number {
  const xi = Math.round(x);
  const yi = Math.round(y);
  if (xi < 0 || yi < 0 || xi >= width || yi >= height) return 0;
  return depth[yi * width + xi] as number;
}

function sample(layer: Layer, x: number, y: number, out: Float32Array, to: number): void {
  const { width, height, data } = layer;
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) {
    if (x0 < -1 || x0 > width || y0 < -1 || y0 > height) return;
  }
  const xa = Math.min(width - 1, Math.max(0, x0));
  const xb = Math.min(width - 1, Math.max(0, x0 + 1));
  const ya = Math.min(height - 1, Math.max(0, y0));
  const yb = Math.min(height - 1, Math.max(0, y0 + 1));
  const fx = x - x0;
  const fy = y - y0;
  for (let c = 0; c < 4; c += 1) {
    const top =
      (data[(ya * width + xa) * 4 + c] as number) * (1 - fx) +
      (data[(ya * width + xb) * 4 + c] as number) * fx;
    const low =
      (data[(yb * width + xa) * 4 + c] as number) * (1 - fx) +
      (data[(yb * width + xb) * 4 + c] as number) * fx;
    out[to + c] = top * (1 - fy) + low * fy;
  }
}
