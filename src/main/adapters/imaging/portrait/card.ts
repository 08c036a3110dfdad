// Cuts the card portrait out of a photo: 413 × 531 px at 300 dpi, reduced only, nothing retouched or sharpened.
import { CARD, type CardFrame } from '../../../../shared/kernel/card-frame.ts';
import { decodePicture, release } from '../decode.ts';
import { lanczos } from '../lanczos.ts';
import { writePng } from '../png.ts';

const DPI = 300;

/**
 * PNG of what the frame shows; smaller than 413 × 531 where the photo has fewer pixels, since it is never enlarged.
 * `frame` in fractions of the photo as shown; what lies beyond the photo's edge is left out. Throws UnreadablePicture.
 */
export async function cutCard(bytes: Uint8Array, frame: CardFrame): Promise<Uint8Array> {
  const { raster } = await decodePicture(bytes);
  const x = within(frame.x, 0, 1) * raster.width;
  const y = within(frame.y, 0, 1) * raster.height;
  const cut = {
    x,
    y,
    width: Math.max(1, within(frame.x + frame.w, 0, 1) * raster.width - x),
    height: Math.max(1, within(frame.y + frame.h, 0, 1) * raster.height - y),
  };
  const smaller = Math.min(1, cut.width / CARD.widthPx, cut.height / CARD.heightPx);
  const width = Math.max(1, Math.round(CARD.widthPx * smaller));
  const height = Math.max(1, Math.round(CARD.heightPx * smaller));
  const card = lanczos(raster, cut, width, height);
  release(raster);
  return writePng(card, DPI);
}

const within = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
