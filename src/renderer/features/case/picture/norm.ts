// The 35 × 45 mm norm as lines over the photo: aids for the eye, not a measurement.

/** Sizes in millimetres of the printed picture; head = chin to crown. */
export const NORM = {
  width: 35,
  height: 45,
  headMin: 32,
  headMax: 36,
  /** Eyes lie a little above the middle of the head. */
  eyesFromChin: 0.52,
  chinDefault: 40,
} as const;

export interface GuideLines {
  /** All in fractions of the picture's height, from its top. */
  readonly chin: number;
  readonly crownHigh: number;
  readonly crownLow: number;
  readonly eyes: number;
}

/** `chinMm`: where the officer put the chin line, from the top edge; kept inside the picture. */
export function guideLines(chinMm: number): GuideLines {
  const chin = clampChin(chinMm);
  const middleHead = (NORM.headMin + NORM.headMax) / 2;
  return {
    chin: chin / NORM.height,
    crownHigh: Math.max(0, chin - NORM.headMax) / NORM.height,
    crownLow: (chin - NORM.headMin) / NORM.height,
    eyes: (chin - middleHead * NORM.eyesFromChin) / NORM.height,
  };
}

export const clampChin = (chinMm: number): number =>
  Math.min(NORM.height - 1, Math.max(NORM.headMin + 1, chinMm));
