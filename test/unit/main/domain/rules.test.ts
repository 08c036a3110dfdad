// Rules the workstation computes itself: the window of clause 7 to the day, fee by date, data against record.
import { describe, expect, it } from 'vitest';
import { computeRules, type SignatureVerdict } from '../../../../src/main/domain/rules.ts';
import type { Dossier } from '../../../../src/shared/central/application.ts';
import { RULE_CODES, type RuleCode } from '../../../../src/shared/central/statement.ts';
import { standConfig } from '../../../../stand/central/config-data.ts';
import { aPerson, anApplication } from '../../../support/an-application.ts';

const config = standConfig();
const valid: SignatureVerdict = { verdict: 'valid', reason: null, signer: 'X' };
const outcome = (code: RuleCode, dossier: Dossier, signature = valid) =>
  computeRules(dossier, config, signature).find((rule) => rule.code === code)!;

const filedOn = (local: string, endDate: string) =>
  anApplication({
    filedAt: new Date(`${local}T12:00:00+05:00`).toISOString(),
    document: { ...anApplication().document, endDate },
  });

describe('rules', () => {
  it('are the closed list of the statement, all agreeing for a clean application', () => {
    const rules = computeRules(anApplication(), config, valid);
    expect(rules.map(({ code }) => code)).toEqual([...RULE_CODES]);
    expect(rules.filter((rule) => rule.outcome !== 'agrees')).toEqual([]);
  });

  it.each([
    ['2026-11-02', 'agrees'], // 30 days before
    ['2026-11-01', 'disagrees'], // 31 days before
    ['2026-12-02', 'agrees'], // the last day itself
    ['2026-12-12', 'agrees'], // 10 days after
    ['2026-12-13', 'disagrees'], // 11 days after
  ])('cl. 7: card to 2 December 2026, filed %s: %s', (filed, expected) => {
    const rule = outcome('filing-window', filedOn(filed, '2026-12-02'));
    expect(rule.outcome).toBe(expected);
    expect(rule.overridable).toBe(false);
  });

  it('takes the day of filing in the country’s zone', () => {
    const dossier = anApplication({
      filedAt: '2026-12-12T18:59:59.000Z', // 23:59:59 local, the tenth day
      document: { ...anApplication().document, endDate: '2026-12-02' },
    });
    expect(outcome('filing-window', dossier).outcome).toBe('agrees');
    expect(
      outcome('filing-window', { ...dossier, filedAt: '2026-12-12T19:00:00.000Z' }).outcome,
    ).toBe('disagrees');
  });

  it('blocks on a wrong check digit, without a way round', () => {
    const dossier = anApplication({ declared: aPerson({ iin: '991332300003' }) });
    expect(outcome('iin-check-digit', dossier)).toMatchObject({
      outcome: 'disagrees',
      overridable: false,
    });
  });

  it('knows that replacement on expiry is free from 1 January 2026', () => {
    const fee = { kind: 'exempt-expiry' as const, amountTenge: 0, paidAt: null, basis: null };
    const before = filedOn('2025-12-31', '2026-01-05');
    const after = filedOn('2026-01-01', '2026-01-05');
    expect(outcome('fee-by-date', { ...before, fee }).outcome).toBe('disagrees');
    expect(outcome('fee-by-date', { ...after, fee }).outcome).toBe('agrees');
    const paid = { kind: 'paid' as const, amountTenge: 786, paidAt: before.filedAt, basis: null };
    expect(outcome('fee-by-date', { ...before, fee: paid }).outcome).toBe('agrees');
    expect(outcome('fee-by-date', { ...before, fee: { ...paid, amountTenge: 785 } }).outcome).toBe(
      'disagrees',
    );
    expect(outcome('fee-by-date', { ...after, fee: paid }).outcome).toBe('look');
  });

  it('compares the printed fields with the record and names those that differ', () => {
    const rule = outcome(
      'declared-matches-record',
      anApplication({ declared: aPerson({ name: 'САНДЖАР', sex: 'female' }) }),
    );
    expect(rule).toMatchObject({ outcome: 'disagrees', overridable: true });
    expect(rule.values).toEqual({ fields: 'name, sex' });
    const spelled = anApplication({ declared: aPerson({ surname: ' Әбілқасымов ' }) });
    expect(outcome('declared-matches-record', spelled).outcome).toBe('agrees');
    const other = anApplication({ declared: aPerson({ iin: '991332300012' }) });
    expect(outcome('declared-matches-record', other).overridable).toBe(false);
    expect(outcome('declared-matches-record', anApplication({ authoritative: null })).outcome).toBe(
      'no-data',
    );
  });

  it('says of the applicant’s signature what our own check said', () => {
    const says = (verdict: SignatureVerdict['verdict']) =>
      outcome('applicant-signature', anApplication(), { verdict, reason: null, signer: null });
    expect(says('invalid')).toMatchObject({ outcome: 'disagrees', overridable: false });
    expect(says('cannot-check').outcome).toBe('no-data');
    expect(says('not-eds').outcome).toBe('look');
  });

  it('asks to look at an unknown documenting code and an old or undated photo', () => {
    expect(outcome('documenting-code', anApplication({ documentingCode: '??' })).outcome).toBe(
      'look',
    );
    expect(outcome('photo-age', anApplication({ photoTakenAt: '2026-05-19' })).outcome).toBe(
      'disagrees',
    );
    expect(outcome('photo-age', anApplication({ photoTakenAt: '2026-05-20' })).outcome).toBe(
      'agrees',
    );
    expect(outcome('photo-age', anApplication({ photoTakenAt: null })).outcome).toBe('no-data');
  });
});
