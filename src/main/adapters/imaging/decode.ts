// Decodes a picture once, under limits, to an upright sRGB raster of 8 bits: what every measure and rendering works on.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Metadata, Sharp } from 'sharp';
import type { Raster } from './raster.ts';

/** 20 megapixels: above any phone's portrait, below what hurts a decoder. */
export const MOST_PIXELS = 20_000_000;
export const MOST_BYTES = 20_000_000;
const DECODE_SECONDS = 8;

export interface DecodedPicture {
  /** Orientation flag applied, transparency laid on white, colours in sRGB. */
  readonly raster: Raster;
  /** What the header says, before orientation. */
  readonly header: Metadata;
}

/** Expected: the bytes are no picture we read, or beyond the limits. Everything else that is thrown is a bug. */
export class UnreadablePicture extends Error {}

/** A part in whole px of the upright picture, and the size it is reduced to. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly to: { readonly width: number; readonly height: number };
}
/** Chooses the part once the upright size is known. */
export type ChoosePart = (width: number, height: number) => Part;

/**
 * Decodes JPEG or PNG bytes, wholly or a part of them reduced by Lanczos. CMYK, 16 bit, grey, palette, transparency
 * and ICC profiles end in plain sRGB. Throws UnreadablePicture.
 */
export async function decodePicture(
  bytes: Uint8Array,
  choose?: ChoosePart,
): Promise<DecodedPicture> {
  if (bytes.length > MOST_BYTES) throw new UnreadablePicture('too many bytes');
  const open = await opener();
  try {
    const header = await open(bytes).metadata();
    if (header.format !== 'jpeg' && header.format !== 'png')
      throw new UnreadablePicture(`format ${header.format}`);
    try {
      return { header, raster: await pixels(open(bytes), header, choose) };
    } catch (error) {
      // An odd colour profile is no reason not to look at the picture: read it as if it had none.
      if (header.icc === undefined) throw error;
      return { header, raster: await pixels(open(bytes, true), header, choose) };
    }
  } catch (error) {
    if (error instanceof UnreadablePicture) throw error;
    throw new UnreadablePicture(error instanceof Error ? error.message : 'unreadable');
  }
}

/** sharp is loaded with the first picture and keeps nothing between pictures. */
async function opener(): Promise<(bytes: Uint8Array, ignoreIcc?: boolean) => Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  return (bytes, ignoreIcc = false) =>
    sharp(bytes, {
      limitInputPixels: MOST_PIXELS,
      failOn: 'truncated',
      sequentialRead: true,
      ignoreIcc,
    });
}

async function pixels(picture: Sharp, header: Metadata, choose?: ChoosePart): Promise<Raster> {
  let upright = picture.autoOrient();
  if (choose !== undefined) {
    const { to, ...part } = choose(header.autoOrient.width, header.autoOrient.height);
    // From the whole pixels: a decoder that shrinks on its own way is not as good as the filter.
    upright = upright.extract(part).resize(to.width, to.height, {
      fit: 'fill',
      kernel: 'lanczos3',
      fastShrinkOnLoad: false,
    });
  }
  if (header.hasAlpha) upright = upright.flatten({ background: '#ffffff' });
  const { data, info } = await upright
    .toColourspace('srgb')
    .timeout({ seconds: DECODE_SECONDS })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 3) return { data, width, height };
  if (channels === 1 || channels === 4)
    return { data: threeChannels(data, width * height, channels), width, height };
  throw new UnreadablePicture(`${channels} channels`);
}

function threeChannels(data: Uint8Array, count: number, channels: number): Uint8Array {
  const made = new Uint8Array(count * 3);
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let i = 0, from = 0, to = 0; i < count; i++, from += channels, to += 3) {
    made[to] = data[from]!;
    made[to + 1] = data[from + green]!;
    made[to + 2] = data[from + blue]!;
  }
  return made;
}

/** Pictures above this size are not left to the collector's own time. */
const LARGE = 12_000_000;
let collect: (() => void) | null = null;

/**
 * Gives a large raster's memory back soon; the caller must hold it no more. sharp hands out a view of its own
 * (WebAssembly) memory, which is free for the next picture only once the view is collected: without this
 * a few photos of 36 MB stretch that memory for good.
 */
export function release({ data }: Raster): void {
  if (data.byteLength < LARGE) return;
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  // Twice: what the first round finds is handed back between the two.
  const again = collect;
  setImmediate(() => {
    again();
    setImmediate(again);
  });
}
