// Ways to look at a picture through a filter of the screen; the file is never changed.
export const VIEWS = ['as-is', 'grey', 'contrast', 'inverse', 'levels'] as const;
export type ViewName = (typeof VIEWS)[number];

/** Black and white points 0…255 and gamma (1 = unchanged, more = lighter middle tones). */
export interface Levels {
  readonly black: number;
  readonly white: number;
  readonly gamma: number;
}
export const NO_LEVELS: Levels = { black: 0, white: 255, gamma: 1 };
export const GAMMA = { min: 0.3, max: 3 } as const;
/** Black and white never meet: at least this many steps stay between them. */
const LEAST_SPAN = 8;

export const LEVELS_FILTER = 'kualik-levels';

/** The next view of the key, round and round. */
export const nextView = (view: ViewName): ViewName =>
  VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length] ?? 'as-is';

export const filterOf = (view: ViewName): string =>
  ({
    'as-is': 'none',
    grey: 'grayscale(1)',
    contrast: 'contrast(1.9)',
    inverse: 'invert(1)',
    levels: `url(#${LEVELS_FILTER})`,
  })[view];

/** Keeps the points in order and inside their scales. */
export function withLevel(levels: Levels, change: Partial<Levels>): Levels {
  const next = { ...levels, ...change };
  const black = between(next.black, 0, 255 - LEAST_SPAN);
  const white = between(next.white, LEAST_SPAN, 255);
  const gamma = between(next.gamma, GAMMA.min, GAMMA.max);
  if (white - black >= LEAST_SPAN) return { black, white, gamma };
  return change.black === undefined
    ? { black, white: black + LEAST_SPAN, gamma }
    : { black: white - LEAST_SPAN, white, gamma };
}

/** Coefficients of the two SVG transfer functions: first the linear stretch, then the gamma. */
export function transferOf({ black, white, gamma }: Levels): {
  readonly slope: number;
  readonly intercept: number;
  readonly exponent: number;
} {
  const span = white - black;
  // Adding 0 turns −0 into 0.
  return { slope: 255 / span, intercept: -black / span + 0, exponent: 1 / gamma };
}

const between = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
