// Takes ruled lines out of an ink mask, so that the box, the cuts and the parts speak of the signature alone.
import type { RuledLine } from './lines.ts';

/** Clears the lines from an ink mask; where a stroke crosses, the ink is thicker than the line and stays. */
export function withoutLines(
  ink: Uint8Array,
  width: number,
  height: number,
  lines: readonly RuledLine[],
): void {
  for (const line of lines) {
    const side = line.across ? height : width;
    const next = line.across ? width : 1;
    const along = line.across ? 1 : width;
    const [from, to] = [Math.floor(line.from), Math.ceil(line.to)];
    const spans: [number, number][] = [];
    for (let x = from; x < to; x++) spans.push(spanAt(ink, line, x, side, next, along));
    const thick = spans.map(([a, b]) => b - a).filter((t) => t > 0);
    thick.sort((a, b) => a - b);
    const most = (thick[Math.floor(thick.length * 0.35)] ?? 0) + 2;
    spans.forEach(([a, b], i) => {
      if (b - a > most) return;
      for (let y = a; y < b; y++) ink[y * next + (from + i) * along] = 0;
    });
  }
}

/** The stretch of ink around the line at one place along it; empty when there is none. */
function spanAt(
  ink: Uint8Array,
  line: RuledLine,
  x: number,
  side: number,
  next: number,
  along: number,
): [number, number] {
  const centre = Math.round(line.at + line.slope * x);
  const dark = (y: number): boolean => y >= 0 && y < side && ink[y * next + x * along] === 1;
  let y = centre;
  for (const off of [0, -1, 1, -2, 2])
    if (dark(centre + off)) {
      y = centre + off;
      break;
    }
  if (!dark(y)) return [centre, centre];
  let a = y;
  while (dark(a - 1)) a--;
  let b = y + 1;
  while (dark(b)) b++;
  return [a, b];
}
