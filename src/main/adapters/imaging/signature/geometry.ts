// Where the ink, its cuts, the lines and the groups are, in fractions of the picture.
import type { Box, SignatureGeometry } from '../../../../shared/contract/measured.ts';
import type { InkAnalysis } from './analyse.ts';
import { around, signatureGroups } from './groups.ts';
import type { RuledLine } from './lines.ts';

/** A box on the border is at least this share of the short side deep, so that it can be seen. */
const CUT_DEPTH = 0.02;

/** Null when there is no ink. */
export function signatureGeometryOf(ink: InkAnalysis): SignatureGeometry | null {
  const { strokes, lines, flat } = ink;
  const { width, height } = flat;
  const whole = around(strokes.parts);
  if (whole === null) return null;
  const fractions = (x0: number, y0: number, x1: number, y1: number): Box => ({
    x: x0 / width,
    y: y0 / height,
    w: (x1 - x0) / width,
    h: (y1 - y0) / height,
  });
  return {
    ink: fractions(whole.x0, whole.y0, whole.x1 + 1, whole.y1 + 1),
    cuts: cutsOf(cutPlaces(ink), width, height, fractions),
    lines: lines.slice(0, 40).map((line) => lineBox(line, fractions, width, height)),
    groups: signatureGroups(strokes.parts)
      .slice(0, 20)
      .map((group) => fractions(group.x0, group.y0, group.x1 + 1, group.y1 + 1)),
  };
}

function lineBox(
  line: RuledLine,
  fractions: (x0: number, y0: number, x1: number, y1: number) => Box,
  width: number,
  height: number,
): Box {
  const side = line.across ? height : width;
  const ends = [line.at + line.slope * line.from, line.at + line.slope * line.to];
  const low = Math.max(0, Math.min(...ends) - 1);
  const high = Math.min(side, Math.max(...ends) + 2);
  return line.across
    ? fractions(line.from, low, line.to, high)
    : fractions(low, line.from, high, line.to);
}

/** Places where strokes meet the border; what is left of ruled lines there is no stroke. */
export function cutPlaces({ strokes, lines, flat }: InkAnalysis): number[] {
  const { width, height } = flat;
  const reach = Math.max(3, Math.max(width, height) / 130);
  return borderInk(strokes.mask, width, height).filter((place) => {
    const [x, y] = pointAt(place, width, height);
    return !lines.some((line) => {
      const [along, off] = line.across ? [x, y] : [y, x];
      return Math.abs(off - line.at - line.slope * along) <= reach;
    });
  });
}

function pointAt(place: number, width: number, height: number): [number, number] {
  const side = sideOf(place, width, height);
  if (side === 0) return [place, 0];
  if (side === 1) return [width - 1, place - width];
  return side === 2
    ? [2 * width + height - 1 - place, height - 1]
    : [0, 2 * width + 2 * height - 1 - place];
}

/** Places of ink along the border, clockwise from the top left: 0 … 2 × (width + height). */
function borderInk(mask: Uint8Array, width: number, height: number): number[] {
  const found: number[] = [];
  for (let x = 0; x < width; x++) if (mask[x]) found.push(x);
  for (let y = 1; y < height; y++) if (mask[y * width + width - 1]) found.push(width + y);
  if (height > 1)
    for (let x = width - 2; x >= 0; x--)
      if (mask[(height - 1) * width + x]) found.push(2 * width + height - 1 - x);
  if (width > 1)
    for (let y = height - 2; y > 0; y--)
      if (mask[y * width]) found.push(2 * width + 2 * height - 1 - y);
  return found;
}

function cutsOf(
  places: readonly number[],
  width: number,
  height: number,
  fractions: (x0: number, y0: number, x1: number, y1: number) => Box,
): Box[] {
  const depth = Math.max(1, Math.min(width, height) * CUT_DEPTH);
  const runs: { from: number; to: number }[] = [];
  for (const at of places) {
    const last = runs.at(-1);
    if (last && at - last.to <= 2 && sideOf(at, width, height) === sideOf(last.to, width, height))
      last.to = at;
    else runs.push({ from: at, to: at });
  }
  return runs.slice(0, 40).map(({ from, to }) => {
    const side = sideOf(from, width, height);
    if (side === 0) return fractions(from, 0, to + 1, depth);
    if (side === 1) return fractions(width - depth, from - width, width, to + 1 - width);
    if (side === 2) {
      const right = 2 * width + height - from;
      return fractions(2 * width + height - 1 - to, height - depth, right, height);
    }
    const low = 2 * width + 2 * height - from;
    return fractions(0, 2 * width + 2 * height - 1 - to, depth, low);
  });
}

/** 0 top, 1 right, 2 bottom, 3 left. */
const sideOf = (at: number, width: number, height: number): number =>
  at < width ? 0 : at < width + height ? 1 : at < 2 * width + height ? 2 : 3;
