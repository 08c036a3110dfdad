// Colour of the picture and of the skin: grey pictures and colour casts.
import { labOf } from '../light.ts';
import type { Raster } from '../raster.ts';

/** Where a* and b* of lit skin lie (ISO/IEC 29794-5, NaturalColour). */
const SKIN = { aMin: 5, aMax: 25, bMin: 5, bMax: 35 } as const;
const SAMPLES = 6000;

/** Mean chroma C*ab of the picture; under about 2 it is a grey picture. */
export function meanChroma({ data, width, height }: Raster): number {
  const count = width * height;
  const step = Math.max(1, Math.floor(count / SAMPLES));
  let [sum, seen] = [0, 0];
  for (let i = 0; i < count; i += step, seen++) {
    const { a, b } = labOf(data[i * 3]!, data[i * 3 + 1]!, data[i * 3 + 2]!);
    sum += Math.hypot(a, b);
  }
  return sum / seen;
}

/** Distance of a colour's a*b* from the range of skin; 0 = inside. */
export function skinCast(red: number, green: number, blue: number): number {
  const { a, b } = labOf(red, green, blue);
  return Math.hypot(
    Math.max(0, SKIN.aMin - a, a - SKIN.aMax),
    Math.max(0, SKIN.bMin - b, b - SKIN.bMax),
  );
}

/** OFIQ's native value: as `skinCast`, but 100 for colours on the green or blue side. */
export function naturalColour(red: number, green: number, blue: number): number {
  const { a, b } = labOf(red, green, blue);
  return a >= 0 && b >= 0 ? skinCast(red, green, blue) : 100;
}
