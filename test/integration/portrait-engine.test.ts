// The portrait engine on painted portraits: found, measured, and each defect seen by the measure that speaks of it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPhoto, referencePhoto, type Sitter } from '../../stand/people/pictures.ts';
import type { PhotoReason } from '../../stand/people/scenarios.ts';
import { cutCard } from '../../src/main/adapters/imaging/portrait/card.ts';
import { compareFaces } from '../../src/main/adapters/imaging/portrait/compare-faces.ts';
import { measurePortrait } from '../../src/main/adapters/imaging/portrait/measure-portrait.ts';
import { openModels, type FaceModels } from '../../src/main/adapters/imaging/portrait/models.ts';
import { PORTRAIT_MEASURES } from '../../src/shared/central/measures.ts';
import { measuredPortrait, type MeasuredPortrait } from '../../src/shared/contract/measured.ts';
import { fitCard } from '../../src/shared/kernel/card-frame.ts';

const folder = path.resolve('resources/models');
const sitter: Sitter = { key: 'engine-test', sex: 'female', look: 'steppe', age: 31 };
const photo = async (reason: PhotoReason | null) => (await newPhoto(sitter, reason)).bytes;
const valueOf = (measured: MeasuredPortrait, code: (typeof PORTRAIT_MEASURES)[number]): number =>
  measured.values.find(({ measure }) => measure === code)?.value ?? NaN;

let models: FaceModels;
let bytes: Uint8Array;
let good: MeasuredPortrait;
beforeAll(async () => {
  const opened = await openModels(folder);
  if (!opened.ok) throw new Error(`${opened.refusal.file}: ${opened.refusal.code}`);
  ({ models } = opened);
  bytes = await photo(null);
  good = await measurePortrait(models, bytes);
});

const changed = async (change: (picture: Sharp) => Sharp) =>
  measurePortrait(models, await change(sharp(bytes)).jpeg({ quality: 93 }).toBuffer());

describe('measurePortrait', () => {
  it('answers every measure of a good portrait, in the contract’s shape', () => {
    expect(() => measuredPortrait.parse(good)).not.toThrow();
    expect(good.values.map(({ measure }) => measure).sort()).toEqual([...PORTRAIT_MEASURES].sort());
    for (const { measure, value } of good.values) expect(value, measure).not.toBeNull();
    expect(valueOf(good, 'faces')).toBe(1);
    expect(valueOf(good, 'head-height')).toBeGreaterThan(30);
    const { rightPupil, leftPupil, crown, chin } = good.geometry!;
    expect(rightPupil.x).toBeLessThan(leftPupil.x);
    expect(crown.y).toBeLessThan(rightPupil.y);
    expect(chin.y).toBeGreaterThan(rightPupil.y);
  });

  it('says the same of the same bytes', async () => {
    expect(await measurePortrait(models, bytes)).toEqual(good);
  });

  it('sees turn, blur, little light, grey, compression and closed eyes', async () => {
    const turned = await changed((one) => one.rotate(7, { background: '#ddd' }));
    expect(valueOf(turned, 'head-roll') - valueOf(good, 'head-roll')).toBeCloseTo(7, 0);
    const blurred = await changed((one) => one.blur(2.5));
    expect(valueOf(blurred, 'sharpness')).toBeGreaterThan(valueOf(good, 'sharpness') + 1);
    const dark = await changed((one) => one.linear(0.4, 0));
    expect(valueOf(dark, 'under-exposure')).toBeGreaterThan(0.4);
    const grey = await changed((one) => one.greyscale());
    expect(valueOf(grey, 'colour')).toBeLessThan(1);
    const saved = await sharp(bytes).jpeg({ quality: 25 }).toBuffer();
    const again = await sharp(saved).jpeg({ quality: 97 }).toBuffer();
    expect(valueOf(await measurePortrait(models, again), 'compression')).toBeLessThan(50);
  });

  it('counts a second face, and none on an empty wall', async () => {
    const two = await sharp({
      create: { width: 1000, height: 600, channels: 3, background: '#ddd' },
    })
      .composite([
        { input: await sharp(bytes).resize(400, 514).toBuffer(), left: 40, top: 40 },
        { input: await sharp(bytes).resize(360, 463).toBuffer(), left: 560, top: 70 },
      ])
      .png()
      .toBuffer();
    expect(valueOf(await measurePortrait(models, two), 'faces')).toBe(2);
    const wall = await sharp({
      create: { width: 413, height: 531, channels: 3, background: '#dcd8d0' },
    })
      .png()
      .toBuffer();
    const empty = await measurePortrait(models, wall);
    expect(valueOf(empty, 'faces')).toBe(0);
    expect(empty.geometry).toBeNull();
    expect(empty.values.find(({ measure }) => measure === 'eyes-open')!.value).toBeNull();
  });

  it('measures a picture of one pixel and a ribbon', async () => {
    for (const [width, height] of [
      [1, 1],
      [3000, 2],
      [2, 900],
    ] as const) {
      const tiny = await sharp({ create: { width, height, channels: 3, background: '#888' } })
        .png()
        .toBuffer();
      expect(valueOf(await measurePortrait(models, tiny), 'faces')).toBe(0);
    }
  });
});

describe('cutCard', () => {
  it('cuts 413 × 531 at 300 dpi and never enlarges', async () => {
    const wide = await sharp(bytes)
      .resize(1000, 1286)
      .extend({ left: 300, right: 300, background: '#ddd' })
      .jpeg()
      .toBuffer();
    const measured = await measurePortrait(models, wide);
    const { frame } = fitCard(measured.geometry!, measured.file, { always: true });
    const card = await cutCard(wide, frame);
    expect(await sharp(card).metadata()).toMatchObject({
      format: 'png',
      width: 413,
      height: 531,
      density: 300,
    });
    const again = await measurePortrait(models, card);
    expect(Math.abs(valueOf(again, 'head-height') - 34)).toBeLessThan(2);
    const small = await cutCard(await sharp(wide).resize(400).toBuffer(), frame);
    expect((await sharp(small).metadata()).width).toBeLessThan(413);
  });
});

describe('compareFaces', () => {
  it('is near for the same sitter, refuses small faces and pictures without one', async () => {
    const reference = (await referencePhoto(sitter)).bytes;
    const same = await compareFaces(models, bytes, reference);
    expect(same).toMatchObject({ refused: null, found: [1, 1] });
    expect(same.distance).toBeLessThan(0.4);
    const small = await sharp(bytes).resize(70).jpeg().toBuffer();
    expect(await compareFaces(models, bytes, small)).toMatchObject({
      distance: null,
      refused: 'too-small',
      found: [1, 1],
    });
    const wall = await sharp({
      create: { width: 300, height: 300, channels: 3, background: '#ccc' },
    })
      .png()
      .toBuffer();
    expect(await compareFaces(models, wall, bytes)).toMatchObject({
      distance: null,
      refused: 'no-face',
      found: [0, null],
    });
  });
});

describe('openModels', () => {
  it('refuses a folder with a net missing or changed', async () => {
    const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-models-'));
    expect(await openModels(copy)).toMatchObject({ refusal: { code: 'missing' } });
    fs.cpSync(folder, copy, { recursive: true });
    const file = path.join(copy, 'iris.onnx');
    const net = fs.readFileSync(file);
    net[net.length >> 1]! ^= 1;
    fs.writeFileSync(file, net);
    expect(await openModels(copy)).toEqual({
      ok: false,
      refusal: { code: 'changed', file: 'iris.onnx' },
    });
    fs.rmSync(copy, { recursive: true });
  });
});
