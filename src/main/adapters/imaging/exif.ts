// Reads the few EXIF entries worth showing; every offset is bounded, so that made-up metadata costs nothing and throws nothing.

export interface ExifFacts {
  readonly make: string | null;
  readonly model: string | null;
  readonly software: string | null;
  readonly takenAt: string | null;
  readonly changedAt: string | null;
  readonly hasLocation: boolean;
}

const TAG = {
  processingSoftware: 0x000b,
  make: 0x010f,
  model: 0x0110,
  software: 0x0131,
  changedAt: 0x0132,
  exifPart: 0x8769,
  gpsPart: 0x8825,
  takenAt: 0x9003,
  gpsLatitude: 0x0002,
} as const;
const ASCII = 2;
const MOST_ENTRIES = 512;
const MOST_TEXT = 200;

type Entries = ReadonlyMap<number, { type: number; count: number; at: number }>;

const NOTHING: ExifFacts = {
  make: null,
  model: null,
  software: null,
  takenAt: null,
  changedAt: null,
  hasLocation: false,
};

/** `exif`: the block with or without its "Exif\0\0" head. Broken entries are left out. */
export function readExif(exif: Uint8Array | undefined): ExifFacts {
  const reader = exif === undefined ? null : tiff(exif);
  if (reader === null) return NOTHING;
  const image = reader.entries(reader.first);
  const photo = reader.entries(reader.number(image, TAG.exifPart));
  const gps = reader.entries(reader.number(image, TAG.gpsPart));
  return {
    make: reader.text(image, TAG.make),
    model: reader.text(image, TAG.model),
    software: reader.text(image, TAG.software) ?? reader.text(image, TAG.processingSoftware),
    takenAt: reader.text(photo, TAG.takenAt),
    changedAt: reader.text(image, TAG.changedAt),
    hasLocation: gps.has(TAG.gpsLatitude),
  };
}

function tiff(exif: Uint8Array) {
  const headed = String.fromCharCode(...exif.subarray(0, 4)) === 'Exif';
  const body = headed ? exif.subarray(6) : exif;
  if (body.length < 8) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  const short = (at: number): number => (at + 2 <= body.length ? view.getUint16(at, little) : 0);
  const long = (at: number): number => (at + 4 <= body.length ? view.getUint32(at, little) : 0);

  const entries = (start: number): Entries => {
    const found = new Map<number, { type: number; count: number; at: number }>();
    if (start < 8 || start + 2 > body.length) return found;
    const count = Math.min(short(start), MOST_ENTRIES);
    for (let i = 0; i < count; i++) {
      const at = start + 2 + i * 12;
      if (at + 12 > body.length) break;
      found.set(short(at), { type: short(at + 2), count: long(at + 4), at: at + 8 });
    }
    return found;
  };
  const number = (of: Entries, tag: number): number => {
    const entry = of.get(tag);
    return entry === undefined ? 0 : long(entry.at);
  };
  const text = (of: Entries, tag: number): string | null => {
    const entry = of.get(tag);
    if (entry?.type !== ASCII) return null;
    const start = entry.count <= 4 ? entry.at : long(entry.at);
    const bytes = body.subarray(start, start + Math.min(entry.count, MOST_TEXT));
    return plain(new TextDecoder().decode(bytes).split('\0')[0] ?? '');
  };
  return { first: long(4), entries, number, text };
}

/** Without control characters and outer spaces; null when nothing is left. */
export function plain(text: string): string | null {
  const left = text.replace(/[\p{Cc}\p{Cf}\ufffd]/gu, ' ').trim();
  return left === '' ? null : left;
}
