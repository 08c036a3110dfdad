// Pictures that decoders stumble over, made from one good picture; and bare bytes of PNG and JPEG parts.
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}

/** One chunk of a PNG, with its length and sum. */
export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

/** A PNG whose header promises width × height of RGB; `data` is its only deflate stream. */
export function pngOf(width: number, height: number, data: Buffer, ...extra: Buffer[]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...extra,
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Puts segments of a JPEG right behind its start mark. */
function withSegments(jpeg: Buffer, marker: number, bodies: readonly Buffer[]): Buffer {
  const segments = bodies.flatMap((body) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return [head, body];
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

const noise = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, i) => (i * 7919 + (i >> 3)) % 251));

/** TIFF whose first directory claims 65535 entries that point everywhere, itself included. */
function looseExif(length: number): Buffer {
  const body = noise(length);
  body.set(Buffer.from('Exif\0\0II*\0\x08\0\0\0\xff\xff', 'latin1'));
  return body;
}

export interface HostilePicture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mime: string;
  /** What the look at it must say. */
  readonly verdict: string;
}

/** `good`: a picture of 400 × 300 px with something on it, as PNG. */
export async function hostilePictures(good: Buffer): Promise<HostilePicture[]> {
  const jpeg = await sharp(good).jpeg({ quality: 90 }).toBuffer();
  const rgb = await sharp(good).removeAlpha().raw().toBuffer();
  const noEnd = jpeg.subarray(0, Math.floor(jpeg.length * 0.6));
  const of = (name: string, bytes: Uint8Array, verdict: string, mime = 'image/jpeg') => ({
    name,
    bytes,
    mime,
    verdict,
  });
  const inPng = (name: string, bytes: Uint8Array, verdict: string) =>
    of(name, bytes, verdict, 'image/png');
  return [
    of('nothing', new Uint8Array(), 'not-an-image'),
    of('a page', Buffer.from('<html><script>alert(1)</script>'), 'not-an-image'),
    of('a GIF', await sharp(good).gif().toBuffer(), 'not-an-image'),
    of('a WebP', await sharp(good).webp().toBuffer(), 'not-an-image'),
    of('a PNG called JPEG', good, 'type-mismatch'),
    of('a JPEG cut off', noEnd, 'truncated'),
    of('a JPEG cut off and ended', Buffer.concat([noEnd, Buffer.from([0xff, 0xd9])]), 'any'),
    inPng('a PNG cut off', good.subarray(0, good.length - 300), 'truncated'),
    inPng(
      'an animated PNG',
      pngOf(400, 300, deflateSync(Buffer.alloc(300 * 1201)), chunk('acTL', Buffer.alloc(8))),
      'animated',
    ),
    of('an archive behind the end', Buffer.concat([jpeg, noise(400)]), 'trailing-data'),
    of('CMYK', await sharp(good).toColourspace('cmyk').jpeg().toBuffer(), 'ok'),
    of('grey', await sharp(good).greyscale().jpeg().toBuffer(), 'ok'),
    of('progressive', await sharp(good).jpeg({ progressive: true }).toBuffer(), 'ok'),
    inPng('16 bit', await sharp(good).toColourspace('rgb16').png().toBuffer(), 'ok'),
    inPng('palette', await sharp(good).png({ palette: true }).toBuffer(), 'ok'),
    inPng('transparency', await sharp(good).ensureAlpha(0.5).png().toBuffer(), 'ok'),
    of(
      'EXIF of 640 KB',
      withSegments(
        jpeg,
        0xe1,
        Array.from({ length: 10 }, () => looseExif(65_000)),
      ),
      'ok',
    ),
    of(
      'a colour profile of noise',
      withSegments(jpeg, 0xe2, [
        Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), noise(3000)]),
      ]),
      'ok',
    ),
    inPng('40 megapixels', pngOf(8000, 5000, deflateSync(Buffer.alloc(10))), 'too-large'),
    inPng('a giant', pngOf(100_000, 100_000, deflateSync(Buffer.alloc(10))), 'too-large'),
    inPng('less data than promised', pngOf(400, 300, deflateSync(rgb.subarray(0, 999))), 'any'),
    inPng('a bomb', pngOf(4000, 4900, deflateSync(Buffer.alloc(200_000_000), { level: 9 })), 'any'),
    inPng('one pixel', await sharp(good).resize(1, 1).png().toBuffer(), 'ok'),
    inPng('a thread', await sharp(good).resize(4000, 1, { fit: 'fill' }).png().toBuffer(), 'ok'),
  ];
}
