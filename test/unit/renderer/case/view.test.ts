// Zoom and pan: the point under the pointer stays, the picture is never lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_ZOOM,
  WHOLE,
  pan,
  pictureAt,
  wheelFactor,
  zoomAt,
  zoomIn,
  zoomOut,
} from '../../../../src/renderer/features/case/picture/view.ts';

describe('view', () => {
  it('keeps the point under the pointer while it can', () => {
    const before = zoomAt(WHOLE, 3);
    const after = zoomAt(before, 1.5, 0.2, -0.1);
    const was = pictureAt(before, 0.7, 0.4);
    const now = pictureAt(after, 0.7, 0.4);
    expect(now.u).toBeCloseTo(was.u, 10);
    expect(now.v).toBeCloseTo(was.v, 10);
  });

  it('comes back to the whole picture by as many steps out as in', () => {
    expect(zoomOut(zoomOut(zoomIn(zoomIn(WHOLE))))).toEqual(WHOLE);
  });

  it('never shows less than the whole nor loses the picture, whatever the hand does', () => {
    const move = fc.oneof(
      fc.record({
        f: fc.double({ min: 0.1, max: 10, noNaN: true }),
        x: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      }),
      fc.record({ dx: fc.double({ min: -3, max: 3, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.array(move), (moves) => {
        const end = moves.reduce(
          (view, one) =>
            'f' in one ? zoomAt(view, one.f, one.x, one.x) : pan(view, one.dx, -one.dx),
          WHOLE,
        );
        expect(end.zoom).toBeGreaterThanOrEqual(1);
        expect(end.zoom).toBeLessThanOrEqual(MAX_ZOOM);
        expect(Math.abs(end.x)).toBeLessThanOrEqual((end.zoom - 1) / 2 + 1e-9);
        expect(Math.abs(end.y)).toBeLessThanOrEqual((end.zoom - 1) / 2 + 1e-9);
      }),
    );
  });

  it('zooms in when the wheel turns up, and tames a wild touch pad', () => {
    expect(wheelFactor(-100)).toBeCloseTo(1.25);
    expect(wheelFactor(100)).toBeCloseTo(0.8);
    expect(wheelFactor(-100_000)).toBeLessThan(1.6);
  });
});
