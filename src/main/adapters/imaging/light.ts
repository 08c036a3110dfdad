// Light and colour of pixels: linear light (not gamma grey), and CIE L*a*b* under D50 as ISO/IEC 29794-5 wants.

/** sRGB value 0…255 to linear 0…1 (IEC 61966-2-1). */
export const LINEAR = Float32Array.from({ length: 256 }, (_, i) => {
  const v = i / 255;
  return v > 0.04045 ? ((v + 0.055) / 1.055) ** 2.4 : v / 12.92;
});

const RED = LINEAR.map((v) => v * 0.2126 * 255);
const GREEN = LINEAR.map((v) => v * 0.7152 * 255);
const BLUE = LINEAR.map((v) => v * 0.0722 * 255);

const byte = (v: number): number => (v <= 0 ? 0 : v >= 255 ? 255 : (v + 0.5) | 0);

/** Linear light 0…255 of RGB values 0…255 (floats, whole after rounding). */
export const lightOf = (red: number, green: number, blue: number): number =>
  (RED[byte(red)]! + GREEN[byte(green)]! + BLUE[byte(blue)]! + 0.5) | 0;

/** Linear light of each pixel of RGB floats. */
export function lightsOf(rgb: Float32Array): Uint8Array {
  const lights = new Uint8Array(rgb.length / 3);
  for (let i = 0, at = 0; i < lights.length; i++, at += 3)
    lights[i] = lightOf(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!);
  return lights;
}

/** The a* and b* of an RGB colour 0…255, D50 (as OFIQ computes NaturalColour). */
export function labOf(red: number, green: number, blue: number): { a: number; b: number } {
  const [r, g, b] = [LINEAR[byte(red)]!, LINEAR[byte(green)]!, LINEAR[byte(blue)]!];
  const x = bend((r * 0.43605 + g * 0.38508 + b * 0.14309) / 0.964221);
  const y = bend(r * 0.22249 + g * 0.71689 + b * 0.06062);
  const z = bend((r * 0.01393 + g * 0.0971 + b * 0.71419) / 0.825211);
  return { a: 500 * (x - y), b: 200 * (y - z) };
}

const bend = (t: number): number =>
  t <= 216 / 24389 ? ((24389 / 27) * t + 16) / 116 : Math.cbrt(t);
