// Where value and limits stand on the little scale of a measure; pure, in shares 0…1 of its width.
import type { Range } from '../../../../shared/central/measures.ts';

export interface Gauge {
  /** The norm, and what is still tolerated around it. */
  readonly agrees: readonly [from: number, to: number];
  readonly tolerated: readonly [from: number, to: number];
  readonly value: number;
}

/** Room beside the outermost mark, as a share of all that is shown. */
const PAD = 0.18;

/** Null when there is nothing to draw: no value, or no limit at all. */
export function gaugeOf(value: number | null, agrees: Range, tolerated: Range): Gauge | null {
  const borders = [agrees.min, agrees.max, tolerated.min, tolerated.max].filter(
    (border): border is number => border !== null,
  );
  if (value === null || borders.length === 0) return null;
  const marks = [...borders, value];
  const low = Math.min(...marks);
  const high = Math.max(...marks);
  const span = high - low || Math.abs(high) || 1;
  // What cannot be negative gets no room below zero.
  const from = low >= 0 ? Math.max(0, low - span * PAD) : low - span * PAD;
  const to = high + span * PAD;
  const place = (mark: number): number => (mark - from) / (to - from);
  const zone = ({ min, max }: Range): readonly [number, number] => [
    min === null ? 0 : place(min),
    max === null ? 1 : place(max),
  ];
  return { agrees: zone(agrees), tolerated: zone(tolerated), value: place(value) };
}
