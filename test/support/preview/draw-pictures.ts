// Draws the pictures of the preview with the stand's own generator (not kept in the repository).
// npx tsx test/support/preview/draw-pictures.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { newPhoto, referencePhoto, signatureImage } from '../../../stand/people/pictures.ts';

const out = resolve(import.meta.dirname, 'pictures');
mkdirSync(out, { recursive: true });

const sitters = [
  { key: 'preview-1', sex: 'female', look: 'steppe', age: 34 },
  { key: 'preview-2', sex: 'male', look: 'european', age: 41 },
  { key: 'preview-3', sex: 'male', look: 'steppe', age: 27 },
] as const;

for (const [index, sitter] of sitters.entries()) {
  const n = index + 1;
  const bad = n === 2;
  const photo = await newPhoto(sitter, bad ? 'PHOTO_BACKGROUND' : null);
  writeFileSync(resolve(out, `photo-${n}.jpg`), photo.bytes);
  writeFileSync(resolve(out, `reference-${n}.jpg`), (await referencePhoto(sitter)).bytes);
  const fresh = await signatureImage(sitter.key, 'new', bad ? 'SIGNATURE_CROPPED' : null);
  writeFileSync(resolve(out, `signature-${n}.png`), fresh.bytes);
  const earlier = await signatureImage(sitter.key, 'earlier', null);
  writeFileSync(resolve(out, `earlier-${n}.png`), earlier.bytes);
}
