// Crown and chin under the officer's hand: along the head's axis, inside the picture, the height at once.
import { describe, expect, it } from 'vitest';
import type { PortraitGeometry } from '../../../../src/shared/contract/measured.ts';
import {
  fitWith,
  headNorm,
  lineTo,
  linesOf,
  moveLine,
  outsideNorm,
  tiltOf,
} from '../../../../src/renderer/features/case/picture/head-lines.ts';

const straight: PortraitGeometry = {
  rightPupil: { x: 0.4, y: 0.45 },
  leftPupil: { x: 0.6, y: 0.45 },
  crown: { x: 0.5, y: 0.1 },
  chin: { x: 0.5, y: 0.8 },
  head: { x: 0.2, y: 0.1, w: 0.6, h: 0.7 },
  regions: {},
};
const size = { width: 350, height: 450 };
const ratio = size.width / size.height;

describe('lines of the head', () => {
  it('prefers the lines the officer laid', () => {
    const moved = { crown: { x: 0.5, y: 0.12 }, chin: { x: 0.5, y: 0.82 } };
    expect(linesOf(straight, moved)).toBe(moved);
    expect(linesOf(straight, null)).toEqual({ crown: straight.crown, chin: straight.chin });
  });

  it('moves straight down on a straight head', () => {
    const lines = moveLine(linesOf(straight, null), 'chin', 0.05, straight, ratio);
    expect(lines.chin.x).toBeCloseTo(0.5);
    expect(lines.chin.y).toBeCloseTo(0.85);
    expect(lines.crown).toEqual(straight.crown);
  });

  it('moves along the axis of a tilted head and lies where the pointer is on it', () => {
    const tilted = { ...straight, leftPupil: { x: 0.6, y: 0.45 + 0.2 * ratio } };
    expect(tiltOf(tilted, ratio)).toBeCloseTo(45);
    const lines = moveLine(linesOf(tilted, null), 'chin', 0.1, tilted, ratio);
    expect((lines.chin.x - 0.5) * ratio).toBeCloseTo(-0.1 * Math.SQRT1_2);
    expect(lines.chin.y - 0.8).toBeCloseTo(0.1 * Math.SQRT1_2);
    // A pointer beside the axis does not pull the line sideways.
    const laid = lineTo(linesOf(straight, null), 'crown', { x: 0.9, y: 0.2 }, straight, ratio);
    expect(laid.crown.x).toBeCloseTo(0.5);
    expect(laid.crown.y).toBeCloseTo(0.2);
  });

  it('keeps lines inside the picture and the crown above the chin', () => {
    const lines = linesOf(straight, null);
    expect(moveLine(lines, 'crown', -9, straight, ratio).crown.y).toBeCloseTo(0);
    expect(moveLine(lines, 'chin', 9, straight, ratio).chin.y).toBeCloseTo(1);
    expect(moveLine(lines, 'crown', 9, straight, ratio).crown.y).toBeLessThan(lines.chin.y);
    expect(moveLine(lines, 'chin', -9, straight, ratio).chin.y).toBeGreaterThan(lines.crown.y);
  });

  it('says the height of the head on the card at once', () => {
    const before = fitWith(straight, linesOf(straight, null), size).headMm;
    const lower = moveLine(linesOf(straight, null), 'chin', 0.02, straight, ratio);
    expect(before).toBeCloseTo(0.7 * 45);
    expect(fitWith(straight, lower, size).headMm).toBeCloseTo(0.72 * 45);
  });

  it('holds the height against the limits of the node, else against the norm of the card', () => {
    expect(headNorm({ checks: [] })).toEqual({ min: 32, max: 36 });
    expect(outsideNorm(31.96, { min: 32, max: 36 })).toBe(false);
    expect(outsideNorm(31.9, { min: 32, max: 36 })).toBe(true);
    expect(outsideNorm(36.1, { min: 32, max: 36 })).toBe(true);
  });
});
