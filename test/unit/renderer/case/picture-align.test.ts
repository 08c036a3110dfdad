// Laying one picture over another: pupils come onto pupils, stroke boxes onto stroke boxes.
import { describe, expect, it } from 'vitest';
import {
  alignBoxes,
  alignPupils,
  contain,
  placed,
  styleOf,
  type Pupils,
} from '../../../../src/renderer/features/case/picture/align.ts';

const sheet = 35 / 45;
const fresh: Pupils = { rightPupil: { x: 0.38, y: 0.44 }, leftPupil: { x: 0.62, y: 0.46 } };

describe('alignPupils', () => {
  it('puts both pupils of the other picture onto the pupils of the sheet, whatever its shape and tilt', () => {
    for (const ratio of [0.75, 35 / 45, 1, 1.5]) {
      const other: Pupils = {
        rightPupil: { x: 0.3, y: 0.52 },
        leftPupil: { x: 0.55, y: 0.47 },
      };
      const placement = alignPupils(other, ratio, fresh, sheet);
      expect(placement).not.toBeNull();
      for (const pupil of ['rightPupil', 'leftPupil'] as const) {
        const at = placed(placement!, other[pupil]);
        expect(at.x).toBeCloseTo(fresh[pupil].x * sheet, 9);
        expect(at.y).toBeCloseTo(fresh[pupil].y, 9);
      }
    }
  });

  it('is the whole sheet for the same picture', () => {
    const placement = alignPupils(fresh, sheet, fresh, sheet);
    expect(placement?.scale).toBeCloseTo(1);
    expect(placement?.turn).toBeCloseTo(0);
    expect(placement?.x).toBeCloseTo(0);
    expect(placement?.y).toBeCloseTo(0);
  });

  it('refuses pupils that are one point', () => {
    const point = { x: 0.5, y: 0.5 };
    expect(alignPupils({ rightPupil: point, leftPupil: point }, 1, fresh, sheet)).toBeNull();
  });
});

describe('alignBoxes', () => {
  it('brings the strokes to one height and one centre', () => {
    const from = { x: 0.2, y: 0.4, w: 0.5, h: 0.3 };
    const to = { x: 0.1, y: 0.2, w: 0.7, h: 0.6 };
    const placement = alignBoxes(from, 2, to, 2.5);
    const top = placed(placement!, { x: from.x + from.w / 2, y: from.y });
    const bottom = placed(placement!, { x: from.x + from.w / 2, y: from.y + from.h });
    expect(top.y).toBeCloseTo(to.y);
    expect(bottom.y).toBeCloseTo(to.y + to.h);
    expect(top.x).toBeCloseTo((to.x + to.w / 2) * 2.5);
  });

  it('refuses an empty box', () => {
    const flat = { x: 0, y: 0, w: 1, h: 0 };
    expect(alignBoxes(flat, 1, { x: 0, y: 0, w: 1, h: 1 }, 1)).toBeNull();
  });
});

describe('contain', () => {
  it('keeps the whole picture on the sheet, in the middle', () => {
    const wide = contain(2, 1);
    expect(wide.scale).toBe(0.5);
    expect(placed(wide, { x: 1, y: 1 })).toEqual({ x: 1, y: 0.75 });
    const tall = contain(0.5, 1);
    expect(placed(tall, { x: 0, y: 0 })).toEqual({ x: 0.25, y: 0 });
  });
});

describe('styleOf', () => {
  it('says sizes in percent of the sheet', () => {
    expect(styleOf(contain(sheet, sheet), sheet)).toMatchObject({
      left: '0.0000%',
      width: '100.0000%',
      height: '100.0000%',
      transform: 'none',
    });
  });
});
