// Pictures that mean harm or were cut on the way, made of real bytes.
import { crc32, deflateSync } from 'node:zlib';

const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A PNG whose header promises width × height of grey and whose data is `data`, packed. */
function png(width: number, height: number, data: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    PNG_START,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(data, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** 40 megapixels promised by the header of a file of a few bytes. */
export const hugePng = (): Buffer => png(8000, 5000, Buffer.alloc(64));

/** A whole and harmless PNG, for a place where something else was announced. */
export const plainPng = (): Buffer => png(100, 100, Buffer.alloc(101 * 100));

/** Below the limit of pixels, a few kilobytes as a file, 19 megabytes when unpacked, and then cut. */
export const bombPng = (): Buffer => png(4400, 4400, Buffer.alloc(4401 * 2200));

/** A whole picture with an archive behind it. */
export const polyglot = (jpeg: Buffer): Buffer => {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  return Buffer.concat([jpeg, Buffer.from('PK\x03\x04'), Buffer.alloc(200, 0x41), end]);
};

export const truncated = (jpeg: Buffer): Buffer => jpeg.subarray(0, Math.floor(jpeg.length / 2));

/** A page that calls itself a picture. */
export const page = (): Buffer =>
  Buffer.from('<html><script>alert(1)</script></html>'.padEnd(4000, ' '));
