// Where the 35 × 45 mm card portrait lies in a photo, and how tall the head comes out on it. Pure geometry.

/** The printed portrait: millimetres and pixels at 300 dpi; head = chin to crown (ICAO 9303, ISO 19794-5). */
export const CARD = {
  widthMm: 35,
  heightMm: 45,
  widthPx: 413,
  heightPx: 531,
  headMm: 34,
  headMinMm: 32,
  headMaxMm: 36,
  /** Eye line from the top, as a share of the height. */
  eyeLine: 0.46,
} as const;

/** A photo this near to 35:45 is printed whole; another is cut. */
const SHAPE_TOLERANCE = 0.02;

export interface FacePoints {
  readonly rightPupil: { readonly x: number; readonly y: number };
  readonly leftPupil: { readonly x: number; readonly y: number };
  readonly crown: { readonly x: number; readonly y: number };
  readonly chin: { readonly x: number; readonly y: number };
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of 35:45 in fractions 0…1 of the photo; never turned, never beyond the photo's edge. */
export interface CardFrame {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface CardFit {
  readonly frame: CardFrame;
  /** Head height on the printed portrait, mm. */
  readonly headMm: number;
  /** Eye line from the top of the printed portrait, share of its height. */
  readonly eyeLine: number;
  /** Source pixels across the frame; under 413 the portrait would have to be enlarged, which is never done. */
  readonly widthPx: number;
  /** The photo has the card's own shape and is printed whole. */
  readonly whole: boolean;
}

/**
 * Fits the card into a photo. `points` in fractions 0…1 of the photo, `size` in px.
 * The head becomes 34 mm with the eyes at 0.46 of the height as far as the photo's edges allow.
 */
export function fitCard(
  points: FacePoints,
  size: Pixels,
  { always = false }: { readonly always?: boolean } = {},
): CardFit {
  const { width, height } = size;
  const eyeX = ((points.rightPupil.x + points.leftPupil.x) / 2) * width;
  const eyeY = ((points.rightPupil.y + points.leftPupil.y) / 2) * height;
  const headPx = Math.hypot(
    (points.chin.x - points.crown.x) * width,
    (points.chin.y - points.crown.y) * height,
  );
  const shape = CARD.widthMm / CARD.heightMm;
  const whole = !always && Math.abs(width / height / shape - 1) <= SHAPE_TOLERANCE;
  const wished = (headPx / CARD.headMm) * CARD.heightMm;
  const h = whole ? height : Math.min(wished, height, width / shape);
  const w = whole ? width : h * shape;
  const x = whole ? 0 : between(eyeX - w / 2, 0, width - w);
  const y = whole ? 0 : between(eyeY - CARD.eyeLine * h, 0, height - h);
  return {
    frame: { x: x / width, y: y / height, w: w / width, h: h / height },
    headMm: (headPx / h) * CARD.heightMm,
    eyeLine: (eyeY - y) / h,
    widthPx: w,
    whole,
  };
}

const between = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
