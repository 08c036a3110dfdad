// Hints of print beside or instead of a hand: rows of parts alike, or the ring of a stamp.
import type { Part } from './components.ts';
import { medianOf } from './flatten.ts';

const LEAST_PARTS = 8;
/** A hand joins its letters: print leaves no part with more of the ink than this. */
const LARGEST = 0.35;
/** Parts on a ring lie this near to it, by its radius. */
const RING_WIDTH = 0.08;

/**
 * 1 when at least eight parts of like height form lines of text, or lie evenly on one ring as letters and
 * marks of a stamp do; a hint only, since neat hands print too.
 */
export function printLikeness(parts: readonly Part[]): 0 | 1 {
  const letters = parts.filter((part) => part.y1 - part.y0 > 3);
  if (letters.length < LEAST_PARTS) return 0;
  const ink = parts.reduce((sum, part) => sum + part.area, 0);
  const heights = letters.map((part) => part.y1 - part.y0 + 1);
  const usual = medianOf(heights);
  const alike = letters.filter((_, i) => near(heights[i] ?? 0, usual));
  const largest = Math.max(...parts.map((part) => part.area)) / ink;
  const isText = alike.length > 0.6 * letters.length && largest < LARGEST && inRows(alike, usual);
  return isText || onRing(letters) ? 1 : 0;
}

const near = (height: number, usual: number): boolean =>
  height > usual * 0.6 && height < usual * 1.7;

/** Half of the parts share their row with at least three others, foot by foot. */
function inRows(parts: readonly Part[], height: number): boolean {
  const reach = height * 0.45;
  const inRow = parts.filter(
    (part) => parts.filter((other) => Math.abs(other.y1 - part.y1) <= reach).length >= 4,
  );
  return inRow.length >= parts.length / 2;
}

/** Ten parts alike in area around one centre, on at least two thirds of the ring. */
function onRing(parts: readonly Part[]): boolean {
  const usual = medianOf(parts.map((part) => part.area));
  const marks = parts
    .filter((part) => part.area > usual * 0.5 && part.area < usual * 2)
    .map((part) => ({ x: (part.x0 + part.x1) / 2, y: (part.y0 + part.y1) / 2 }));
  if (marks.length < 10) return false;
  const [x, y] = [medianEnds(marks.map((m) => m.x)), medianEnds(marks.map((m) => m.y))];
  const radii = marks.map((m) => Math.hypot(m.x - x, m.y - y));
  const radius = medianOf(radii);
  const ring = marks.filter((_, i) => Math.abs((radii[i] ?? 0) - radius) <= radius * RING_WIDTH);
  const sectors = new Set(
    ring.map((m) => Math.floor(((Math.atan2(m.y - y, m.x - x) + Math.PI) / (2 * Math.PI)) * 11.99)),
  );
  return ring.length >= 10 && ring.length >= marks.length * 0.7 && sectors.size >= 8;
}

/** Middle between the ends: the centre of a ring when marks stand all around it. */
const medianEnds = (values: readonly number[]): number =>
  (Math.min(...values) + Math.max(...values)) / 2;
