// The 35 × 45 frame: head 34 mm with the eyes at 0.46, inside the photo whatever the photo is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD, fitCard } from '../../../../src/shared/kernel/card-frame.ts';

const face = (eyeY: number, crownY: number, chinY: number) => ({
  rightPupil: { x: 0.45, y: eyeY },
  leftPupil: { x: 0.55, y: eyeY },
  crown: { x: 0.5, y: crownY },
  chin: { x: 0.5, y: chinY },
});

describe('card frame', () => {
  it('makes the head 34 mm and puts the eyes at 0.46 where there is room', () => {
    const fit = fitCard(face(0.5, 0.4, 0.6), { width: 1350, height: 1350 });
    expect(fit.headMm).toBeCloseTo(CARD.headMm, 6);
    expect(fit.eyeLine).toBeCloseTo(CARD.eyeLine, 6);
    expect(fit.whole).toBe(false);
  });

  it('prints a photo of the card’s own shape whole', () => {
    const fit = fitCard(face(0.45, 0.1, 0.8), { width: 413, height: 531 });
    expect(fit).toMatchObject({ whole: true, frame: { x: 0, y: 0, w: 1, h: 1 } });
    expect(fit.headMm).toBeCloseTo(0.7 * 45, 6);
    const cut = fitCard(face(0.45, 0.1, 0.8), { width: 413, height: 531 }, { always: true });
    expect(cut.whole).toBe(false);
  });

  it('tells a head too large for its photo by its millimetres', () => {
    expect(fitCard(face(0.45, 0.02, 0.98), { width: 900, height: 900 }).headMm).toBeGreaterThan(38);
  });

  it('never leaves the photo and never changes its shape', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 5000 }),
        fc.integer({ min: 50, max: 5000 }),
        share,
        share,
        share,
        (width, height, eyeY, crownY, chinY) => {
          fc.pre(chinY - crownY > 0.01);
          const { frame, whole } = fitCard(face(eyeY, crownY, chinY), { width, height });
          expect(frame.x).toBeGreaterThanOrEqual(-1e-9);
          expect(frame.y).toBeGreaterThanOrEqual(-1e-9);
          expect(frame.x + frame.w).toBeLessThanOrEqual(1 + 1e-9);
          expect(frame.y + frame.h).toBeLessThanOrEqual(1 + 1e-9);
          const shape = (frame.w * width) / (frame.h * height) / (CARD.widthMm / CARD.heightMm);
          expect(Math.abs(shape - 1)).toBeLessThanOrEqual(whole ? 0.021 : 1e-6);
        },
      ),
    );
  });
});
