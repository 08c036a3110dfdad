// The rules the node computes from its own record: window, check digit, fee by date, refund.
import { describe, expect, it } from 'vitest';
import type { Dossier, Fee } from '../../../../src/shared/central/application.ts';
import { standConfig } from '../../../../stand/central/config-data.ts';
import {
  openChecks,
  recomputedRules,
  refundIsDue,
} from '../../../../stand/central/record-rules.ts';
import { anApplication } from '../../../support/central/an-application.ts';

const config = standConfig();
const dossierWith = (change: Partial<Dossier>): Dossier => ({
  ...anApplication().dossier,
  ...change,
});
const ends = (endDate: string): Dossier['document'] => ({
  ...anApplication().dossier.document,
  endDate,
});

describe('filing window (cl. 7)', () => {
  // Filed at 20:00 UTC = 01:00 of 15 November in the country's one zone.
  const filedAt = '2026-11-14T20:00:00.000Z';
  it.each([
    ['2026-12-15', 'agrees'], // 30 days before the end
    ['2026-12-16', 'disagrees'],
    ['2026-11-05', 'agrees'], // 10 days after it
    ['2026-11-04', 'disagrees'],
  ])('card ends %s: %s', (end, outcome) => {
    const dossier = dossierWith({ filedAt, document: ends(end) });
    expect(recomputedRules(dossier, config)['filing-window']).toBe(outcome);
  });
});

describe('fee by the date of the application', () => {
  const fee = (kind: Fee['kind'], amountTenge = 0, paid = false): Fee => ({
    kind,
    amountTenge,
    paidAt: paid ? '2025-12-31T10:00:00.000Z' : null,
    basis: null,
  });
  const in2025 = '2025-12-31T18:00:00.000Z'; // 23:00 local
  const in2026 = '2025-12-31T19:30:00.000Z'; // 00:30 local of 1 January
  it.each([
    [in2025, fee('paid', 786, true), 'agrees'],
    [in2025, fee('paid', 785, true), 'disagrees'],
    [in2025, fee('paid', 786, false), 'disagrees'],
    [in2025, fee('exempt-expiry'), 'disagrees'],
    [in2025, fee('exempt-category'), 'agrees'],
    [in2026, fee('exempt-expiry'), 'agrees'],
    [in2026, fee('paid', 865, true), 'look'],
    [in2026, fee('refund-due', 865, true), 'look'],
  ] as const)('%s %o: %s', (filedAt, paid, outcome) => {
    expect(recomputedRules(dossierWith({ filedAt, fee: paid }), config)['fee-by-date']).toBe(
      outcome,
    );
  });

  it('a paid duty is refunded for photo and signature reasons only (cl. 11)', () => {
    const reasons = (...codes: string[]) =>
      codes.map((code) => ({ code, comment: null, boxes: [] }));
    const paid = dossierWith({ fee: fee('paid', 786, true) });
    expect(refundIsDue(paid, reasons('PHOTO_LIGHT'), config)).toBe(true);
    expect(refundIsDue(paid, reasons('DATA_MISMATCH', 'SIGNATURE_ABSENT'), config)).toBe(true);
    expect(refundIsDue(paid, reasons('DATA_MISMATCH'), config)).toBe(false);
    expect(refundIsDue(dossierWith({}), reasons('PHOTO_LIGHT'), config)).toBe(false);
  });
});

it('the check digit of the declared IIN decides, its date never', () => {
  const person = (iin: string) =>
    dossierWith({ declared: { ...anApplication().dossier.declared, iin } });
  expect(recomputedRules(person('991332300002'), config)['iin-check-digit']).toBe('agrees');
  expect(recomputedRules(person('991332300003'), config)['iin-check-digit']).toBe('disagrees');
});

it('obligatory checks that are failed or missing stand open', () => {
  const { checks } = anApplication().dossier;
  const failed = checks.map((check) =>
    check.code === 'fee' ? { ...check, outcome: 'no-data' as const } : check,
  );
  expect(openChecks(dossierWith({}), config)).toEqual([]);
  expect(openChecks(dossierWith({ checks: failed.slice(1) }), config)).toEqual([
    'personal-data-consent',
    'fee',
  ]);
});
