// Writes a plain PNG: RGB of 8 bits in sRGB with its print density; for small pictures quicker than a codec.
import { deflateSync } from 'node:zlib';
import type { Raster } from './raster.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const INCH = 0.0254;
/** Filter 1 of the PNG standard: each byte less the one a pixel before. */
const SUB = 1;

/** Lossless. `dpi` goes into the pHYs chunk. */
export function writePng({ data, width, height }: Raster, dpi: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB
  const density = Buffer.alloc(9);
  density.writeUInt32BE(Math.round(dpi / INCH), 0);
  density.writeUInt32BE(Math.round(dpi / INCH), 4);
  density[8] = 1; // per metre
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('sRGB', Buffer.from([0])),
    chunk('pHYs', density),
    chunk('IDAT', deflateSync(filtered(data, width, height), { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function filtered(data: Uint8Array, width: number, height: number): Uint8Array {
  const row = width * 3;
  const made = new Uint8Array((row + 1) * height);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    made[to++] = SUB;
    for (let x = 0; x < row; x++, from++, to++)
      made[to] = x < 3 ? data[from]! : data[from]! - data[from - 3]!;
  }
  return made;
}

function chunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** As zlib.crc32, which this Node does not have yet. */
function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
