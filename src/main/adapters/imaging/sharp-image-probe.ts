// Decides whether picture bytes may be shown: header limits first, then one whole decode under limits.
import type { ImageProbe, PictureProblem, PictureVerdict } from '../../ports/image-probe.ts';
import { sniffPicture } from './picture-format.ts';

const MOST_BYTES = 20_000_000;
/** 20 megapixels: above any phone's portrait cropped to 35×45, below what hurts a decoder. */
const MOST_PIXELS = 20_000_000;
const DECODE_SECONDS = 8;

/** A few bytes after the end mark are common with old scanners and carry nothing. */
const TRAILING_ALLOWED = 16;

export function sharpImageProbe(): ImageProbe {
  return {
    async probe(bytes, expectedMime): Promise<PictureVerdict> {
      const sniffed = sniffPicture(bytes);
      if (sniffed === null) return bad('not-an-image');
      const { width, height } = sniffed;
      const problem = headerProblem(bytes, expectedMime, sniffed);
      if (problem !== null) return bad(problem, width, height);
      return decodes(bytes, sniffed.mime);
    },
  };
}

const bad = (
  problem: PictureProblem,
  width: number | null = null,
  height: number | null = null,
): PictureVerdict => ({ ok: false, problem, width, height });

function headerProblem(
  bytes: Uint8Array,
  expectedMime: string,
  { mime, end, animated, width, height }: NonNullable<ReturnType<typeof sniffPicture>>,
): PictureProblem | null {
  if (mime !== expectedMime) return 'type-mismatch';
  if (bytes.length > MOST_BYTES || width * height > MOST_PIXELS) return 'too-large';
  if (animated) return 'animated';
  if (end === null || end > bytes.length) return 'truncated';
  return bytes.length - end > TRAILING_ALLOWED ? 'trailing-data' : null;
}

/** One decode of every pixel; sharp is loaded with the first picture, not at start. */
async function decodes(bytes: Uint8Array, mime: string): Promise<PictureVerdict> {
  const { default: sharp } = await import('sharp');
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'truncated' });
    const { info } = await picture
      .timeout({ seconds: DECODE_SECONDS })
      .resize({ width: 32, fastShrinkOnLoad: false })
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.size === 0) return bad('unreadable');
    const { autoOrient } = await sharp(bytes).metadata(); // as shown: EXIF orientation applied
    return { ok: true, mime, width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return bad(
      /truncat|premature|end of (file|data)|eoi/i.test(message) ? 'truncated' : 'unreadable',
    );
  }
}
