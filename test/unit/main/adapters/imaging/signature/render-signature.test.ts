// The three views of a signature sample: same size, and each shows what it promises.
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../../../../../../src/main/adapters/imaging/decode.ts';
import type { Raster } from '../../../../../../src/main/adapters/imaging/raster.ts';
import {
  renderSignature,
  type SignatureRendering,
} from '../../../../../../src/main/adapters/imaging/signature/render-signature.ts';
import { drawSignature } from '../../../../../../stand/people/signature-sample.ts';
import { photographed, resized } from '../../../../../report/raster-tools.ts';

const png = async ({ width, height, data }: Raster): Promise<Uint8Array> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
const view = async (bytes: Uint8Array, rendering: SignatureRendering): Promise<Raster> =>
  (await decodePicture(await renderSignature(bytes, rendering))).raster;
const share = ({ data }: Raster, test: (value: number) => boolean): number => {
  let count = 0;
  for (let at = 1; at < data.length; at += 3) if (test(data[at] ?? 0)) count++;
  return (count * 3) / data.length;
};

let sample: Raster;
let bytes: Uint8Array;
beforeAll(async () => {
  sample = photographed(drawSignature({ hand: 'ada', sample: 'new', defect: null }), 'view');
  bytes = await png(sample);
});

describe('views of a signature sample', () => {
  it('clean: the paper is white, the ink keeps its colour', async () => {
    const clean = await view(bytes, 'signature-clean');
    expect(share(sample, (v) => v === 255)).toBeLessThan(0.2);
    expect(share(clean, (v) => v === 255)).toBeGreaterThan(0.9);
    let darkest = 0;
    for (let at = 0; at < sample.data.length; at += 3)
      if ((sample.data[at + 1] ?? 255) < (sample.data[darkest + 1] ?? 255)) darkest = at;
    expect([...clean.data.subarray(darkest, darkest + 3)]).toEqual([
      ...sample.data.subarray(darkest, darkest + 3),
    ]);
  });

  it('ink: only black strokes on white, ruled lines left out', async () => {
    const ruled: Raster = { ...sample, data: new Uint8Array(sample.data) };
    for (const y of [30, 210])
      ruled.data.fill(70, y * sample.width * 3, (y + 2) * sample.width * 3);
    const ink = await view(await png(ruled), 'signature-ink');
    const row = ink.data.subarray(30 * ink.width * 3, 30 * ink.width * 3 + 90);
    expect(Math.min(...row)).toBe(255);
    const dark = share(ink, (v) => v < 60);
    expect(dark).toBeGreaterThan(0.008);
    expect(dark).toBeLessThan(0.06);
  });

  it('paper: the strokes are gone, a faint pattern is plain to see', async () => {
    const written = drawSignature({ hand: 'ada', sample: 'new', defect: null });
    const paper = await view(await png(written), 'signature-paper');
    expect([paper.width, paper.height]).toEqual([written.width, written.height]);
    // Stretched about tenfold, the places of the strokes are still no further from their paper than a step or two.
    let furthest = 0;
    for (let at = 60; at < written.data.length; at += 3)
      if ((written.data[at] ?? 255) < 120)
        furthest = Math.max(furthest, Math.abs((paper.data[at] ?? 0) - (paper.data[at - 60] ?? 0)));
    expect(furthest).toBeLessThan(40);
    const faint: Raster = { ...sample, data: new Uint8Array(sample.data.length) };
    for (let i = 0; i < faint.data.length; i++) {
      const column = Math.floor(i / 3) % sample.width;
      faint.data[i] = column < sample.width / 2 ? 240 : 246; // a piece glued on
    }
    const glued = await view(await png(faint), 'signature-paper');
    const step = (glued.data[glued.width * 3 - 3] ?? 0) - (glued.data[0] ?? 0);
    expect(step).toBeGreaterThan(50);
  });

  it('keeps the pixel size, also of pictures larger than the working copy, one pixel and thin ones', async () => {
    const large = resized(sample, 3);
    const thin: Raster = { width: 4000, height: 2, data: new Uint8Array(24_000).fill(200) };
    const dot: Raster = { width: 1, height: 1, data: new Uint8Array([9, 9, 9]) };
    for (const raster of [large, thin, dot])
      for (const rendering of ['signature-clean', 'signature-ink', 'signature-paper'] as const) {
        const { width, height } = await view(await png(raster), rendering);
        expect([width, height]).toEqual([raster.width, raster.height]);
      }
  });
});
