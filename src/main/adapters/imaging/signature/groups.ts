// What the parts of the ink form: one signature or several.
import type { Part } from './components.ts';

/** Parts nearer than these shares of the whole ink's height belong together, sideways and up or down. */
const GAP_ACROSS = 0.22;
const GAP_DOWN = 0.065;
/** A group with less of the ink is a dot, a stroke or dust. */
const LEAST_SHARE = 0.15;
/** A group much lower or narrower than the largest is its underline or initial. */
const LEAST_SIDE = 0.3;

/** The box around parts; null of none. */
export function around(parts: readonly Part[]): Part | null {
  return parts.reduce<Part | null>((all, part) => (all === null ? part : union(all, part)), null);
}

const union = (a: Part, b: Part): Part => ({
  x0: Math.min(a.x0, b.x0),
  x1: Math.max(a.x1, b.x1),
  y0: Math.min(a.y0, b.y0),
  y1: Math.max(a.y1, b.y1),
  area: a.area + b.area,
});

/** Groups of parts with free paper between them, each with a fair share of the ink. */
export function signatureGroups(parts: readonly Part[]): Part[] {
  const whole = around(parts);
  if (whole === null) return [];
  const height = whole.y1 - whole.y0;
  const across = Math.max(8, height * GAP_ACROSS);
  const down = Math.max(8, height * GAP_DOWN);
  const near = (a: Part, b: Part): boolean =>
    a.x0 - across <= b.x1 && b.x0 - across <= a.x1 && a.y0 - down <= b.y1 && b.y0 - down <= a.y1;
  const groups = merged(parts, near).sort((a, b) => b.area - a.area);
  const largest = groups[0] ?? whole;
  return groups.filter(
    (group) =>
      group.area >= whole.area * LEAST_SHARE &&
      group.x1 - group.x0 >= (largest.x1 - largest.x0) * LEAST_SIDE &&
      group.y1 - group.y0 >= (largest.y1 - largest.y0) * LEAST_SIDE,
  );
}

/** Joins until no two are near; hundreds of parts at most are worth joining one by one. */
function merged(parts: readonly Part[], near: (a: Part, b: Part) => boolean): Part[] {
  const left = [...parts].sort((a, b) => b.area - a.area).slice(0, 400);
  const done: Part[] = [];
  for (let group = left.shift(); group !== undefined; group = left.shift()) {
    let grew = true;
    while (grew) {
      grew = false;
      for (let i = left.length - 1; i >= 0; i--) {
        const other = left[i] as Part;
        if (!near(group, other)) continue;
        group = union(group, other);
        left.splice(i, 1);
        grew = true;
      }
    }
    done.push(group);
  }
  return done;
}
