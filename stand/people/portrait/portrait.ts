// Puts a portrait together: backdrop, body, head, hair and what is worn, then the camera; gives raw sRGB.
import { blurPlane, clamp, createLayer, multiplyMask, polygonMask } from './paint.ts';
import type { Layer } from './paint.ts';
import { createRandom } from '../random.ts';
import { faceOutline, sculpt, toPixels } from './head-shape.ts';
import type { FaceFrame } from './head-shape.ts';
import { LIGHTING } from './light.ts';
import { paintEars, paintFace, paintNeck } from './skin.ts';
import { paintBrows, paintEyes } from './eyes.ts';
import { paintBeard, paintMouth } from './mouth.ts';
import { hairColour, paintBackHair, paintHair } from './hair.ts';
import { paintClothes } from './clothes.ts';
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
  const body = createLayer(width, height);
  const head = createLayer(width, height);
  const back = createLayer(width, height);
  paintBackHair(back, frame, face, sitting, light);
  paintNeck(body, frame, face, sitting, light);
  paintClothes(body, frame, face, sitting, light);
  const relief = sculpt(face, sitting, frame);
  paintEars(head, frame, face, light, sitting);
  paintFace(head, relief, face, sitting, light);
  paintEyes(head, frame, face, sitting, light);
  paintMouth(head, frame, face, sitting, light);
  const hair = hairColour(face, sitting.age);
  paintBrows(head, frame, face, hair, sitting);
  paintBeard(head, frame, face, hair, sitting);
  paintHair(head, frame, face, sitting, light);
  return develop([back, body, head], width, height, light.exposure, face.seed);
}

function develop(
  layers: readonly Layer[],
  width: number,
  height: number,
  exposure: number,
  seed: string,
): RawPicture {
  const data = new Uint8Array(width * height * 3);
  const random = createRandom(`grain/${seed}`);
  for (let i = 0; i < width * height; i += 1) {
    let [r, g, b] = [0.62 * exposure, 0.64 * exposure, 0.66 * exposure];
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

function encode(value: number, grain: number): number {
  const v = value > 0.8 ? 0.8 + 0.2 * (1 - Math.exp(-(value - 0.8) / 0.2)) : value;
  const s = v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
  return clamp(s * 255 + grain, 0, 255);
}
void blurPlane;
void multiplyMask;
void polygonMask;
void faceOutline;
void toPixels;
