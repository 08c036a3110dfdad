// Decodes a picture to oriented sRGB with the facts of its file.
import sharp from 'sharp';
import type { FileFacts } from '../../../../shared/contract/measured.ts';
import type { Pixels } from './plane.ts';

export async function decodeHere(bytes: Uint8Array): Promise<Pixels & { file: FileFacts }> {
  const meta = await sharp(bytes).metadata();
  const { data, info } = await sharp(bytes)
    .rotate()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const file: FileFacts = {
    format: meta.format === 'png' ? 'png' : 'jpeg',
    width: info.width,
    height: info.height,
    bytes: bytes.length,
    colourSpace: meta.space,
    bitsPerSample: 8,
    hasAlpha: meta.hasAlpha,
    orientation: meta.orientation ?? 1,
    dpi: meta.density ?? null,
    iccProfile: null,
    progressive: meta.isProgressive,
    lastSaveQuality: null,
    chromaSubsampling: null,
    exifBytes: meta.exif?.length ?? 0,
    camera: null,
    software: null,
    edited: false,
    takenAt: null,
    changedAt: null,
    hasLocation: false,
  };
  return { width: info.width, height: info.height, data, file };
}
