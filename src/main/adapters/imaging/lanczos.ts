// Reduces a part of a raster with the Lanczos filter of three lobes; first along the rows, then along the columns.
import type { Raster } from './raster.ts';

const LOBES = 3;

/** In px of the source; need not be whole. */
export interface Cut {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The cut as `width` × `height` px. Meant for reducing; pixels beyond the raster repeat its edge. */
export function lanczos(source: Raster, cut: Cut, width: number, height: number): Raster {
  const columns = tapsOf(cut.x, cut.width, width, source.width);
  const rows = tapsOf(cut.y, cut.height, height, source.height);
  const top = rows.first.reduce((least, one) => Math.min(least, one), Infinity);
  const bottom = rows.first.reduce((most, one) => Math.max(most, one + rows.count), 0);
  const narrow = alongRows(source, columns, width, top, bottom);
  const data = new Uint8Array(width * height * 3);
  const stride = width * 3;
  const sums = new Float32Array(stride);
  for (let y = 0; y < height; y++) {
    sums.fill(0.5);
    // Two rows at a time: the sums are read and written half as often.
    const weights = y * rows.count;
    for (let k = 0, from = (rows.first[y]! - top) * stride; k < rows.count; k += 2) {
      const near = rows.weights[weights + k]!;
      const far = k + 1 < rows.count ? rows.weights[weights + k + 1]! : 0;
      const next = far === 0 ? from : from + stride; // a row of no weight may not be there
      for (let x = 0; x < stride; x++)
        sums[x]! += narrow[from + x]! * near + narrow[next + x]! * far;
      from += 2 * stride;
    }
    const to = y * stride;
    for (let x = 0; x < stride; x++) {
      const value = sums[x]!;
      data[to + x] = value <= 0 ? 0 : value >= 255 ? 255 : value;
    }
  }
  return { data, width, height };
}

function alongRows(source: Raster, taps: Taps, width: number, top: number, bottom: number) {
  const { data } = source;
  const narrow = new Float32Array((bottom - top) * width * 3);
  for (let y = top, to = 0; y < bottom; y++) {
    const row = y * source.width * 3;
    for (let x = 0; x < width; x++, to += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let k = 0, at = row + taps.first[x]! * 3; k < taps.count; k++, at += 3) {
        const weight = taps.weights[x * taps.count + k]!;
        red += data[at]! * weight;
        green += data[at + 1]! * weight;
        blue += data[at + 2]! * weight;
      }
      narrow[to] = red;
      narrow[to + 1] = green;
      narrow[to + 2] = blue;
    }
  }
  return narrow;
}

interface Taps {
  readonly count: number;
  /** First source pixel of each made pixel. */
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

/** Weights of the source pixels of each made pixel; those beyond the edge are laid on the edge pixel. */
function tapsOf(from: number, size: number, made: number, limit: number): Taps {
  const step = size / made;
  const wide = Math.max(1, step);
  const count = Math.min(limit, Math.floor(LOBES * wide * 2) + 1);
  const first = new Int32Array(made);
  const weights = new Float32Array(made * count);
  for (let i = 0; i < made; i++) {
    const middle = from + (i + 0.5) * step - 0.5;
    const begin = Math.ceil(middle - LOBES * wide);
    const start = Math.max(0, Math.min(limit - count, begin));
    first[i] = start;
    let total = 0;
    for (let at = begin; at <= middle + LOBES * wide; at++) {
      const weight = kernel((at - middle) / wide);
      const place = Math.max(0, Math.min(count - 1, at - start));
      weights[i * count + place]! += weight;
      total += weight;
    }
    for (let k = 0; k < count; k++) weights[i * count + k]! /= total;
  }
  return { count, first, weights };
}

function kernel(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const t = Math.PI * x;
  return (LOBES * Math.sin(t) * Math.sin(t / LOBES)) / (t * t);
}
