// Measures as rows: states by the node's limits, answers bound to their value, lines the officer moved.
import { describe, expect, it } from 'vitest';
import { measureRows, type MeasureReview } from '../../../../src/main/domain/measure-rows.ts';
import { earlierAttempt, picturesMeasured } from '../../../../src/main/domain/pictures-measured.ts';
import { findingsOf, proposedReasons } from '../../../../src/main/domain/checks.ts';
import type { MeasureCode } from '../../../../src/shared/central/measures.ts';
import { TRAINING_LIMITS } from '../../../../stand/central/picture-limits.ts';
import { aCaseMeasured, aMeasuredPortrait } from '../../../support/a-case-measured.ts';
import { anApplication } from '../../../support/an-application.ts';

const fresh: MeasureReview = { answers: {}, lines: null };
const rowsOf = (measured = aCaseMeasured(), review = fresh) =>
  measureRows(measured, TRAINING_LIMITS, review);
const rowOf = (code: MeasureCode, measured = aCaseMeasured(), review = fresh) => {
  const row = rowsOf(measured, review).find((one) => one.code === code);
  if (row === undefined) throw new Error(`no row ${code}`);
  return row;
};

describe('measure rows', () => {
  it('has nothing open on good pictures', () => {
    expect(rowsOf().filter(({ state, open }) => state !== 'agrees' || open)).toEqual([]);
    expect(findingsOf(rowsOf())).toEqual({ disagrees: 0, look: 0, noData: 0 });
  });

  it.each([
    ['smile', 0.4, 'agrees'],
    ['smile', 0.41, 'look'],
    ['smile', 0.81, 'disagrees'],
    ['head-yaw', -5, 'agrees'],
    ['head-yaw', -5.1, 'look'],
    ['head-yaw', -10.1, 'disagrees'],
    ['inter-eye-distance', 89, 'look'],
    ['inter-eye-distance', 59, 'disagrees'],
    ['picture-ratio', 1.5, 'look'], // that one never says more than "look"
    ['ink-at-border', 4, 'disagrees'],
  ] as const)('%s of %s: %s', (code, value, state) => {
    const row = rowOf(code, aCaseMeasured({ [code]: value }));
    expect(row.state).toBe(state);
    expect(row.open).toBe(state !== 'agrees');
  });

  it('takes an answer for the value it was given to, and for no other', () => {
    const review = { ...fresh, answers: { smile: { value: 0.7, reason: null } } };
    expect(rowOf('smile', aCaseMeasured({ smile: 0.7 }), review).open).toBe(false);
    expect(rowOf('smile', aCaseMeasured({ smile: 0.8 }), review).open).toBe(true);
    expect(rowOf('smile', aCaseMeasured({ smile: 0.1 }), review).answer).toBeNull();
  });

  it('takes no "looked at" for what came not to agree under other limits', () => {
    const review = { ...fresh, answers: { smile: { value: 0.9, reason: null } } };
    expect(rowOf('smile', aCaseMeasured({ smile: 0.9 }), review)).toMatchObject({
      state: 'disagrees',
      answer: null,
      open: true,
    });
    const said = { ...fresh, answers: { smile: { value: 0.9, reason: 'улыбки нет' } } };
    expect(rowOf('smile', aCaseMeasured({ smile: 0.9 }), said).open).toBe(false);
  });

  it('tells of a comparison that failed', () => {
    const failed = aCaseMeasured({}, { faces: { ok: false, failure: 'died' } });
    expect(rowOf('same-person', failed)).toMatchObject({
      state: 'no-data',
      measure: { value: null, failure: 'died' },
      open: false,
    });
  });

  it('waits for the eye where nothing could be measured, and for no single missing value', () => {
    const failed = aCaseMeasured({}, { portrait: { ok: false, failure: 'time' } });
    const open = rowsOf(failed).filter((row) => row.open);
    expect(open.map(({ code }) => code)).toEqual(['photo-measured']);
    expect(open[0]?.measure?.failure).toBe('time');
    expect(rowsOf(failed).some(({ code }) => code === 'smile')).toBe(false);
    expect(rowOf('sharpness', aCaseMeasured({ sharpness: null })).open).toBe(false);
  });

  it('lets the head height follow the lines the officer moved', () => {
    const lines = { crown: { x: 0.5, y: 0.02 }, chin: { x: 0.5, y: 0.02 + 39 / 45 } };
    const row = rowOf('head-height', aCaseMeasured(), { ...fresh, lines });
    expect(row.measure?.value).toBeCloseTo(39, 3);
    expect(row).toMatchObject({ state: 'disagrees', measure: { linesMoved: true } });
  });

  it('proposes the reason of each open finding once', () => {
    const rows = rowsOf(aCaseMeasured({ smile: 0.7, 'mouth-closed': 0.05, 'ink-at-border': 9 }));
    expect(proposedReasons(rows, [])).toEqual(['PHOTO_EXPRESSION', 'SIGNATURE_CROPPED']);
  });
});

describe('pictures measured', () => {
  const dossier = anApplication({
    digitalId: {
      score: 0.9,
      threshold: 0.7,
      liveness: 'passed',
      provider: 'учебный',
      at: '2026-11-20T04:00:00.000Z',
    },
  });
  const faces = (distance: number | null) =>
    ({
      ok: true,
      value: {
        kind: 'comparison',
        engine: 'test',
        distance,
        refused: distance === null ? 'too-small' : null,
        found: [1, 1] as [number, number],
      },
    }) as const;

  it.each([
    [0.3, 'agrees', false],
    [0.5, 'look', false],
    [0.7, 'disagrees', true], // Digital-ID says the same person, we say another
    [null, 'no-data', false],
  ] as const)('zone at distance %s: %s', (distance, zone, disagree) => {
    const measured = aCaseMeasured({}, { faces: faces(distance) });
    const shown = picturesMeasured(dossier, measured, TRAINING_LIMITS, null, 'test');
    expect(shown.similarity).toMatchObject({ zone, disagree, digitalIdPassed: true });
  });

  it('takes the attempt annulled last for the earlier one, not the one filed last', () => {
    const photo = { sha256: 'e'.repeat(64), mime: 'image/jpeg' as const, bytes: 1000 };
    const attempt = (ticket: string, filed: string, decided: string | null, annulled = true) => ({
      applicationId: '0b8f7f0e-4c1b-4d0e-9a53-6a2c5d7f0009',
      ticket,
      filedAt: `2026-10-${filed}T04:00:00.000Z`,
      outcome: annulled ? ('annulled' as const) : ('issued' as const),
      decidedAt: decided === null ? null : `2026-10-${decided}T04:00:00.000Z`,
      reasons: [],
      photo,
    });
    const earlier = [
      attempt('filed-last', '12', '14'),
      attempt('decided-last', '02', '25'),
      attempt('no-decision-day', '20', null),
      attempt('issued', '28', '29', false),
      { ...attempt('no-photo', '28', '29'), photo: null },
    ];
    expect(earlierAttempt({ ...dossier, earlier })?.ticket).toBe('decided-last');
    expect(earlierAttempt({ ...dossier, earlier: [] })).toBeNull();
  });

  it('tells what changed since the earlier attempt', () => {
    const photo = { sha256: 'e'.repeat(64), mime: 'image/jpeg' as const, bytes: 1000 };
    const earlier = {
      applicationId: '0b8f7f0e-4c1b-4d0e-9a53-6a2c5d7f0009',
      ticket: '750-0000009',
      filedAt: '2026-10-20T04:00:00.000Z',
      outcome: 'annulled' as const,
      decidedAt: null,
      reasons: ['PHOTO_POSE'],
      photo,
    };
    const before = { ok: true as const, value: aMeasuredPortrait({ 'head-yaw': 14 }) };
    const measured = aCaseMeasured(
      { smile: 0.95 },
      { earlier: { ticket: earlier.ticket, portrait: before, faces: null } },
    );
    const shown = picturesMeasured(
      { ...dossier, earlier: [earlier] },
      measured,
      TRAINING_LIMITS,
      null,
      'test',
    );
    expect(
      shown.earlier?.changed.map(({ code, beforeState, nowState }) => [
        code,
        beforeState,
        nowState,
      ]),
    ).toEqual([
      ['head-yaw', 'disagrees', 'agrees'],
      ['smile', 'agrees', 'disagrees'],
    ]);
  });
});
