// Hostile picture bytes: each ends in a verdict with a reason, none in an exception or a long wait.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { sniffPicture } from '../../../../../src/main/adapters/imaging/picture-format.ts';
import { sharpImageProbe } from '../../../../../src/main/adapters/imaging/sharp-image-probe.ts';
import { chunk, pngOf } from '../../../../support/hostile-pictures.ts';

const probe = sharpImageProbe();
let jpeg: Buffer;
let png: Buffer;

beforeAll(async () => {
  const plain = { create: { width: 413, height: 531, channels: 3 as const, background: '#889' } };
  const noise = Buffer.from(Array.from({ length: 413 * 531 * 3 }, (_, i) => (i * 7919) % 251));
  const raw = { raw: { width: 413, height: 531, channels: 3 as const } };
  jpeg = await sharp(noise, raw).jpeg().toBuffer();
  png = await sharp(plain).png().toBuffer();
});

describe('image probe', () => {
  it('lets a good JPEG and PNG through with their size', async () => {
    expect(await probe.probe(jpeg, 'image/jpeg')).toEqual({
      ok: true,
      mime: 'image/jpeg',
      width: 413,
      height: 531,
    });
    expect(await probe.probe(png, 'image/png')).toMatchObject({ ok: true, width: 413 });
  });

  it('finds the end of a progressive picture with several scans', async () => {
    const progressive = await sharp(jpeg).jpeg({ progressive: true }).toBuffer();
    expect(sniffPicture(progressive)?.end).toBe(progressive.length);
    expect((await probe.probe(progressive, 'image/jpeg')).ok).toBe(true);
  });

  const problem = async (bytes: Uint8Array, mime = 'image/jpeg') => {
    const verdict = await probe.probe(bytes, mime);
    return verdict.ok ? 'ok' : verdict.problem;
  };

  it('names what is wrong', async () => {
    expect(await problem(Buffer.from('<html><script>'))).toBe('not-an-image');
    expect(await problem(Buffer.alloc(0))).toBe('not-an-image');
    expect(await problem(png)).toBe('type-mismatch');
    expect(await problem(jpeg.subarray(0, jpeg.length / 2))).toBe('truncated');
    expect(await problem(Buffer.concat([jpeg, Buffer.from('PK\x03\x04'.repeat(40))]))).toBe(
      'trailing-data',
    );
    expect(await problem(pngOf(8000, 5000, deflateSync(Buffer.alloc(10))), 'image/png')).toBe(
      'too-large',
    );
    expect(
      await problem(
        pngOf(10, 10, deflateSync(Buffer.alloc(310)), chunk('acTL', Buffer.alloc(8))),
        'image/png',
      ),
    ).toBe('animated');
    expect(await problem(pngOf(400, 400, deflateSync(Buffer.alloc(10))), 'image/png')).not.toBe(
      'ok',
    );
  });

  it('does not unpack a bomb: a small file that swells is stopped by its header or its data', async () => {
    const bomb = pngOf(4000, 4900, deflateSync(Buffer.alloc(200_000_000), { level: 9 }));
    expect(bomb.length).toBeLessThan(400_000);
    const before = process.memoryUsage().rss;
    expect(['ok', 'unreadable', 'truncated']).toContain(await problem(bomb, 'image/png'));
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
    const wide = pngOf(100_000, 100_000, deflateSync(Buffer.alloc(10)));
    expect(await problem(wide, 'image/png')).toBe('too-large');
  });

  it('never throws on any cut or changed bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        async (cut, at, byte) => {
          const bytes = Buffer.from(jpeg.subarray(0, 2 + (cut % (jpeg.length - 2))));
          bytes[at % bytes.length] = byte;
          const verdict = await probe.probe(bytes, 'image/jpeg');
          expect(typeof verdict.ok).toBe('boolean');
        },
      ),
      { numRuns: 30 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const headed = Uint8Array.from([0xff, 0xd8, ...bytes]);
        expect(() => sniffPicture(headed)).not.toThrow();
      }),
    );
  });
});
