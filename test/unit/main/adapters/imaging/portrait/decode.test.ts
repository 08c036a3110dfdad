// Any readable picture ends upright, in three sRGB channels of 8 bits; any other ends in UnreadablePicture.
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  UnreadablePicture,
  decodePicture,
} from '../../../../../../src/main/adapters/imaging/decode.ts';
import { readExif } from '../../../../../../src/main/adapters/imaging/exif.ts';
import { fileFacts } from '../../../../../../src/main/adapters/imaging/file-facts.ts';
import { lastSaveQuality } from '../../../../../../src/main/adapters/imaging/jpeg-segments.ts';
import { fileFacts as factsShape } from '../../../../../../src/shared/contract/measured.ts';

/** Left half orange, right half blue, 40 × 20. */
const twoColours = () =>
  sharp(
    Buffer.from(
      '<svg width="40" height="20"><rect width="20" height="20" fill="#e08040"/><rect x="20" width="20" height="20" fill="#2040c0"/></svg>',
    ),
  );

async function pixelAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const { raster } = await decodePicture(bytes);
  const at = (y * raster.width + x) * 3;
  expect(raster.data.length).toBe(raster.width * raster.height * 3);
  return [...raster.data.subarray(at, at + 3)];
}

const near = (seen: number[], wanted: number[], by: number): void => {
  for (const [i, value] of wanted.entries()) expect(Math.abs(seen[i]! - value)).toBeLessThan(by);
};

describe('decodePicture', () => {
  it.each([
    ['PNG', () => twoColours().flatten().png(), 3],
    ['palette PNG', () => twoColours().flatten().png({ palette: true }), 12],
    ['16-bit PNG', () => twoColours().flatten().toColourspace('rgb16').png(), 3],
    ['JPEG', () => twoColours().jpeg({ quality: 95 }), 12],
    ['progressive JPEG', () => twoColours().jpeg({ quality: 95, progressive: true }), 12],
    ['JPEG with a profile', () => twoColours().withIccProfile('p3').jpeg({ quality: 95 }), 14],
    ['CMYK JPEG', () => twoColours().flatten().toColourspace('cmyk').jpeg({ quality: 95 }), 60],
  ])('%s', async (_, make, by) => {
    const bytes = await make().toBuffer();
    near(await pixelAt(bytes, 8, 10), [0xe0, 0x80, 0x40], by);
    near(await pixelAt(bytes, 32, 10), [0x20, 0x40, 0xc0], by);
  });

  it('makes three channels of grey and lays transparency on white', async () => {
    near(
      await pixelAt(await twoColours().greyscale().png().toBuffer(), 8, 10),
      [144, 144, 144],
      14,
    );
    const glass = await sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect(await pixelAt(glass, 4, 4)).toEqual([255, 255, 255]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns orientation %d upright', async (orientation) => {
    const bytes = await twoColours().withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    const { raster, header } = await decodePicture(bytes);
    const facts = fileFacts(bytes, header);
    expect([facts.width, facts.height]).toEqual([raster.width, raster.height]);
    expect(facts.orientation).toBe(orientation);
    expect(raster.width > raster.height).toBe(orientation < 5);
    // Where the stored left (orange) side lies once upright.
    const [x, y] = {
      1: [5, 10],
      2: [35, 10],
      3: [35, 10],
      4: [5, 10],
      5: [10, 5],
      6: [10, 5],
      7: [10, 35],
      8: [10, 35],
    }[orientation]!;
    near(await pixelAt(bytes, x!, y!), [0xe0, 0x80, 0x40], 14);
  });

  it('refuses what is no picture, is cut off, or is too large', async () => {
    const whole = await twoColours().resize(400, 200).jpeg().toBuffer();
    const wide = await sharp({
      create: { width: 5000, height: 4200, channels: 3, background: '#fff' },
    })
      .png()
      .toBuffer();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const bytes of [new Uint8Array(0), whole.subarray(0, 900), wide, svg, Buffer.alloc(99, 7)])
      await expect(decodePicture(bytes)).rejects.toBeInstanceOf(UnreadablePicture);
  });
});

describe('fileFacts', () => {
  it('tells camera, program, dates and the last save, and only that a place is written', async () => {
    const bytes = await twoColours()
      .withExif({
        IFD0: {
          Make: 'Canon',
          Model: 'Canon EOS R6',
          Software: 'Adobe Photoshop 25.0',
          DateTime: '2026:02:03 10:11:12',
        },
        IFD2: { DateTimeOriginal: '2026:02:01 09:08:07' },
        IFD3: { GPSLatitude: '43/1 15/1 0/1' },
      })
      .jpeg({ quality: 70 })
      .toBuffer();
    const facts = fileFacts(bytes, (await decodePicture(bytes)).header);
    expect(facts).toMatchObject({
      format: 'jpeg',
      camera: 'Canon EOS R6',
      software: 'Adobe Photoshop 25.0',
      edited: true,
      takenAt: '2026:02:01 09:08:07',
      changedAt: '2026:02:03 10:11:12',
      hasLocation: true,
      lastSaveQuality: 70,
      chromaSubsampling: '4:2:0',
    });
    expect(JSON.stringify(facts)).not.toContain('43');
  });

  it('fits the shape whatever the metadata says', async () => {
    const bytes = await twoColours()
      .withExif({ IFD0: { Software: 'x'.repeat(5000), Model: 'ы\u0000\u202e'.repeat(300) } })
      .jpeg()
      .toBuffer();
    const facts = fileFacts(bytes, (await decodePicture(bytes)).header);
    expect(() => factsShape.parse(facts)).not.toThrow();
    expect(facts.software!.length).toBeLessThanOrEqual(120);
  });

  it.each([15, 50, 75, 92])('reads quality %d off the table', async (quality) => {
    const bytes = await twoColours().jpeg({ quality }).toBuffer();
    expect(Math.abs(lastSaveQuality(bytes)! - quality)).toBeLessThanOrEqual(2);
  });

  it('reads any bytes as EXIF or JPEG without throwing', () => {
    const head = fc.constantFrom(
      'Exif\0\0II*\0\x08\0\0\0',
      'Exif\0\0MM\0*\0\0\0\x08',
      'II*\0\x08\0\0\0',
      '',
    );
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 400 }), (start, rest) => {
        const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
        readExif(bytes);
        lastSaveQuality(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xdb]), rest]));
      }),
    );
  });
});
