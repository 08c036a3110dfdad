// Makes the four pictures of an application: new and reference photo, new and earlier signature, each good or bad in one way.
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { createRandom } from './random.ts';
import { BACKDROPS, faceTraits, plainSitting } from './portrait/face-traits.ts';
import type { Look, Sex, Sitting } from './portrait/face-traits.ts';
import { paintPortrait } from './portrait/portrait.ts';
import type { RawPicture } from './portrait/portrait.ts';
import { drawSignature } from './signature-sample.ts';
import type { AnnulmentCode, PhotoReason, SignatureReason } from './scenarios.ts';
import { PHOTO_REASONS, SIGNATURE_REASONS } from './scenarios.ts';

export interface SyntheticImage {
  readonly sha256: string;
  readonly mime: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array;
}

/** Who sits for a picture; key = one face and one hand. */
export interface Sitter {
  readonly key: string;
  readonly sex: Sex;
  readonly look: Look;
  readonly age: number;
}

export const isPhotoReason = (code: AnnulmentCode): code is PhotoReason =>
  (PHOTO_REASONS as readonly string[]).includes(code);
export const isSignatureReason = (code: AnnulmentCode): code is SignatureReason =>
  (SIGNATURE_REASONS as readonly string[]).includes(code);

/** The sitting that earns a reason; variant picks among the ways a picture can fail it. */
export function sittingFor(sitter: Sitter, reason: PhotoReason | null): Sitting {
  const plain = newSitting(sitter);
  const r = createRandom(`defect/${sitter.key}/${reason ?? ''}`);
  switch (reason) {
    case 'PHOTO_BACKGROUND':
      return { ...plain, backdrop: r.pick(BACKDROPS.filter((one) => one !== 'plain')) };
    case 'PHOTO_HEAD_SIZE':
      return r.chance(0.6)
        ? { ...plain, zoom: 0.66, shift: [0, 0.03] }
        : { ...plain, zoom: 1.36, shift: [0, 0.03] };
    case 'PHOTO_POSE':
      return r.chance(0.5)
        ? { ...plain, roll: r.range(11, 16) * (r.chance(0.5) ? 1 : -1) }
        : { ...plain, yaw: r.range(15, 19) * (r.chance(0.5) ? 1 : -1), pitch: r.range(-3, 3) };
    case 'PHOTO_EXPRESSION':
      return { ...plain, smile: 1, beard: plain.beard === 'short' ? 'stubble' : plain.beard };
    case 'PHOTO_EYES_GLASSES':
      return r.chance(0.34)
        ? { ...plain, eyesOpen: 0.02, glasses: 'none' }
        : { ...plain, glasses: r.pick(['dark', 'glare'] as const) };
    case 'PHOTO_HEADWEAR':
      return { ...plain, headgear: r.pick(['beanie', 'cap'] as const) };
    case 'PHOTO_LIGHT':
      return { ...plain, light: r.pick(['side', 'over', 'under'] as const) };
    case 'PHOTO_RETOUCHED':
      return { ...plain, retouch: 1, light: 'flat' };
    case 'PHOTO_OLD':
      return { ...oldSitting(sitter), light: plain.light, zoom: plain.zoom, shift: plain.shift };
    case 'PHOTO_NOT_SAME_PERSON':
    case 'PHOTO_SHARPNESS':
    case null:
      return plain;
  }
}

function newSitting(sitter: Sitter): Sitting {
  return plainSitting(faceTraits(sitter.key, sitter.sex, sitter.look), sitter.age, 'new');
}

/** Ten years younger, in the other clothes and light of that day. */
function oldSitting(sitter: Sitter): Sitting {
  const younger = Math.max(16, sitter.age - 10);
  const face = faceTraits(sitter.key, sitter.sex, sitter.look);
  return { ...plainSitting(face, younger, 'reference'), light: 'lamp' };
}

/** The photo of the application. */
export async function newPhoto(
  sitter: Sitter,
  reason: PhotoReason | null,
): Promise<SyntheticImage> {
  const r = createRandom(`camera/${sitter.key}`);
  const [width, height] = r.weighted([
    [12, [413, 531]],
    [1, [472, 607]],
    [1, [560, 720]],
  ] as const);
  const painted =
    reason === 'PHOTO_NOT_SAME_PERSON' ? { ...sitter, key: `${sitter.key}/someone-else` } : sitter;
  const face = faceTraits(painted.key, painted.sex, painted.look);
  const raw = paintPortrait(face, sittingFor(painted, reason), width, height);
  let image = pixels(raw);
  let quality = r.int(90, 95);
  if (reason === 'PHOTO_SHARPNESS') {
    if (createRandom(`blur/${sitter.key}`).chance(0.65)) image = image.blur(3.2);
    else quality = 7;
  }
  return jpeg(image, quality);
}

/** The photo that the register keeps: small, ten years old, saved hard. */
export async function referencePhoto(sitter: Sitter): Promise<SyntheticImage> {
  const face = faceTraits(sitter.key, sitter.sex, sitter.look);
  return jpeg(pixels(paintPortrait(face, oldSitting(sitter), 240, 320)), 60);
}

/** New signature sample, or the earlier one of the same hand. */
export async function signatureImage(
  key: string,
  sample: 'new' | 'earlier',
  reason: SignatureReason | null,
): Promise<SyntheticImage> {
  const stranger = reason === 'SIGNATURE_MISMATCH' && sample === 'new';
  const raw = drawSignature({
    hand: stranger ? `${key}/someone-else` : key,
    sample,
    defect: sample === 'new' && !stranger ? reason : null,
  });
  const bytes = await pixels(raw).png({ compressionLevel: 6 }).toBuffer();
  return seal(bytes, 'image/png');
}

const pixels = (raw: RawPicture): Sharp =>
  sharp(raw.data, { raw: { width: raw.width, height: raw.height, channels: 3 } });

async function jpeg(image: Sharp, quality: number): Promise<SyntheticImage> {
  const bytes = await image
    .jpeg({ quality, chromaSubsampling: quality > 80 ? '4:4:4' : '4:2:0' })
    .withMetadata({ density: 300 })
    .toBuffer();
  return seal(bytes, 'image/jpeg');
}

/** Names bytes by their SHA-256. */
export function seal(bytes: Uint8Array, mime: SyntheticImage['mime']): SyntheticImage {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), mime, bytes };
}
