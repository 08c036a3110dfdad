// Zoom and pan of the pictures: pure, in fractions of the frame, so that both frames move alike.

/** `x`, `y`: shift of the picture's centre in fractions of the frame's width and height. */
export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE: View = { zoom: 1, x: 0, y: 0 };
export const MAX_ZOOM = 8;
const STEP = 1.25;

const between = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** Keeps the picture from being lost: its edge never passes the frame's edge. */
export function clamp(view: View): View {
  const zoom = between(view.zoom, 1, MAX_ZOOM);
  const limit = (zoom - 1) / 2;
  // Adding 0 turns −0 into 0, so that equal views compare as equal.
  return { zoom, x: between(view.x, -limit, limit) + 0, y: between(view.y, -limit, limit) + 0 };
}

/** Zooms by `factor` and keeps the point (`px`, `py`: fractions from the frame's centre) in its place. */
export function zoomAt(view: View, factor: number, px = 0, py = 0): View {
  const zoom = between(view.zoom * factor, 1, MAX_ZOOM);
  const real = zoom / view.zoom;
  return clamp({ zoom, x: px - (px - view.x) * real, y: py - (py - view.y) * real });
}

export const zoomIn = (view: View): View => zoomAt(view, STEP);
export const zoomOut = (view: View): View => zoomAt(view, 1 / STEP);

/** One notch of the wheel is one step; touch pads send many small ones. */
export const wheelFactor = (deltaY: number): number =>
  Math.pow(STEP, between(-deltaY / 100, -2, 2));

export const pan = (view: View, dx: number, dy: number): View =>
  clamp({ ...view, x: view.x + dx, y: view.y + dy });

/** Where in the picture (fractions 0…1) the frame's point (fractions 0…1) lies. */
export const pictureAt = (view: View, fx: number, fy: number): { u: number; v: number } => ({
  u: (fx - 0.5 - view.x) / view.zoom + 0.5,
  v: (fy - 0.5 - view.y) / view.zoom + 0.5,
});
