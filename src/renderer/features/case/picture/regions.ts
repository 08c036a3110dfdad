// Which places of a picture a measure speaks of: one table, and the outlines from the geometry found.
import type { CheckRow } from '../../../../shared/contract/case.ts';
import type {
  Box,
  Point,
  PortraitGeometry,
  REGIONS,
  SignatureGeometry,
} from '../../../../shared/contract/measured.ts';

type Code = CheckRow['code'];
type Region = (typeof REGIONS)[number];
type SignaturePlace = keyof SignatureGeometry;

/** 'frame' = the measure speaks of the whole picture. */
export type Place =
  | { readonly picture: 'photo'; readonly at: 'frame' | readonly Region[] }
  | { readonly picture: 'signature'; readonly at: 'frame' | SignaturePlace };

const photo = (...regions: Region[]): Place => ({ picture: 'photo', at: regions });
const PHOTO: Place = { picture: 'photo', at: 'frame' };
const signature = (at: SignaturePlace): Place => ({ picture: 'signature', at });
const PAPER: Place = { picture: 'signature', at: 'frame' };

const PLACES: Partial<Record<Code, Place>> = {
  'photo-measured': PHOTO,
  faces: photo('head'),
  'inter-eye-distance': photo('right-eye', 'left-eye'),
  'head-height': photo('head'),
  'head-roll': photo('head'),
  'head-yaw': photo('face'),
  'head-pitch': photo('face'),
  'eyes-open': photo('right-eye', 'left-eye'),
  'mouth-closed': photo('mouth'),
  smile: photo('mouth'),
  sharpness: photo('face'),
  compression: PHOTO,
  'under-exposure': photo('face'),
  'over-exposure': photo('face'),
  'dynamic-range': photo('face'),
  'light-evenness': photo('cheeks'),
  'background-evenness': photo('background'),
  'background-light': photo('background'),
  'background-colour': photo('background'),
  colour: PHOTO,
  'colour-cast': photo('cheeks'),
  'face-covered': photo('face'),
  'picture-ratio': PHOTO,
  'same-person': photo('face'),
  'same-as-earlier': photo('face'),
  'signature-measured': PAPER,
  'ink-share': signature('ink'),
  'ink-separation': signature('ink'),
  'ink-width': signature('ink'),
  'ink-height': signature('ink'),
  'ink-at-border': signature('cuts'),
  'ruled-lines': signature('lines'),
  'signature-groups': signature('groups'),
  'ink-contrast': signature('ink'),
  'ink-edge': signature('ink'),
  'paper-light': PAPER,
  'paper-evenness': PAPER,
  moire: PAPER,
  'ink-redness': signature('ink'),
  'print-likeness': signature('ink'),
};

/** Where a row of the checks is lit, or null for a row that speaks of no picture. */
export const placeOf = (code: Code | null): Place | null =>
  code === null ? null : (PLACES[code] ?? null);

/** True for measures that speak of two pictures; both are lit. */
export const speaksOfBoth = (code: Code | null): boolean =>
  code === 'same-person' || code === 'same-as-earlier';

const FRAME: readonly Point[] = corners({ x: 0, y: 0, w: 1, h: 1 });

export function corners({ x, y, w, h }: Box): readonly Point[] {
  return [
    { x, y },
    { x: x + w, y },
    { x: x + w, y: y + h },
    { x, y: y + h },
  ];
}

/** Closed outlines in fractions of the photo; without geometry the whole picture; [] = not this picture. */
export function photoOutlines(
  code: Code | null,
  geometry: PortraitGeometry | null,
): readonly (readonly Point[])[] {
  const place = placeOf(code);
  if (place?.picture !== 'photo') return [];
  if (place.at === 'frame' || geometry === null) return [FRAME];
  const found = place.at.flatMap((region) => geometry.regions[region] ?? []);
  if (found.length > 0) return found;
  return place.at.includes('background') ? [FRAME] : [corners(geometry.head)];
}

/** The same for the signature; a list found empty lights the ink, so that something is always shown. */
export function signatureOutlines(
  code: Code | null,
  geometry: SignatureGeometry | null,
): readonly (readonly Point[])[] {
  const place = placeOf(code);
  if (place?.picture !== 'signature') return [];
  if (place.at === 'frame' || geometry === null) return [FRAME];
  const found = place.at === 'ink' ? [geometry.ink] : geometry[place.at];
  return (found.length > 0 ? found : [geometry.ink]).map(corners);
}

/** The smallest box around outlines, inside the picture; null when there are none. */
export function boxAround(outlines: readonly (readonly Point[])[]): Box | null {
  const points = outlines.flat();
  if (points.length === 0) return null;
  const xs = points.map((point) => within(point.x));
  const ys = points.map((point) => within(point.y));
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

/** Box of the place a finding speaks of, a first mark for the officer to confirm; null = nothing to mark. */
export function firstMark(
  code: Code,
  found: { readonly photo: PortraitGeometry | null; readonly signature: SignatureGeometry | null },
): ({ readonly picture: 'photo' | 'signature' } & Box) | null {
  const place = placeOf(code);
  if (place === null) return null;
  const outlines =
    place.picture === 'photo'
      ? found.photo && photoOutlines(code, found.photo)
      : found.signature && signatureOutlines(code, found.signature);
  const box = outlines === null ? null : boxAround(outlines);
  return box === null ? null : { picture: place.picture, ...box };
}

/** SVG path of outlines on a sheet of `width` × `height` units. */
export const pathOf = (
  outlines: readonly (readonly Point[])[],
  width: number,
  height: number,
): string =>
  outlines
    .map(
      (outline) =>
        `M${outline.map(({ x, y }) => `${(x * width).toFixed(1)} ${(y * height).toFixed(1)}`).join('L')}Z`,
    )
    .join('');

const within = (n: number): number => Math.min(1, Math.max(0, n));
