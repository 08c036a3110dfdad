// The guides of the 35 × 45 norm lie where the millimetres say.
import { describe, expect, it } from 'vitest';
import { clampChin, guideLines } from '../../../../src/renderer/features/case/picture/norm.ts';

describe('guide lines', () => {
  it('puts the crown 32–36 mm above the chin', () => {
    const lines = guideLines(40);
    expect((lines.chin - lines.crownLow) * 45).toBeCloseTo(32);
    expect((lines.chin - lines.crownHigh) * 45).toBeCloseTo(36);
    expect(lines.eyes).toBeGreaterThan(lines.crownLow);
    expect(lines.eyes).toBeLessThan(lines.chin);
  });
  it('keeps every line inside the picture', () => {
    for (const chin of [-5, 0, 20, 44, 90]) {
      const lines = guideLines(chin);
      for (const at of Object.values(lines)) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThan(1);
      }
    }
    expect(clampChin(99)).toBe(44);
  });
});
