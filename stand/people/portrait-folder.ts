// --portraits DIR: a folder of portraits stands in for the painted new photos and their references.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { seal } from './pictures.ts';
import type { SyntheticImage } from './pictures.ts';

const WIDTH = 413;
const HEIGHT = 531;

/** JPEG and PNG files of the folder, the frontal `*_03.jpg` ones alone when there are any; throws on an empty folder. */
export async function listPortraits(dir: string): Promise<string[]> {
  const pictures = (await readdir(dir)).filter((name) => /\.(jpe?g|png)$/i.test(name)).sort();
  const frontal = pictures.filter((name) => /_03\.jpe?g$/i.test(name));
  const chosen = frontal.length > 0 ? frontal : pictures;
  if (chosen.length === 0) throw new Error(`no JPEG or PNG portraits in ${dir}`);
  return chosen.map((name) => join(dir, name));
}

/** A portrait cut to 35 × 45 mm: by the pupils of a `.tem` file beside it, else to the middle. */
export async function portraitFromFile(
  file: string,
): Promise<{ photo: SyntheticImage; reference: SyntheticImage }> {
  const bytes = await readFile(file);
  const pupils = await readPupils(file);
  const { width, height } = await sharp(bytes).metadata();
  let image = sharp(bytes).rotate().flatten({ background: '#dfe2e5' });
  if (pupils) {
    const apart = Math.hypot(pupils[1][0] - pupils[0][0], pupils[1][1] - pupils[0][1]);
    const cut = {
      width: Math.round(apart * 3.66),
      height: Math.round((apart * 3.66 * HEIGHT) / WIDTH),
    };
    const left = Math.round((pupils[0][0] + pupils[1][0]) / 2 - cut.width / 2);
    const top = Math.round((pupils[0][1] + pupils[1][1]) / 2 - cut.height * 0.46);
    const box = {
      left: Math.max(0, left),
      top: Math.max(0, top),
      width: Math.min(cut.width, width - Math.max(0, left)),
      height: Math.min(cut.height, height - Math.max(0, top)),
    };
    image = image.extract(box);
  }
  const cut = await image.resize(WIDTH, HEIGHT, { fit: 'cover' }).png().toBuffer();
  const photo = await sharp(cut).jpeg({ quality: 92 }).withMetadata({ density: 300 }).toBuffer();
  const reference = await sharp(cut)
    .resize(240, 320, { fit: 'cover' })
    .modulate({ brightness: 0.94, saturation: 0.8 })
    .jpeg({ quality: 60 })
    .toBuffer();
  return { photo: seal(photo, 'image/jpeg'), reference: seal(reference, 'image/jpeg') };
}

/** The first two points of a `.tem` file are the pupils: a count line, then "x y" lines. */
async function readPupils(file: string): Promise<[[number, number], [number, number]] | null> {
  const text = await readFile(file.replace(/\.\w+$/, '.tem'), 'utf8').catch(() => null);
  if (text === null) return null;
  const points = text
    .split(/\r?\n/)
    .slice(1, 3)
    .map((row) => row.trim().split(/\s+/).map(Number));
  const [a, b] = points;
  const ok = [a?.[0], a?.[1], b?.[0], b?.[1]].every((value) => Number.isFinite(value));
  return ok
    ? [
        [a?.[0] ?? 0, a?.[1] ?? 0],
        [b?.[0] ?? 0, b?.[1] ?? 0],
      ]
    : null;
}
