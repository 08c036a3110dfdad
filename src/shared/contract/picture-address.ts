// Addresses of pictures in the window: case-image://picture/<sha256>, and what is rendered from a picture.
import type { CardFrame } from '../kernel/card-frame.ts';
import { RENDERINGS, type Rendering } from './measured.ts';

/** A picture as it came, or one made from it for looking at. */
export type PictureRequest =
  | { readonly what: 'picture'; readonly sha256: string }
  | { readonly what: 'card'; readonly sha256: string; readonly frame: CardFrame }
  | { readonly what: Exclude<Rendering, 'card'>; readonly sha256: string };

const EDGES = ['x', 'y', 'w', 'h'] as const;
/** Frames are rounded to this many places: a drag of less than a pixel asks for nothing new. */
const PLACES = 5;

/** The address of a picture or a rendering; frames in fractions 0…1 of the photo as shown. */
export function pictureAddress(request: PictureRequest): string {
  const address = `case-image://${request.what}/${request.sha256}`;
  if (request.what !== 'card') return address;
  const { frame } = request;
  return `${address}?${EDGES.map((edge) => `${edge}=${frame[edge].toFixed(PLACES)}`).join('&')}`;
}

/** What an address asks for; null for anything that `pictureAddress` would not write. */
export function parsePictureAddress(address: string): PictureRequest | null {
  const found = /^case-image:\/\/([a-z-]{1,20})\/([0-9a-f]{64})(?:\?([xywh=.\d&]{1,80}))?$/.exec(
    address,
  );
  const [, what, sha256, query] = found ?? [];
  if (what === undefined || sha256 === undefined) return null;
  if (what === 'card') {
    const frame = parseFrame(query ?? '');
    return frame && { what, sha256, frame };
  }
  if (query !== undefined) return null;
  if (what === 'picture') return { what, sha256 };
  const rendering = RENDERINGS.find((one) => one === what);
  return rendering === undefined || rendering === 'card' ? null : { what: rendering, sha256 };
}

function parseFrame(query: string): CardFrame | null {
  const found = /^x=(\d(?:\.\d+)?)&y=(\d(?:\.\d+)?)&w=(\d(?:\.\d+)?)&h=(\d(?:\.\d+)?)$/.exec(query);
  if (found === null) return null;
  const [x, y, w, h] = found.slice(1).map(Number) as [number, number, number, number];
  // Rounding may carry an edge a hair beyond the photo.
  const hair = 2 * 10 ** -PLACES;
  const inside = x + w <= 1 + hair && y + h <= 1 + hair;
  return inside && w > 0 && h > 0 ? { x, y, w: Math.min(w, 1 - x), h: Math.min(h, 1 - y) } : null;
}
