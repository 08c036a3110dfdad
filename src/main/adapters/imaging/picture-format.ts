// What the first and last bytes say a picture is: format by signature, end of the stream, animation.

export interface SniffedPicture {
  readonly mime: 'image/jpeg' | 'image/png';
  /** Offset just behind the picture's own end mark; null when there is none (cut off). */
  readonly end: number | null;
  readonly animated: boolean;
  /** Pixels as the header says, before anything is decoded. */
  readonly width: number;
  readonly height: number;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** null when the bytes are neither JPEG nor PNG, or their header cannot be read. */
export function sniffPicture(bytes: Uint8Array): SniffedPicture | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return sniffJpeg(bytes, view);
  if (PNG.every((byte, i) => bytes[i] === byte)) return sniffPng(bytes, view);
  return null;
}

/** Frame headers (SOF0–SOF15 without DHT, JPG, DAC) carry the size. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function sniffJpeg(bytes: Uint8Array, view: DataView): SniffedPicture | null {
  let at = 2;
  let size: { width: number; height: number } | null = null;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker) && at + 9 <= bytes.length)
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const next = at + 2 + view.getUint16(at + 2);
    if (marker === 0xda) {
      if (size === null) return null;
      return { mime: 'image/jpeg', end: jpegEnd(bytes, next), animated: false, ...size };
    }
    at = next;
  }
  return size === null ? null : { mime: 'image/jpeg', end: null, animated: false, ...size };
}

/**
 * Walks scan data and the segments between the scans of a progressive picture. Inside scan data FF is
 * followed by 00 or a restart mark; tables between scans are stepped over, so their bytes end nothing.
 */
function jpegEnd(bytes: Uint8Array, from: number): number | null {
  let at = from;
  while (at + 1 < bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0xff) at += 1;
    else if (marker === 0xd9) return at + 2;
    else if (marker === 0x00 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
  }
  return null;
}

function sniffPng(bytes: Uint8Array, view: DataView): SniffedPicture | null {
  if (bytes.length < 33) return null;
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  let animated = false;
  let at = 8;
  while (at + 12 <= bytes.length) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'acTL') animated = true;
    at += 12 + view.getUint32(at);
    if (type === 'IEND') return { mime: 'image/png', end: at, animated, ...size };
  }
  return { mime: 'image/png', end: null, animated, ...size };
}
