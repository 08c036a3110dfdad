// Measures one raster as a file would be and judges it by limits.
import sharp from 'sharp';
import { measureSignature } from '../../src/main/adapters/imaging/signature/measure-signature.ts';
import type { Raster } from '../../src/main/adapters/imaging/raster.ts';
import { measureStateOf, type MeasureLimit } from '../../src/shared/central/measures.ts';

export interface Judged {
  /** Measures that look or do not agree. */
  readonly flagged: readonly string[];
  readonly disagreed: readonly string[];
  readonly values: Readonly<Record<string, number | null>>;
  readonly milliseconds: number;
  readonly size: { readonly width: number; readonly height: number };
}

/** Saved as PNG, or as JPEG of quality 85, then measured; the time is that of measuring, decoding included. */
export async function judge(
  { width, height, data }: Raster,
  limits: readonly MeasureLimit[],
  jpeg = false,
): Promise<Judged> {
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  const bytes = await (
    jpeg ? picture.jpeg({ quality: 85 }) : picture.png({ compressionLevel: 3 })
  ).toBuffer();
  const start = performance.now();
  const { values } = await measureSignature(bytes);
  const milliseconds = performance.now() - start;
  const states = values.flatMap(({ measure, value }) => {
    const limit = limits.find((one) => one.measure === measure);
    return limit ? [{ measure, state: measureStateOf(value, limit) }] : [];
  });
  const of = (...wanted: string[]): string[] =>
    states.filter(({ state }) => wanted.includes(state)).map(({ measure }) => measure);
  return {
    flagged: of('look', 'disagrees'),
    disagreed: of('disagrees'),
    values: Object.fromEntries(values.map(({ measure, value }) => [measure, value])),
    milliseconds,
    size: { width, height },
  };
}
