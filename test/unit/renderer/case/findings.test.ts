// Findings: what is loud, the order of the walk, what the key "in order" does on a row.
import { describe, expect, it } from 'vitest';
import type { CaseDto, CheckRow } from '../../../../src/shared/contract/case.ts';
import {
  inOrderOn,
  nextOpen,
  openRows,
  rowsOf,
} from '../../../../src/renderer/features/case/findings.ts';

const row = (code: CheckRow['code'], more: Partial<CheckRow> = {}): CheckRow => ({
  code,
  group: 'photo',
  state: 'agrees',
  outcome: null,
  step: '11',
  source: 'workstation',
  at: null,
  requestId: null,
  values: [],
  obligatory: false,
  overridable: true,
  override: null,
  measure: {
    value: 1,
    agrees: { min: 0, max: 2 },
    tolerated: { min: 0, max: 3 },
    component: null,
    linesMoved: false,
    failure: null,
    reason: null,
  },
  answer: null,
  open: false,
  ...more,
});
const plain = (code: CheckRow['code'], more: Partial<CheckRow> = {}): CheckRow =>
  row(code, { measure: null, group: 'register', outcome: 'failed', state: 'disagrees', ...more });
const caseOf = (...checks: CheckRow[]): CaseDto => ({ checks }) as unknown as CaseDto;

const look = row('head-pitch', { state: 'look', open: true });
const bad = row('background-evenness', { state: 'disagrees', open: true });
const cut = row('ink-at-border', { group: 'signature', state: 'disagrees', open: true });
const dto = caseOf(row('faces'), look, row('smile', { state: 'no-data' }), bad, cut);

describe('findings', () => {
  it('folds what agrees and what was not taken and asks for nothing', () => {
    expect(rowsOf(dto, 'photo').loud.map((each) => each.code)).toEqual([
      'background-evenness',
      'head-pitch',
    ]);
    expect(rowsOf(dto, 'photo').fine.map((each) => each.code)).toEqual(['faces', 'smile']);
  });
  it('keeps a register without data in sight, and what was answered', () => {
    const silent = plain('social-status', { state: 'no-data', outcome: 'no-data' });
    const answered = row('smile', { answer: { reason: null }, state: 'look' });
    expect(rowsOf(caseOf(silent), 'register').loud).toEqual([silent]);
    expect(rowsOf(caseOf(answered), 'photo').loud).toEqual([answered]);
  });
  it('walks the open ones as they stand on the screen and comes round', () => {
    expect(openRows(dto)).toEqual([bad, look, cut]);
    expect(nextOpen(dto, null)).toBe(bad);
    expect(nextOpen(dto, 'background-evenness')).toBe(look);
    expect(nextOpen(dto, 'head-pitch')).toBe(cut);
    expect(nextOpen(dto, 'ink-at-border')).toBe(bad);
  });
  it('goes on from an answered row and ends when none is left', () => {
    const done = caseOf({ ...bad, open: false, answer: { reason: 'ровный' } }, look, {
      ...cut,
      open: false,
      answer: { reason: 'целая' },
    });
    expect(nextOpen(done, 'background-evenness')).toBe(look);
    const none = caseOf(row('faces'), { ...look, open: false, answer: { reason: null } });
    expect(nextOpen(none, 'head-pitch')).toBeNull();
  });
  it('answers a look at once, asks for a reason where it does not agree', () => {
    expect(inOrderOn(look)).toBe('answer');
    expect(inOrderOn(row('photo-measured', { state: 'no-data', open: true }))).toBe('answer');
    expect(inOrderOn(bad)).toBe('write-reason');
    expect(inOrderOn({ ...bad, open: false })).toBe('answered');
  });
  it('sends a failed register to its override, or says never', () => {
    expect(inOrderOn(plain('phone-owner', { open: true }))).toBe('override');
    expect(inOrderOn(plain('fee', { open: true, overridable: false }))).toBe('never');
  });
});
