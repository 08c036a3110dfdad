// Walks the segments of a JPEG file for its quantisation table: the quality of the last save.

/** Luminance table of ITU-T T.81 annex K.1, whose scaling libjpeg calls quality; only its sum matters here. */
const STANDARD_SUM = 3688;

/**
 * Quality 1…100 of the last save by the mean of the luminance table; null when there is no table.
 * Programs with tables of their own (Photoshop) come out near the libjpeg quality of like loss.
 */
export function lastSaveQuality(bytes: Uint8Array): number | null {
  const table = luminanceSum(bytes);
  if (table === null) return null;
  const percent = (table / STANDARD_SUM) * 100;
  const quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
  return Math.min(100, Math.max(1, Math.round(quality)));
}

function luminanceSum(bytes: Uint8Array): number | null {
  let at = 2;
  let found: number | null = null;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) return found;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (length < 2) return found;
    if (marker === 0xdb) found = sumOfTableZero(bytes.subarray(at + 4, at + 2 + length)) ?? found;
    at += 2 + length;
  }
  return found;
}

/** One DQT segment may hold several tables, of 8 or 16 bits. */
function sumOfTableZero(segment: Uint8Array): number | null {
  let at = 0;
  while (at < segment.length) {
    const head = segment[at]!;
    const wide = head >> 4 !== 0;
    const size = wide ? 128 : 64;
    const table = segment.subarray(at + 1, at + 1 + size);
    if (table.length < size) return null;
    if ((head & 15) === 0) {
      let sum = 0;
      for (let i = 0; i < size; i += 1) sum += wide && i % 2 === 0 ? table[i]! * 256 : table[i]!;
      return sum;
    }
    at += 1 + size;
  }
  return null;
}
