// Pure parts of the picture tools: places of measures, drawn boxes, views, the card, facts and advice.
import { describe, expect, it } from 'vitest';
import { MEASURE_CODES, measureGroup } from '../../../../src/shared/central/measures.ts';
import type { FileFacts, PortraitGeometry } from '../../../../src/shared/contract/measured.ts';
import { parsePictureAddress } from '../../../../src/shared/contract/picture-address.ts';
import { adviceOf } from '../../../../src/renderer/features/case/picture/advice.ts';
import {
  INK_VIEWS,
  cardAddress,
  inkAddress,
  normLines,
  tooSmall,
  windowStyle,
} from '../../../../src/renderer/features/case/picture/card.ts';
import {
  bigEnough,
  boxBetween,
  boxByKey,
} from '../../../../src/renderer/features/case/picture/drawn-box.ts';
import {
  dateOf,
  histogramPath,
  notesOf,
} from '../../../../src/renderer/features/case/picture/facts.ts';
import {
  boxAround,
  firstMark,
  pathOf,
  photoOutlines,
  placeOf,
  signatureOutlines,
} from '../../../../src/renderer/features/case/picture/regions.ts';
import {
  NO_LEVELS,
  VIEWS,
  nextView,
  transferOf,
  withLevel,
} from '../../../../src/renderer/features/case/picture/views.ts';

const geometry: PortraitGeometry = {
  rightPupil: { x: 0.4, y: 0.45 },
  leftPupil: { x: 0.6, y: 0.45 },
  crown: { x: 0.5, y: 0.1 },
  chin: { x: 0.5, y: 0.8 },
  head: { x: 0.2, y: 0.1, w: 0.6, h: 0.7 },
  regions: {
    mouth: [
      [
        { x: 0.45, y: 0.65 },
        { x: 0.55, y: 0.65 },
        { x: 0.5, y: 0.7 },
      ],
    ],
  },
};

describe('places of measures', () => {
  it('knows a place for every measure, on the picture of its group', () => {
    for (const code of MEASURE_CODES) {
      expect(placeOf(code)?.picture, code).toBe(measureGroup(code));
    }
    expect(placeOf('fee')).toBeNull();
    expect(placeOf(null)).toBeNull();
  });

  it('lights the region, the head where it was not found, the frame without a face', () => {
    expect(photoOutlines('smile', geometry)).toEqual(geometry.regions.mouth);
    expect(boxAround(photoOutlines('sharpness', geometry))).toEqual({
      x: 0.2,
      y: 0.1,
      w: expect.closeTo(0.6) as number,
      h: expect.closeTo(0.7) as number,
    });
    expect(boxAround(photoOutlines('sharpness', null))).toEqual({ x: 0, y: 0, w: 1, h: 1 });
    expect(photoOutlines('moire', geometry)).toEqual([]);
  });

  it('lights the cuts of a signature, the ink where no cut was found', () => {
    const ink = { x: 0.1, y: 0.2, w: 0.5, h: 0.5 };
    const cut = { x: 0, y: 0.4, w: 0.01, h: 0.1 };
    const found = { ink, cuts: [cut], lines: [], groups: [ink] };
    expect(boxAround(signatureOutlines('ink-at-border', found))?.h).toBeCloseTo(0.1);
    expect(boxAround(signatureOutlines('ruled-lines', found))?.w).toBeCloseTo(0.5);
    expect(firstMark('ink-at-border', { photo: null, signature: found })).toMatchObject({
      picture: 'signature',
      x: 0,
      y: 0.4,
    });
    expect(firstMark('smile', { photo: null, signature: found })).toBeNull();
  });

  it('draws closed paths in sheet units', () => {
    expect(
      pathOf(
        [
          [
            { x: 0, y: 0 },
            { x: 1, y: 0 },
            { x: 1, y: 1 },
          ],
        ],
        778,
        1000,
      ),
    ).toBe('M0.0 0.0L778.0 0.0L778.0 1000.0Z');
  });
});

describe('drawn boxes', () => {
  it('is the same from any corner and never leaves the picture', () => {
    const box = boxBetween({ x: 0.6, y: 1.4 }, { x: -0.2, y: 0.5 });
    expect(box).toEqual({ x: 0, y: 0.5, w: 0.6, h: 0.5 });
    expect(boxBetween({ x: -0.2, y: 0.5 }, { x: 0.6, y: 1.4 })).toEqual(box);
  });

  it('takes a slip of the hand for nothing', () => {
    expect(bigEnough({ x: 0, y: 0, w: 0.009, h: 0.5 })).toBe(false);
    expect(bigEnough({ x: 0, y: 0, w: 0.01, h: 0.01 })).toBe(true);
  });

  it('is drawn by keys: the first arrow puts it, further ones move, with Shift they size', () => {
    const first = boxByKey(null, 'ArrowRight', false);
    expect(first).toEqual({ x: 0.35, y: 0.35, w: 0.3, h: 0.3 });
    expect(boxByKey(first, 'ArrowRight', false)?.x).toBeCloseTo(0.36);
    expect(boxByKey(first, 'ArrowDown', true)?.h).toBeCloseTo(0.31);
    expect(boxByKey(first, 'KeyQ', false)).toBeNull();
    let box = first;
    for (let n = 0; n < 200; n += 1) box = boxByKey(box, 'ArrowLeft', false);
    expect(box?.x).toBe(0);
    for (let n = 0; n < 200; n += 1) box = boxByKey(box, 'ArrowRight', true);
    expect(box?.w).toBe(1);
  });
});

describe('views', () => {
  it('goes round and comes back to the picture as it is', () => {
    let view = VIEWS[0] as (typeof VIEWS)[number];
    const seen = VIEWS.map(() => (view = nextView(view)));
    expect(new Set(seen).size).toBe(VIEWS.length);
    expect(view).toBe('as-is');
  });

  it('changes nothing until a level is moved, and keeps black under white', () => {
    expect(transferOf(NO_LEVELS)).toEqual({ slope: 1, intercept: 0, exponent: 1 });
    const { slope, intercept } = transferOf({ black: 51, white: 204, gamma: 1 });
    expect(slope * (51 / 255) + intercept).toBeCloseTo(0);
    expect(slope * (204 / 255) + intercept).toBeCloseTo(1);
    const crossed = withLevel({ black: 100, white: 200, gamma: 1 }, { black: 250 });
    expect(crossed).toEqual({ black: 192, white: 200, gamma: 1 });
    expect(withLevel({ black: 100, white: 200, gamma: 1 }, { white: 3 }).white).toBe(108);
    expect(withLevel(NO_LEVELS, { gamma: 99 }).gamma).toBe(3);
  });
});

describe('card', () => {
  const frame = { x: 0.1, y: 0.05, w: 0.8, h: 0.9 };
  const fit = { frame, headMm: 34, eyeLine: 0.46, widthPx: 500, whole: false };

  it('asks for the frame in fractions, as the contract reads it', () => {
    const sha256 = 'ab'.repeat(32);
    expect(parsePictureAddress(cardAddress(sha256, frame))).toEqual({
      what: 'card',
      sha256,
      frame,
    });
    const ink = { sha256, url: '', problem: null, width: 1, height: 1, bytes: 1, mime: '' };
    for (const view of INK_VIEWS) {
      const address = inkAddress(ink, view);
      expect(address === null ? 'as-is' : parsePictureAddress(address)?.what).toBe(
        view === 'as-is' ? 'as-is' : `signature-${view}`,
      );
    }
  });

  it('shows the frame through a window of the card', () => {
    expect(windowStyle(frame).width).toBe('125.0000%');
    expect(windowStyle(frame).left).toBe('-12.5000%');
  });

  it('lays the band of the crown 32–36 mm above the chin', () => {
    const lines = normLines(fit, { crown: { x: 0.5, y: 0.1 }, chin: { x: 0.5, y: 0.8 } });
    expect((lines.chin - lines.crownLow) * 45).toBeCloseTo(32);
    expect((lines.chin - lines.crownHigh) * 45).toBeCloseTo(36);
    expect(lines.chin).toBeCloseTo(0.75 / 0.9);
  });

  it('says too small under 413 points across', () => {
    expect(tooSmall({ ...fit, widthPx: 412 })).toBe(true);
    expect(tooSmall({ ...fit, widthPx: 413 })).toBe(false);
  });
});

describe('facts of the file', () => {
  const facts: FileFacts = {
    format: 'jpeg',
    width: 826,
    height: 1062,
    bytes: 150_000,
    colourSpace: 'srgb',
    bitsPerSample: 8,
    hasAlpha: false,
    orientation: 1,
    dpi: 300,
    iccProfile: null,
    progressive: false,
    lastSaveQuality: 92,
    chromaSubsampling: '4:2:0',
    exifBytes: 800,
    camera: 'Canon EOS 80D',
    software: null,
    edited: false,
    takenAt: '2026:11:01 10:00:00',
    changedAt: null,
    hasLocation: false,
  };
  const rule = { months: 6, filedAt: '2026-11-20T09:00:00.000Z' };

  it('says nothing about an ordinary file', () => {
    expect(notesOf(facts, rule)).toEqual([]);
  });

  it('names what may matter', () => {
    expect(notesOf({ ...facts, edited: true, software: 'Photo Editor 9' }, rule)).toEqual([
      'edited',
    ]);
    expect(notesOf({ ...facts, lastSaveQuality: 60 }, rule)).toEqual(['saved-small']);
    expect(notesOf({ ...facts, lastSaveQuality: null }, rule)).toEqual([]);
    expect(notesOf({ ...facts, takenAt: '2026:05:19 23:00:00' }, rule)).toEqual(['taken-long-ago']);
    expect(notesOf({ ...facts, takenAt: '2019:01:01' }, { ...rule, months: null })).toEqual([]);
    expect(notesOf({ ...facts, exifBytes: 0, takenAt: null }, rule)).toEqual(['no-exif']);
  });

  it('reads the date of EXIF and nothing else', () => {
    expect(dateOf('2026:11:01 10:00:00')).toBe('2026-11-01');
    expect(dateOf('0000:00:00 00:00:00')).toBeNull();
    expect(dateOf('yesterday')).toBeNull();
    expect(dateOf(null)).toBeNull();
  });

  it('draws a histogram that a white background does not flatten', () => {
    const bins = Array.from({ length: 256 }, (_, i) => (i === 255 ? 100_000 : i === 100 ? 50 : 0));
    const path = histogramPath(bins, 60);
    expect(path).toContain('L100 0.0');
    expect(path).toContain('L255 0.0');
    expect(path).toContain('L101 60.0');
  });
});

describe('advice of the comparison', () => {
  it('speaks in zones, and of a refusal as a refusal', () => {
    const base = { zone: 'agrees', refused: null, digitalIdPassed: true, disagree: false } as const;
    expect(adviceOf(base)).toEqual({ zone: 'agrees', digitalId: 'passed', disagree: false });
    expect(adviceOf({ ...base, zone: 'no-data', refused: 'too-small' }).zone).toBe('too-small');
    expect(
      adviceOf({ ...base, zone: 'disagrees', digitalIdPassed: true, disagree: true }).disagree,
    ).toBe(true);
    expect(adviceOf({ ...base, digitalIdPassed: null }).digitalId).toBeNull();
  });
});
