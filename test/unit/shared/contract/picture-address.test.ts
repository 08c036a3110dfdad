// Addresses of pictures: what is written is read back, anything else is not found.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parsePictureAddress,
  pictureAddress,
} from '../../../../src/shared/contract/picture-address.ts';

const sha256 = 'ab'.repeat(32);
const frame = { x: 0.1, y: 0.2, w: 0.5, h: 0.6 };

describe('picture address', () => {
  it('comes back as what it asks for', () => {
    for (const what of ['picture', 'signature-clean', 'signature-ink', 'signature-paper'] as const)
      expect(parsePictureAddress(pictureAddress({ what, sha256 }))).toEqual({ what, sha256 });
    const card = pictureAddress({ what: 'card', sha256, frame });
    expect(card).toBe(`case-image://card/${sha256}?x=0.10000&y=0.20000&w=0.50000&h=0.60000`);
    expect(parsePictureAddress(card)).toEqual({ what: 'card', sha256, frame });
  });

  it('takes any frame inside a photo, whatever the rounding', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(part, part, part, part, (x, y, w, h) => {
        const inside = { x, y, w: 0.001 + w * (1 - x), h: 0.001 + h * (1 - y) };
        fc.pre(inside.x + inside.w <= 1 && inside.y + inside.h <= 1);
        const back = parsePictureAddress(pictureAddress({ what: 'card', sha256, frame: inside }));
        if (back?.what !== 'card') throw new Error('not read back');
        expect(back.frame.x + back.frame.w).toBeLessThanOrEqual(1 + 1e-12);
        expect(back.frame.w).toBeCloseTo(inside.w, 4);
      }),
    );
  });

  it.each([
    'case-image://picture/',
    `case-image://picture/${sha256.toUpperCase()}`,
    `case-image://picture/${sha256}/..`,
    `case-image://picture/${sha256}?x=1`,
    `case-image://face/${sha256}`,
    `case-image://card/${sha256}`,
    `case-image://card/${sha256}?x=0.5&y=0&w=0.6&h=0.5`,
    `case-image://card/${sha256}?x=0&y=0&w=0&h=1`,
    `case-image://card/${sha256}?x=-0.1&y=0&w=1&h=1`,
    `case-image://card/${sha256}?x=0&y=0&w=1&h=1&h=1`,
    `case-image://card/${sha256}?y=0&x=0&w=1&h=1`,
    `case-image://card/${sha256}?x=1e0&y=0&w=1&h=1`,
    `app://picture/${sha256}`,
  ])('refuses %s', (address) => expect(parsePictureAddress(address)).toBeNull());
});
