// Pictures made from a signature sample for looking at: on clean paper, strokes alone, paper alone. Never kept.
import { decodePicture } from '../decode.ts';
import type { Raster } from '../raster.ts';
import { analyseInk } from './analyse.ts';
import type { InkAnalysis } from './analyse.ts';
import { paperRow } from './flatten.ts';
import { filledIn } from './fill-in.ts';

export type SignatureRendering = 'signature-clean' | 'signature-ink' | 'signature-paper';

/**
 * PNG of the source's own pixel size. `clean`: paper made white, ink as it is; `ink`: strokes alone, black on
 * white, ruled lines and specks left out; `paper`: strokes filled in from around and contrast stretched, to
 * see lines, moiré, glued pieces. Throws UnreadablePicture.
 */
export async function renderSignature(
  bytes: Uint8Array,
  rendering: SignatureRendering,
): Promise<Uint8Array> {
  const { raster: source } = await decodePicture(bytes);
  const ink = analyseInk(source);
  if (rendering === 'signature-ink') return png(source, strokesAlone(source, ink), 1);
  if (rendering === 'signature-clean') return png(source, onWhite(source, ink), 3);
  return png(source, paperAlone(source, ink), 3);
}

const png = async (
  { width, height }: Raster,
  data: Uint8Array,
  channels: 1 | 3,
): Promise<Uint8Array> => {
  const { default: sharp } = await import('sharp'); // with the first picture, not at start
  return sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 3 }).toBuffer();
};

/** Calls back with each source pixel's flattened light; 255 is paper. */
function eachFlat(
  source: Raster,
  ink: InkAnalysis,
  visit: (at: number, flat: number, x: number, y: number) => void,
): void {
  const { width, height, data } = source;
  const paper = new Float32Array(width);
  for (let y = 0, at = 0; y < height; y++) {
    paperRow(ink.grid, y, ink.scale, paper);
    for (let x = 0; x < width; x++, at++) {
      const p = at * 3;
      const light =
        0.299 * (data[p] as number) +
        0.587 * (data[p + 1] as number) +
        0.114 * (data[p + 2] as number);
      visit(at, Math.min(255, (255 * light) / (paper[x] as number)), x, y);
    }
  }
}

/** How much of a pixel is ink, 0…1: a soft step around the threshold keeps the stroke's smooth edge. */
function inkiness(ink: InkAnalysis): (flat: number) => number {
  const { ink: at, paper } = ink.threshold;
  const soft = Math.max(4, (paper - at) * 0.6);
  return (flat) => Math.min(1, Math.max(0, (at + soft - flat) / soft));
}

function onWhite(source: Raster, ink: InkAnalysis): Uint8Array {
  const out = new Uint8Array(source.data.length);
  const share = inkiness(ink);
  eachFlat(source, ink, (at, flat) => {
    const opaque = share(flat);
    for (let c = at * 3, end = c + 3; c < end; c++)
      out[c] = 255 + ((source.data[c] as number) - 255) * opaque;
  });
  return out;
}

function strokesAlone(source: Raster, ink: InkAnalysis): Uint8Array {
  const out = new Uint8Array(source.width * source.height);
  const share = inkiness(ink);
  const near = widened(ink.strokes.mask, ink.flat.width, ink.flat.height, 1);
  eachFlat(source, ink, (at, flat, x, y) => {
    out[at] = near[working(x, y, ink)] ? 255 - 255 * share(flat) : 255;
  });
  return out;
}

/** Index of the working pixel that a source pixel belongs to. */
function working(x: number, y: number, { scale, flat }: InkAnalysis): number {
  if (scale === 1) return y * flat.width + x;
  const wx = Math.min(flat.width - 1, Math.floor(x / scale));
  return Math.min(flat.height - 1, Math.floor(y / scale)) * flat.width + wx;
}

/** A mask grown by `by` pixels in all eight directions. */
function widened(mask: Uint8Array, width: number, height: number, by: number): Uint8Array {
  const across = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++)
    for (let x = 0, at = y * width; x < width; x++, at++)
      if (mask[at]) across.fill(1, at - Math.min(x, by), at + Math.min(width - x, by + 1));
  const out = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (across[y * width + x])
        for (let yy = Math.max(0, y - by); yy <= Math.min(height - 1, y + by); yy++)
          out[yy * width + x] = 1;
  return out;
}

/** Fewest levels that are stretched to the full range: grain must not become a picture of its own. */
const LEAST_RANGE = 24;

function paperAlone(source: Raster, ink: InkAnalysis): Uint8Array {
  const { width, height } = source;
  const rim = Math.max(3, Math.round(Math.max(ink.flat.width, ink.flat.height) / 140));
  const near = strokesAndFaintEnds(ink, rim);
  const hidden = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) hidden[y * width + x] = near[working(x, y, ink)] as number;
  const out = filledIn(source, hidden);
  const bins = new Int32Array(256);
  for (let at = 0; at < out.length; at += 3) {
    const level = out[at + 1] as number;
    bins[level] = (bins[level] as number) + 1;
  }
  const [low, high] = spanOf(bins, width * height);
  const gain = 255 / (high - low);
  for (let at = 0; at < out.length; at++)
    out[at] = Math.max(0, Math.min(255, ((out[at] as number) - low) * gain));
  return out;
}

/** Strokes with a rim, and what is a little darker than paper close to them: ends where the pen ran dry. */
function strokesAndFaintEnds({ strokes, flat, threshold }: InkAnalysis, rim: number): Uint8Array {
  const { width, height, data } = flat;
  const close = widened(strokes.mask, width, height, rim * 6);
  const faint = threshold.paper - Math.max(5, 2.5 * threshold.grain);
  const hidden = new Uint8Array(strokes.mask);
  for (let i = 0; i < hidden.length; i++)
    if (close[i] && (data[i] as number) < faint) hidden[i] = 1;
  return widened(hidden, width, height, rim);
}

/** Levels between which all but a hundredth at each end lie, at least LEAST_RANGE apart. */
function spanOf(bins: Int32Array, count: number): [number, number] {
  let low = 0;
  let high = 255;
  for (let left = count * 0.005; low < 255 && left >= (bins[low] as number); low++)
    left -= bins[low] as number;
  for (let left = count * 0.005; high > 0 && left >= (bins[high] as number); high--)
    left -= bins[high] as number;
  const middle = (low + high) / 2;
  const half = Math.max(LEAST_RANGE, high - low) / 2;
  return [middle - half, middle + half];
}
