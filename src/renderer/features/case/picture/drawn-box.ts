// Boxes drawn on a picture: from a drag, moved and sized by keys; pure, in fractions 0…1 of the picture.
import type { Box, Point } from '../../../../shared/contract/measured.ts';

/** A side shorter than this is a slip of the hand, not a box. */
export const LEAST_SIDE = 0.01;
const START: Box = { x: 0.35, y: 0.35, w: 0.3, h: 0.3 };
const STEP = 0.01;

const within = (n: number): number => Math.min(1, Math.max(0, n));

/** The box between two corners, cut to the picture. */
export function boxBetween(a: Point, b: Point): Box {
  const x = Math.min(within(a.x), within(b.x));
  const y = Math.min(within(a.y), within(b.y));
  return {
    x,
    y,
    w: Math.max(within(a.x), within(b.x)) - x,
    h: Math.max(within(a.y), within(b.y)) - y,
  };
}

export const bigEnough = (box: Box): boolean => box.w >= LEAST_SIDE && box.h >= LEAST_SIDE;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * The box after an arrow key: moved, or with `sizing` grown and shrunk at its right and lower side.
 * The first arrow puts a box in the middle; another key gives null.
 */
export function boxByKey(box: Box | null, code: string, sizing: boolean): Box | null {
  const way = ARROWS[code];
  if (way === undefined) return null;
  if (box === null) return START;
  if (sizing) {
    return {
      ...box,
      w: between(box.w + way.x * STEP, LEAST_SIDE, 1 - box.x),
      h: between(box.h + way.y * STEP, LEAST_SIDE, 1 - box.y),
    };
  }
  return {
    ...box,
    x: between(box.x + way.x * STEP, 0, 1 - box.w),
    y: between(box.y + way.y * STEP, 0, 1 - box.h),
  };
}

const between = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
