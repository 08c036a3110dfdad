// How much of the face is not skin: a mask, dark glasses, a hand, hair. Coarse: only colour is asked.
import { ALIGNED, maskOf, type AlignedFace } from './aligned-face.ts';
import * as where from './landmarks.ts';

/** Places that a mask or glasses leave free: forehead, bridge of the nose, temples. */
const SAMPLES = [151, 9, 108, 337, 69, 299, 6, 197, 195, 117, 346];
const RADIUS = 4;
/** One unit is this far in Cb or Cr; further than `FAR` units is not skin. */
const UNIT = 9;
const FAR = 1.5;
/** Darker than this share of the skin's luma is not lit skin. */
const DARK = 0.45;

/** Share 0…1 of the face's oval, less eyes, brows and lips, whose colour is not that of the free skin. */
export function coveredShare(face: AlignedFace): number {
  const { width, height } = ALIGNED;
  const { points, rgb } = face;
  const skin = skinColour(face);
  const mask = maskOf(where.outline(points, where.OVAL), width, height);
  for (const part of [where.RIGHT_EYE, where.LEFT_EYE, where.LIPS])
    takeOut(mask, maskOf(where.outline(points, part), width, height));
  let [covered, count] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] !== 1) continue;
    count++;
    const [y, cb, cr] = yccOf(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!);
    const away = Math.hypot(cb - skin[1], cr - skin[2]) / UNIT;
    if (away > FAR || y < skin[0] * DARK) covered++;
  }
  return count === 0 ? 1 : covered / count;
}

function takeOut(mask: Uint8Array, part: Uint8Array): void {
  for (let i = 0; i < mask.length; i++) if (part[i] === 1) mask[i] = 0;
}

type Ycc = readonly [y: number, cb: number, cr: number];

function skinColour({ points, rgb }: AlignedFace): Ycc {
  const samples: Ycc[] = [];
  for (const index of SAMPLES) {
    const [cx, cy] = where.pointAt(points, index);
    for (let dy = -RADIUS; dy <= RADIUS; dy += 2)
      for (let dx = -RADIUS; dx <= RADIUS; dx += 2) {
        const x = Math.max(0, Math.min(ALIGNED.width - 1, Math.round(cx + dx)));
        const y = Math.max(0, Math.min(ALIGNED.height - 1, Math.round(cy + dy)));
        const at = (y * ALIGNED.width + x) * 3;
        samples.push(yccOf(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!));
      }
  }
  const median = (k: 0 | 1 | 2): number =>
    samples.map((one) => one[k]).sort((a, b) => a - b)[samples.length >> 1]!;
  return [median(0), median(1), median(2)];
}

const yccOf = (r: number, g: number, b: number): Ycc => [
  0.299 * r + 0.587 * g + 0.114 * b,
  -0.169 * r - 0.331 * g + 0.5 * b,
  0.5 * r - 0.419 * g - 0.081 * b,
];
