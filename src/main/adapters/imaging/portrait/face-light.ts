// Light on the face: too dark, too bright, its range, and one cheek against the other (ISO/IEC 29794-5, linear light).
import { ALIGNED, maskOf, type AlignedFace } from './aligned-face.ts';
import { POINT, OVAL, distance, middleOf, outline, pointAt, type Xy } from './landmarks.ts';
import { lightOf } from '../light.ts';

export interface FaceLight {
  /** Share of the face with light 0…25 (OFIQ's UnderExposurePrevention). */
  readonly dark: number;
  /** The same, but a well-lit background lowers the border: then a dark face is dark skin, not little light. */
  readonly under: number;
  /** Share of the face with light 247…255. */
  readonly over: number;
  /** Bit. */
  readonly entropy: number;
  /** Darker cheek by lighter cheek. */
  readonly evenness: number;
  /** Shared part of both cheeks' histograms, 0…1 (OFIQ's IlluminationUniformity). */
  readonly overlap: number;
  /** Mean colour of both cheeks, RGB 0…255. */
  readonly cheeks: readonly [number, number, number];
}

const DARK = 25;
const BRIGHT = 247;
/** From this mean linear light of the background on, the border for "dark" falls; at most by half. */
const WELL_LIT = 0.4;

/** `background`: its mean linear light 0…1; null where none is seen. */
export function faceLight(face: AlignedFace, background: number | null): FaceLight {
  const border = DARK * Math.max(0.5, Math.min(1, WELL_LIT / (background ?? WELL_LIT)));
  const { width, height } = ALIGNED;
  const mask = maskOf(outline(face.points, OVAL), width, height);
  const bins = new Float64Array(256);
  let count = 0;
  for (let i = 0; i < mask.length; i++)
    if (mask[i] === 1) {
      bins[face.light[i]!]!++;
      count++;
    }
  const total = Math.max(1, count);
  let [dark, under, over, entropy] = [0, 0, 0, 0];
  for (let light = 0; light < 256; light++) {
    const share = bins[light]! / total;
    if (share > 0) entropy -= share * Math.log2(share);
    if (light <= DARK) dark += share;
    if (light <= border) under += share;
    if (light >= BRIGHT) over += share;
  }
  return { dark, under, over, entropy, ...cheekLight(face) };
}

/** Two squares of 0.3 of the inter-eye distance, outwards of the pupils, half way down to the mouth. */
function cheekLight(face: AlignedFace): Pick<FaceLight, 'evenness' | 'overlap' | 'cheeks'> {
  const { rightPupil, leftPupil, points } = face;
  const mouth = middleOf(pointAt(points, POINT.mouthRight), pointAt(points, POINT.mouthLeft));
  const down = distance(middleOf(rightPupil, leftPupil), mouth) / 2;
  const side = Math.floor(ALIGNED.betweenEyes * 0.3);
  const right = zone(face, [rightPupil[0] - side, rightPupil[1] + down], side);
  const left = zone(face, [leftPupil[0], leftPupil[1] + down], side);
  const [one, other] = [lightOf(...right.mean), lightOf(...left.mean)];
  let overlap = 0;
  for (let i = 0; i < 256; i++) overlap += Math.min(right.bins[i]!, left.bins[i]!);
  return {
    evenness: Math.min(one, other) / Math.max(one, other, 1),
    overlap,
    cheeks: [0, 1, 2].map((k) => (right.mean[k]! + left.mean[k]!) / 2) as [number, number, number],
  };
}

function zone(face: AlignedFace, [left, top]: Xy, side: number) {
  const bins = new Float64Array(256);
  const mean: [number, number, number] = [0, 0, 0];
  const share = 1 / (side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const column = Math.max(0, Math.min(ALIGNED.width - 1, Math.round(left + x)));
      const row = Math.max(0, Math.min(ALIGNED.height - 1, Math.round(top + y)));
      const i = row * ALIGNED.width + column;
      bins[face.light[i]!]! += share;
      for (let k = 0; k < 3; k++) mean[k]! += face.rgb[i * 3 + k]! * share;
    }
  return { bins, mean };
}
