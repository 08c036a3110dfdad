// Puts a portrait together: backdrop, body, head, hair and what is worn, then the camera; gives raw sRGB.
import { clamp, createLayer } from './paint.ts';
import type { Layer } from './paint.ts';
import { createRandom } from '../random.ts';
import { sculpt } from './head-shape.ts';
import type { FaceFrame } from './head-shape.ts';
import { LIGHTING } from './light.ts';
import { paintEars, paintFace, paintNeck, paintNose } from './skin.ts';
import { paintBrows, paintEyes } from './eyes.ts';
import { paintBeard, paintMouth } from './mouth.ts';
import { hairColour, paintBackHair, paintHair } from './hair.ts';
import { paintClothes } from './clothes.ts';
import { paintBackdrop } from './backdrop.ts';
import { depthOf, isStill, turnHead } from './camera.ts';
import { paintGlasses } from './glasses.ts';
import { paintHeadgear, paintScarfLining } from './headgear.ts';
import type { FaceTraits, Sitting } from './face-traits.ts';

/** 8-bit sRGB, three channels, rows top down. */
export interface RawPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Head 34 mm of 45, eye line at 0.46 from the top (photo norms of the order's practice). */
export function faceFrame(width: number, height: number, sitting: Sitting): FaceFrame {
  const scale = ((height * 34) / 45 / 3.68) * sitting.zoom;
  return {
    width,
    height,
    scale,
    ox: width * (0.5 + sitting.shift[0]),
    oy: height * (0.475 + sitting.shift[1]),
  };
}

/** Paints one sitting of a face at a size. */
export function paintPortrait(
  face: FaceTraits,
  sitting: Sitting,
  width: number,
  height: number,
): RawPicture {
  const frame = faceFrame(width, height, sitting);
  const light = LIGHTING[sitting.light];
  const wall = createLayer(width, height);
  const back = createLayer(width, height);
  const body = createLayer(width, height);
  const head = createLayer(width, height);
  paintBackdrop(
    wall,
    frame,
    sitting,
    sitting.clothesSeed,
    light.exposure * BACKDROP_LIGHT[sitting.light],
  );
  paintBackHair(back, frame, face, sitting, light);
  paintScarfLining(back, frame, face, sitting, light);
  paintNeck(body, frame, face, sitting, light);
  paintClothes(body, frame, face, sitting, light);
  const relief = sculpt(face, sitting, frame);
  paintEars(head, frame, face, light, sitting);
  paintFace(head, relief, face, sitting, light);
  paintNose(head, frame, face, light);
  paintEyes(head, frame, face, sitting, light);
  paintMouth(head, frame, face, sitting, light);
  const hair = hairColour(face, sitting.age);
  paintBrows(head, frame, face, hair, sitting);
  paintBeard(head, frame, face, hair, sitting);
  if (sitting.headgear !== 'scarf') paintHair(head, frame, face, sitting, light);
  paintGlasses(head, frame, face, sitting, light);
  paintHeadgear(head, frame, face, sitting, light);
  const depth = isStill(sitting) ? relief.plane : depthOf(relief);
  const behind = turnHead(back, depth, frame, sitting);
  const front = turnHead(head, depth, frame, sitting);
  return develop([wall, behind, body, front], width, height, sitting.clothesSeed);
}

/** A wall lit less than the face in a side light, more in an overexposed one. */
const BACKDROP_LIGHT: Readonly<Record<Sitting['light'], number>> = {
  'soft-left': 1,
  'soft-right': 1,
  flat: 1,
  lamp: 0.86,
  side: 0.62,
  over: 0.62,
  under: 1.4,
};

function develop(
  layers: readonly Layer[],
  width: number,
  height: number,
  seed: string,
): RawPicture {
  const data = new Uint8Array(width * height * 3);
  const random = createRandom(`grain/${seed}`);
  for (let i = 0; i < width * height; i += 1) {
    let [r, g, b] = [0, 0, 0];
    for (const layer of layers) {
      const a = layer.data[i * 4 + 3] as number;
      if (a === 0) continue;
      r = r * (1 - a) + (layer.data[i * 4] as number);
      g = g * (1 - a) + (layer.data[i * 4 + 1] as number);
      b = b * (1 - a) + (layer.data[i * 4 + 2] as number);
    }
    const grain = (random.next() + random.next() - 1) * 2.2;
    data[i * 3] = encode(r, grain);
    data[i * 3 + 1] = encode(g, grain);
    data[i * 3 + 2] = encode(b, grain);
  }
  return { width, height, data };
}

/** Linear light 0…2 to sRGB bytes, with a soft shoulder instead of a hard clip. */
const TONE = Float32Array.from({ length: 8192 }, (_, i) => {
  const value = i / 4096;
  const v = value > 0.8 ? 0.8 + 0.2 * (1 - Math.exp(-(value - 0.8) / 0.2)) : value;
  return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
});

function encode(value: number, grain: number): number {
  const x = value * 4096;
  const i = x >= 8190 ? 8190 : x > 0 ? Math.floor(x) : 0;
  const low = TONE[i] as number;
  return clamp(low + ((TONE[i + 1] as number) - low) * (x - i) + grain, 0, 255);
}
