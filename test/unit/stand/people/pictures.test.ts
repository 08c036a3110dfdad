// The pictures of synthetic people: same seed same bytes, the norms kept by good ones, each defect visible in pixels.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { generatePeople } from '../../../../stand/people/generate-people.ts';
import { newPhoto, referencePhoto, signatureImage } from '../../../../stand/people/pictures.ts';
import type { Sitter } from '../../../../stand/people/pictures.ts';
import type { PhotoReason } from '../../../../stand/people/scenarios.ts';
import { drawSignature } from '../../../../stand/people/signature-sample.ts';

const NOW = new Date('2026-11-18T07:30:00.000Z');
/** Painting costs a third of a second: each picture is taken once for the whole file. */
const taken = new Map<string, ReturnType<typeof newPhoto>>();
function photoOf(reason: PhotoReason | null): ReturnType<typeof newPhoto> {
  const key = reason ?? 'good';
  const found = taken.get(key) ?? newPhoto(SITTER, reason);
  taken.set(key, found);
  return found;
}

const SITTER: Sitter = { key: 'test/1', sex: 'male', look: 'steppe', age: 34 };

async function grey(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number =>
    data[Math.round(y) * info.width + Math.round(x)] ?? -1;
  return { data, at, width: info.width, height: info.height };
}

const mean = (list: ArrayLike<number>): number =>
  Array.from(list).reduce((a, b) => a + b, 0) / list.length;

describe('portraits', () => {
  it('are the same bytes for the same sitter and others for another', async () => {
    const [a, b] = [await photoOf(null), await newPhoto(SITTER, null)];
    expect(a.sha256).toBe(b.sha256);
    const other = await newPhoto({ ...SITTER, key: 'test/2' }, null);
    expect(other.sha256).not.toBe(a.sha256);
  });

  it('are 35:45 JPEGs of at least 413 × 531 at 300 dpi; the reference is 240 × 320', async () => {
    const photo = await sharp((await photoOf(null)).bytes).metadata();
    expect(photo.format).toBe('jpeg');
    expect(photo.density).toBe(300);
    expect(photo.width).toBeGreaterThanOrEqual(413);
    expect(photo.width / photo.height).toBeCloseTo(35 / 45, 2);
    const old = await sharp((await referencePhoto(SITTER)).bytes).metadata();
    expect([old.width, old.height]).toEqual([240, 320]);
  });

  it('stand before a plain light ground, and PHOTO_BACKGROUND ones do not', async () => {
    const rim = async (bytes: Uint8Array): Promise<{ level: number; spread: number }> => {
      const { at, width, height } = await grey(bytes);
      const points: number[] = [];
      for (let y = 10; y < height * 0.5; y += 3) points.push(at(8, y), at(width - 9, y));
      const level = mean(points);
      return { level, spread: Math.sqrt(mean(points.map((p) => (p - level) ** 2))) };
    };
    const good = await rim((await photoOf(null)).bytes);
    expect(good.level).toBeGreaterThan(170);
    expect(good.spread).toBeLessThan(12);
    const bad = await rim((await photoOf('PHOTO_BACKGROUND')).bytes);
    expect(bad.level < 150 || bad.spread > 14).toBe(true);
  });

  it('show light, sharpness and identity defects in the pixels', async () => {
    const face = async (bytes: Uint8Array) => {
      const { at, width, height } = await grey(bytes);
      const points: number[] = [];
      for (let y = height * 0.4; y < height * 0.75; y += 2)
        for (let x = width * 0.35; x < width * 0.65; x += 2) points.push(at(x, y));
      const edges = points.map((p, i) => Math.abs(p - (points[i + 1] ?? p)));
      return { level: mean(points), detail: mean(edges) };
    };
    const good = await face((await photoOf(null)).bytes);
    const light = await face((await photoOf('PHOTO_LIGHT')).bytes);
    expect(Math.abs(light.level - good.level)).toBeGreaterThan(20);
    const shas = new Set<string>();
    for (const reason of ['PHOTO_NOT_SAME_PERSON', 'PHOTO_POSE'] as const) {
      shas.add((await photoOf(reason)).sha256);
    }
    expect(shas.size).toBe(2);
  }, 30_000);
});

describe('signature samples', () => {
  const ink = (data: Uint8Array): number => mean(Array.from(data, (v) => (v < 128 ? 1 : 0)));

  it('write the same hand a little differently on another day', () => {
    const [today, again, earlier] = (['new', 'new', 'earlier'] as const).map(
      (sample) => drawSignature({ hand: 'h', sample, defect: null }).data,
    );
    expect(Buffer.compare(today ?? new Uint8Array(), again ?? new Uint8Array())).toBe(0);
    expect(Buffer.compare(today ?? new Uint8Array(), earlier ?? new Uint8Array())).not.toBe(0);
    expect(ink(today ?? new Uint8Array())).toBeGreaterThan(0.004);
    expect(ink(earlier ?? new Uint8Array())).toBeGreaterThan(0.004);
  });

  it('leave the border free when good and cross it when cropped; absent is blank', () => {
    const border = (data: Uint8Array): number => {
      let dark = 0;
      for (let y = 0; y < 240; y += 1) {
        for (const x of [0, 599]) if ((data[(y * 600 + x) * 3] ?? 255) < 150) dark += 1;
      }
      for (let x = 0; x < 600; x += 1) {
        for (const y of [0, 239]) if ((data[(y * 600 + x) * 3] ?? 255) < 150) dark += 1;
      }
      return dark;
    };
    for (let i = 0; i < 8; i += 1) {
      const good = drawSignature({ hand: `hand ${String(i)}`, sample: 'new', defect: null });
      expect(border(good.data)).toBe(0);
      const cropped = drawSignature({
        hand: `hand ${String(i)}`,
        sample: 'new',
        defect: 'SIGNATURE_CROPPED',
      });
      expect(border(cropped.data)).toBeGreaterThan(0);
      const absent = drawSignature({
        hand: `hand ${String(i)}`,
        sample: 'new',
        defect: 'SIGNATURE_ABSENT',
      });
      expect(ink(absent.data)).toBeLessThan(0.0008);
    }
  });

  it('are PNGs of 600 × 240', async () => {
    const meta = await sharp((await signatureImage('h', 'new', null)).bytes).metadata();
    expect([meta.format, meta.width, meta.height]).toEqual(['png', 600, 240]);
  });
});

describe('the stream of people', () => {
  it('carries every image its dossier names, signs EDS requests and takes portraits from a folder', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'people-'));
    const plain = {
      create: { width: 700, height: 900, channels: 3 as const, background: '#8899aa' },
    };
    await writeFile(join(dir, '001_03.jpg'), await sharp(plain).jpeg().toBuffer());
    const asked: string[] = [];
    const signApplication = (bytes: Uint8Array, who: { iin: string }) => {
      asked.push(who.iin);
      return Promise.resolve(bytes.slice(0, 4));
    };
    let first = true;
    for await (const one of generatePeople({
      seed: 's',
      count: 3,
      now: NOW,
      signApplication,
      portraitsDir: dir,
    })) {
      const held = new Map(one.images.map((image) => [image.sha256, image.bytes.length]));
      const { photo, referencePhoto: old, signature, referenceSignature } = one.dossier;
      for (const ref of [photo, old, signature, referenceSignature]) {
        if (ref) expect(held.get(ref.sha256)).toBe(ref.bytes);
      }
      if (first) {
        expect(one.dossier.request.signatureKind).toBe('eds');
        expect(asked).toEqual([one.dossier.declared.iin]);
        const bytes =
          one.images.find((image) => image.sha256 === photo.sha256)?.bytes ?? new Uint8Array();
        expect(mean((await grey(bytes)).data)).toBeCloseTo(150, -1); // the folder's flat grey, not a painted face
      }
      first = false;
    }
    await rm(dir, { recursive: true });
  });

  it('shares faces from a pool', async () => {
    const photos = new Set<string>();
    const options = { seed: 'pool', count: 7, now: NOW, signApplication: null, portraitPool: 2 };
    for await (const one of generatePeople(options)) photos.add(one.dossier.photo.sha256);
    expect(photos.size).toBeLessThan(7);
  }, 60_000);
});
