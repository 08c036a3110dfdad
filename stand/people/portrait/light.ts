// Studio light on a surface: a key lamp, a fill, the room, and the soft red edge light makes in skin.
import { clamp } from './paint.ts';
import type { Rgb } from './paint.ts';
import type { Light } from './face-traits.ts';

export interface Lighting {
  readonly key: readonly [number, number, number];
  readonly keyColour: Rgb;
  readonly fill: readonly [number, number, number];
  readonly fillColour: Rgb;
  readonly room: Rgb;
  readonly exposure: number;
  /** Where the key falls, as a shift of cast shadows in inter-pupil units. */
  readonly cast: readonly [number, number];
}

function unit(x: number, y: number, z: number): [number, number, number] {
  const n = Math.hypot(x, y, z);
  return [x / n, y / n, z / n];
}

function studio(side: number, key: number, fill: number, room: number, exposure = 1): Lighting {
  return {
    key: unit(side, -0.55, 0.78),
    keyColour: [key, key * 0.965, key * 0.91],
    fill: unit(-side * 1.4, -0.1, 0.8),
    fillColour: [fill * 0.93, fill * 0.97, fill],
    room: [room, room, room * 1.03],
    exposure,
    cast: [-side * 0.16, 0.16],
  };
}

/** y points down, z to the viewer; left and right are the viewer's. */
export const LIGHTING: Record<Light, Lighting> = {
  'soft-left': studio(-0.42, 0.7, 0.25, 0.34),
  'soft-right': studio(0.4, 0.7, 0.27, 0.35),
  flat: studio(-0.08, 0.62, 0.3, 0.4),
  lamp: {
    ...studio(0.55, 0.82, 0.12, 0.34, 0.92),
    keyColour: [0.86, 0.74, 0.57],
    room: [0.36, 0.34, 0.31],
  },
  side: { ...studio(-1.5, 1.05, 0.0, 0.075, 1.0), key: unit(-1, -0.22, 0.12) },
  over: studio(-0.3, 0.9, 0.4, 0.5, 2.5),
  under: studio(-0.42, 0.7, 0.22, 0.28, 0.16),
};

/**
 * Light arriving at a surface with normal (nx, ny, nz), written to out.
 * wrap: how far each channel's light creeps round the edge (skin: red most); open: 0..1, how much of the room it sees.
 */
export function irradiance(
  light: Lighting,
  nx: number,
  ny: number,
  nz: number,
  wrap: Rgb,
  open: number,
  out: [number, number, number],
): void {
  const k = nx * light.key[0] + ny * light.key[1] + nz * light.key[2];
  const f = nx * light.fill[0] + ny * light.fill[1] + nz * light.fill[2];
  const sky = 0.72 - 0.28 * ny;
  for (let c = 0; c < 3; c += 1) {
    const w = wrap[c] as number;
    const key = clamp((k + w) / (1 + w), 0, 1);
    const fill = clamp((f + w) / (1 + w), 0, 1);
    out[c] =
      light.exposure *
      ((light.keyColour[c] as number) * key * (0.35 + 0.65 * open) +
        (light.fillColour[c] as number) * fill * open +
        (light.room[c] as number) * sky * open);
  }
}

/** Gloss of the key lamp on skin: a broad sheen and a narrow oily one (Blinn's half-vector, powers 14 and 46). */
export function gloss(light: Lighting, nx: number, ny: number, nz: number, oil: number): number {
  const hx = light.key[0];
  const hy = light.key[1];
  const hz = light.key[2] + 1;
  const d = (nx * hx + ny * hy + nz * hz) / Math.sqrt(hx * hx + hy * hy + hz * hz);
  if (d <= 0.5) return 0;
  const d2 = d * d;
  const d4 = d2 * d2;
  const d8 = d4 * d4;
  const d14 = d8 * d4 * d2;
  const d46 = d14 * d8 * d8 * d8 * d8;
  return light.exposure * (light.keyColour[0] as number) * (d14 * 0.05 + d46 * 0.055 * oil);
}
