// Cuts the card portrait out of a photo: 413 × 531 px at 300 dpi, reduced only, nothing retouched or sharpened.
import { CARD, type CardFrame } from '../../../../shared/kernel/card-frame.ts';
import { decodePicture, type Part } from '../decode.ts';
import { writePng } from '../png.ts';

const DPI = 300;

/**
 * PNG of what the frame shows; smaller than 413 × 531 where the photo has fewer pixels, since it is never enlarged.
 * `frame` in fractions of the photo as shown; what lies beyond the photo's edge is left out. Throws UnreadablePicture.
 */
export async function cutCard(bytes: Uint8Array, frame: CardFrame): Promise<Uint8Array> {
  const { raster } = await decodePicture(bytes, (width, height) => partOf(frame, width, height));
  return writePng(raster, DPI);
}

/** The frame in whole px (half a pixel of the photo is a fifth of one on the card) and the size of the card. */
function partOf(frame: CardFrame, width: number, height: number): Part {
  const left = Math.min(width - 1, Math.round(within(frame.x, 0, 1) * width));
  const top = Math.min(height - 1, Math.round(within(frame.y, 0, 1) * height));
  const part = {
    left,
    top,
    width: Math.max(1, Math.round(within(frame.x + frame.w, 0, 1) * width) - left),
    height: Math.max(1, Math.round(within(frame.y + frame.h, 0, 1) * height) - top),
  };
  const smaller = Math.min(1, part.width / CARD.widthPx, part.height / CARD.heightPx);
  const to = {
    width: Math.max(1, Math.round(CARD.widthPx * smaller)),
    height: Math.max(1, Math.round(CARD.heightPx * smaller)),
  };
  return { ...part, to };
}

const within = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
