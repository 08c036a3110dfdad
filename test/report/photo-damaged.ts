// Measures every portrait as it is and with each made damage; answers the values of a measure under a damage.
import sharp, { type Sharp } from 'sharp';
import type { PORTRAIT_MEASURES } from '../../src/shared/central/measures.ts';
import type { FileFacts, MeasuredPortrait } from '../../src/shared/contract/measured.ts';
import { decodePicture } from '../../src/main/adapters/imaging/decode.ts';
import { fileFacts } from '../../src/main/adapters/imaging/file-facts.ts';
import { findFace } from '../../src/main/adapters/imaging/portrait/find-face.ts';
import type { FacePoints } from '../../src/main/adapters/imaging/portrait/landmarks.ts';
import {
  measureDecoded,
  measurePortrait,
} from '../../src/main/adapters/imaging/portrait/measure-portrait.ts';
import type { FaceModels } from '../../src/main/adapters/imaging/portrait/models.ts';
import { reduced, type Raster } from '../../src/main/adapters/imaging/raster.ts';
import * as damage from './photo-damage.ts';

export type Measure = (typeof PORTRAIT_MEASURES)[number];

/** Damaged pictures are at most about this wide: quicker, and still finer than the card. */
const WIDEST = 700;

export const valueOf = (measured: MeasuredPortrait, measure: Measure): number =>
  measured.values.find((one) => one.measure === measure)?.value ?? NaN;

/** Results by the damage's name, picture after picture. */
export type Damaged = Map<string, MeasuredPortrait[]>;

export async function measureDamaged(
  models: FaceModels,
  pictures: readonly Uint8Array[],
  onDone: (done: number) => void,
): Promise<Damaged> {
  const all: Damaged = new Map();
  for (const [index, bytes] of pictures.entries()) {
    const { raster: full, header } = await decodePicture(bytes);
    const raster = reduced(full, Math.ceil(Math.max(full.width, full.height) / WIDEST));
    const facts = fileFacts(bytes, header);
    const { face } = await findFace(models, raster);
    if (face === null) continue;
    const keep = (name: string, measured: MeasuredPortrait): void => {
      all.set(name, [...(all.get(name) ?? []), measured]);
    };
    const px = face.betweenEyes / 90;
    for (const [name, made] of inMemory(raster, face.points, models))
      keep(name, await measureDecoded(models, made(), sized(facts, raster)));
    for (const sigma of [0.5, 1, 1.5, 2, 3]) {
      const made = await decodePicture(await encoded(blurred(raster, sigma * px)));
      keep(`blur ${sigma}`, await measureDecoded(models, made.raster, sized(facts, raster)));
    }
    const card = await encoded(sharpOf(raster).resize(413, 531, { fit: 'cover' }));
    for (const quality of [95, 90, 80, 60, 40, 20]) {
      const saved = await sharp(card).jpeg({ quality }).toBuffer();
      keep(`jpeg ${quality}`, await measurePortrait(models, saved));
      const hidden = await sharp(saved).jpeg({ quality: 97 }).toBuffer();
      keep(`jpeg hidden ${quality}`, await measurePortrait(models, hidden));
    }
    onDone(index + 1);
  }
  return all;
}

const sized = (facts: FileFacts, { width, height }: Raster): FileFacts => ({
  ...facts,
  width,
  height,
});

const sharpOf = ({ data, width, height }: Raster): Sharp =>
  sharp(data, { raw: { width, height, channels: 3 } });

const blurred = (raster: Raster, sigma: number): Sharp =>
  sigma < 0.3 ? sharpOf(raster) : sharpOf(raster).blur(sigma);

const encoded = (picture: Sharp): Promise<Buffer> =>
  picture.png({ compressionLevel: 0 }).toBuffer();

/** Names and makers of the damages that need no file format. */
function inMemory(
  raster: Raster,
  points: FacePoints,
  models: FaceModels,
): (readonly [string, () => Raster])[] {
  const d = damage;
  return [
    ['good', () => raster],
    ['eyes closed', () => d.closed(raster, points, 1)],
    ['eyes half closed', () => d.closed(raster, points, 0.5)],
    ['one eye closed', () => d.closed(raster, points, 1, ['right'])],
    ...[0.8, 0.6, 0.4].map((f) => [`light ${f}`, () => d.lit(raster, f)] as const),
    ...[1.3, 1.5, 1.8].map((f) => [`light ${f}`, () => d.lit(raster, f)] as const),
    ...[0.2, 0.4, 0.6].flatMap((share) => [
      [`side light ${share}`, () => d.sideLit(raster, share)] as const,
      [`side light ${share} right`, () => d.sideLit(raster, share, true)] as const,
    ]),
    ...[20, 35, 50].flatMap((v) => [
      [`blue cast ${v}`, () => d.cast(raster, [-v, 0, v])] as const,
      [`green cast ${v}`, () => d.cast(raster, [-0.6 * v, v, -0.6 * v])] as const,
    ]),
    ...[2, 5, 8, 12, 20].flatMap((v) => [
      [`roll ${v}`, () => d.turned(raster, v)] as const,
      [`roll -${v}`, () => d.turned(raster, -v)] as const,
    ]),
    ...[-15, -10, -5, 5, 10, 15].map(
      (v) => [`yaw ${v}`, () => d.yawed(raster, points, models.canonicalFace, v)] as const,
    ),
    ['mask light', () => d.masked(raster, points, [223, 232, 238])],
    ['mask blue', () => d.masked(raster, points, [74, 120, 176])],
    ['mask black', () => d.masked(raster, points, [22, 22, 26])],
    ['dark glasses', () => d.darkGlasses(raster, points)],
    ['grey', () => d.grey(raster)],
    [
      'background pattern',
      () => d.behind(raster, points, (x, y) => 60 * Math.sin(x / 12) * Math.sin(y / 12)),
    ],
    ['background slope', () => d.behind(raster, points, (x) => 160 * (x / raster.width - 0.5))],
  ];
}
