// The little scale of a measure: zones and value in their places, open borders to the edge.
import { describe, expect, it } from 'vitest';
import { gaugeOf } from '../../../../src/renderer/features/case/parts/gauge.ts';

const range = (min: number | null, max: number | null) => ({ min, max });

describe('gauge', () => {
  it('puts the norm inside what is tolerated, and the value where it stands', () => {
    const gauge = gaugeOf(36.9, range(32, 36), range(30, 38));
    if (gauge === null) throw new Error('nothing drawn');
    const [t0, t1] = gauge.tolerated;
    const [a0, a1] = gauge.agrees;
    expect(t0).toBeGreaterThan(0);
    expect(t1).toBeLessThan(1);
    expect(a0).toBeGreaterThan(t0);
    expect(a1).toBeLessThan(gauge.value);
    expect(gauge.value).toBeLessThan(t1);
  });
  it('lets an open border run to the edge', () => {
    const gauge = gaugeOf(40, range(90, null), range(60, null));
    expect(gauge?.agrees[1]).toBe(1);
    expect(gauge?.tolerated[1]).toBe(1);
    expect(gauge?.value).toBeGreaterThan(0);
    expect(gauge?.value).toBeLessThan(gauge?.tolerated[0] ?? 0);
  });
  it('never shows what cannot be: no room below zero', () => {
    expect(gaugeOf(0, range(null, 0.08), range(null, 0.2))?.value).toBe(0);
  });
  it('draws nothing without a value or without a limit', () => {
    expect(gaugeOf(null, range(1, 2), range(0, 3))).toBeNull();
    expect(gaugeOf(1, range(null, null), range(null, null))).toBeNull();
  });
  it('stands where all marks are the same', () => {
    expect(gaugeOf(1, range(1, 1), range(1, 1))?.value).toBeGreaterThan(0);
  });
});
