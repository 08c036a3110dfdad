// Reducing, sampling and cutting pixels: means stay means, points go where they belong.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../../../../src/main/adapters/imaging/decode.ts';
import { writePng } from '../../../../../../src/main/adapters/imaging/png.ts';
import {
  fromSource,
  gridAt,
  levelsOf,
  reduced,
  sample,
  toSource,
} from '../../../../../../src/main/adapters/imaging/raster.ts';
import type { Raster } from '../../../../../../src/main/adapters/imaging/raster.ts';

/** Red rises to the right, green downwards. */
function slope(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set([(x / width) * 255, (y / height) * 255, 77], (y * width + x) * 3);
  return { data, width, height };
}

describe('raster', () => {
  it.each([2, 3, 5])('reduces by %d to the mean of each square', (factor) => {
    const source = slope(60, 30);
    const small = reduced(source, factor);
    expect([small.width, small.height]).toEqual([60 / factor, 30 / factor]);
    let sum = 0;
    for (let y = 0; y < factor; y++)
      for (let x = 0; x < factor; x++) sum += source.data[(y * 60 + factor + x) * 3]!;
    expect(Math.abs(small.data[3]! - sum / factor ** 2)).toBeLessThanOrEqual(1);
  });

  it('samples the place it is asked for, at any size and turn', () => {
    const levels = levelsOf(slope(800, 800));
    for (const step of [0.5, 1, 1.7, 4, 9])
      for (const angle of [0, 0.4, -1.2]) {
        const grid = gridAt(390, 410, step, angle, 10, 10);
        const rgb = sample(levels, grid, { width: 20, height: 20 });
        for (const [x, y] of [
          [3, 5],
          [15, 8],
          [10, 10],
        ] as const) {
          const [sx, sy] = toSource(grid, x + 0.5, y + 0.5);
          const at = (y * 20 + x) * 3;
          expect(Math.abs(rgb[at]! - (sx / 800) * 255)).toBeLessThan(1.6);
          expect(Math.abs(rgb[at + 1]! - (sy / 800) * 255)).toBeLessThan(1.6);
          const back = fromSource(grid, sx, sy);
          expect(back[0]).toBeCloseTo(x + 0.5, 6);
          expect(back[1]).toBeCloseTo(y + 0.5, 6);
        }
      }
  });

  it.each([1, 6])('a part is cut out of the upright picture and reduced; flag %d', async (flag) => {
    const source = slope(900, 900);
    const upright = sharp(source.data, { raw: { width: 900, height: 900, channels: 3 } });
    // Flag 6: the camera lay on its side, viewers turn the picture by 90° to the right.
    const bytes = await upright
      .rotate(flag === 6 ? 270 : 0)
      .withMetadata({ orientation: flag })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const to = { width: 100, height: 125 };
    const { raster } = await decodePicture(bytes, (width, height) => {
      expect([width, height]).toEqual([900, 900]);
      return { left: 100, top: 200, width: 400, height: 500, to };
    });
    expect(raster).toMatchObject(to);
    for (const [x, y] of [
      [1, 1],
      [50, 60],
      [98, 123],
    ] as const) {
      const [red, green, blue] = raster.data.subarray((y * 100 + x) * 3);
      expect(Math.abs(red! - ((100 + (x + 0.5) * 4) / 900) * 255)).toBeLessThan(2.5);
      expect(Math.abs(green! - ((200 + (y + 0.5) * 4) / 900) * 255)).toBeLessThan(2.5);
      expect(Math.abs(blue! - 77)).toBeLessThan(2.5);
    }
  });

  it.each([1, 4] as const)('a part of a picture of %d channels has three', async (channels) => {
    const grey = { create: { width: 60, height: 60, channels: 3 as const, background: '#808080' } };
    const one = channels === 1 ? sharp(grey).toColourspace('b-w') : sharp(grey).ensureAlpha(0);
    const { raster } = await decodePicture(await one.png().toBuffer(), () => ({
      ...{ left: 10, top: 10, width: 40, height: 40 },
      to: { width: 20, height: 20 },
    }));
    expect(raster.data).toHaveLength(20 * 20 * 3);
    expect(new Set(raster.data)).toEqual(new Set([channels === 1 ? 128 : 255])); // nothing on white
  });

  it('writes a PNG that reads back bit for bit, with its density', async () => {
    const source = slope(31, 17);
    const png = writePng(source, 300);
    const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect(Buffer.compare(data, Buffer.from(source.data))).toBe(0);
    expect((await sharp(png).metadata()).density).toBe(300);
  });
});
