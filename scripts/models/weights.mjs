// Reads the weights of a TensorFlow.js model: manifest and binary parts to named arrays.
import fs from 'node:fs';
import path from 'node:path';

const WIDTH = { float32: 4, int32: 4, float16: 2, uint8: 1, uint16: 2 };

/**
 * `groups`: a weights manifest; `folder`: where its parts lie.
 * Returns Map of name → {dims, values}; float16 and quantised weights are widened (v · scale + min).
 */
export function readWeights(groups, folder) {
  const found = new Map();
  for (const { paths, weights } of groups) {
    const parts = Buffer.concat(paths.map((name) => fs.readFileSync(path.join(folder, name))));
    let at = 0;
    for (const { name, shape, dtype, quantization } of weights) {
      const count = shape.reduce((product, n) => product * n, 1);
      const stored = quantization?.dtype ?? dtype;
      const end = at + count * WIDTH[stored];
      found.set(name, {
        dims: shape,
        values: decode(parts.subarray(at, end), stored, quantization),
      });
      at = end;
    }
    if (at !== parts.length)
      throw new Error(`${paths.join()}: ${parts.length - at} bytes left over`);
  }
  return found;
}

function decode(bytes, stored, quantization) {
  // A copy of its own: typed arrays need aligned offsets.
  const { buffer } = Uint8Array.from(bytes);
  if (stored === 'float32') return new Float32Array(buffer);
  if (stored === 'int32') return new Int32Array(buffer);
  if (stored === 'float16') return Float32Array.from(new Uint16Array(buffer), half);
  const { scale, min } = quantization;
  const levels = stored === 'uint8' ? new Uint8Array(buffer) : new Uint16Array(buffer);
  return Float32Array.from(levels, (level) => level * scale + min);
}

/** IEEE 754 binary16 to a number. */
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
