// What the file itself tells: format, size, colour space, last save, and what its metadata claims.
import type { Metadata } from 'sharp';
import type { FileFacts } from '../../../shared/contract/measured.ts';
import { plain, readExif } from './exif.ts';
import { lastSaveQuality } from './jpeg-segments.ts';

/** Names of programs that change pictures; a camera's firmware is none of them. */
const EDITORS =
  /photoshop|lightroom|gimp|snapseed|facetune|meitu|beautyplus|beautycam|picsart|pixelmator|affinity|paint|canva|vsco|remini|youcam|faceapp|airbrush|polarr|fotor|inshot|capture one|luminar|pixlr|photoscape|krita|acdsee|picasa|photodirector|b612|snow|ulike|xnview|irfanview|photofiltre|coreldraw|photo-?paint|photoroom|remove\.bg|imagemagick|camera raw|darktable|rawtherapee/i;

/** Metadata longer than this is counted but not read. */
const MOST_METADATA = 262_144;

/** `header`: sharp's metadata of the same bytes. Never throws, whatever the metadata holds. */
export function fileFacts(bytes: Uint8Array, header: Metadata): FileFacts {
  const exif = readExif(readable(header.exif));
  const xmp = header.xmp === undefined ? '' : latin(readable(header.xmp));
  const creator = plain(/CreatorTool(?:="|>)([^"<]{1,200})/.exec(xmp)?.[1] ?? '');
  const software = exif.software ?? creator;
  const jpeg = header.format === 'jpeg';
  return {
    format: jpeg ? 'jpeg' : 'png',
    width: header.autoOrient.width,
    height: header.autoOrient.height,
    bytes: bytes.length,
    colourSpace: cut(header.space ?? 'unknown', 20),
    bitsPerSample: header.bitsPerSample ?? (header.depth === 'ushort' ? 16 : 8),
    hasAlpha: header.hasAlpha ?? false,
    orientation: orientationOf(header.orientation),
    dpi: header.density ?? null,
    iccProfile: profileName(readable(header.icc)),
    progressive: header.isProgressive ?? false,
    lastSaveQuality: jpeg ? lastSaveQuality(bytes) : null,
    chromaSubsampling: jpeg ? cutOrNull(header.chromaSubsampling ?? null, 12) : null,
    exifBytes: header.exif?.length ?? 0,
    camera: cutOrNull(cameraOf(exif.make, exif.model), 120),
    software: cutOrNull(software, 120),
    edited: [exif.software, creator].some((name) => name !== null && EDITORS.test(name)),
    takenAt: cutOrNull(exif.takenAt, 40),
    changedAt: cutOrNull(exif.changedAt, 40),
    hasLocation: exif.hasLocation || /GPSLatitude/.test(xmp),
  };
}

const readable = (block: Buffer | undefined): Buffer | undefined =>
  block !== undefined && block.length <= MOST_METADATA ? block : undefined;

const latin = (block: Buffer | undefined): string => block?.toString('latin1') ?? '';

const cut = (text: string, most: number): string => text.slice(0, most);
const cutOrNull = (text: string | null, most: number): string | null =>
  text === null ? null : cut(text, most);

const orientationOf = (flag: number | undefined): number =>
  flag !== undefined && flag >= 1 && flag <= 8 ? flag : 1;

/** Many models name their maker already. */
function cameraOf(make: string | null, model: string | null): string | null {
  if (make === null || model === null) return model ?? make;
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
}

/** The profile's own description: tag `desc`, of ICC version 2 (ASCII) or 4 (UTF-16). */
function profileName(icc: Buffer | undefined): string | null {
  if (icc === undefined || icc.length < 132) return null;
  const tags = Math.min(icc.readUInt32BE(128), 100);
  for (let at = 132; at + 12 <= Math.min(icc.length, 132 + tags * 12); at += 12) {
    if (icc.toString('latin1', at, at + 4) !== 'desc') continue;
    const block = icc.subarray(icc.readUInt32BE(at + 4)).subarray(0, icc.readUInt32BE(at + 8));
    return cutOrNull(describe(block), 80);
  }
  return null;
}

function describe(block: Buffer): string | null {
  const type = block.toString('latin1', 0, 4);
  if (type === 'desc' && block.length > 12)
    return plain(block.toString('latin1', 12, 12 + Math.min(block.readUInt32BE(8), 200)));
  if (type !== 'mluc' || block.length < 28) return null;
  const words = block.subarray(block.readUInt32BE(24)).subarray(0, 400);
  const even = Buffer.from(words.subarray(0, Math.min(block.readUInt32BE(20), words.length) & ~1));
  return plain(even.swap16().toString('utf16le'));
}
