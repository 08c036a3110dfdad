// The scanner's test field: a scan is told from typing, its end, its layout; what was scanned is not in the answer.
import { describe, expect, it } from 'vitest';
import {
  judgeScan,
  NO_KEYS,
  noteKey,
  QUIET_MS,
  type KeyCounts,
} from '../../../src/renderer/shared/scan/judge-scan.ts';

/** Keys of a US keyboard for capital letters and digits, as a layout of the workstation shows them. */
function scanned(text: string, gapMs: number, show: (sign: string) => string = (sign) => sign) {
  let keys: KeyCounts = NO_KEYS;
  [...text].forEach((sign, i) => {
    const code = /\d/.test(sign) ? `Digit${sign}` : `Key${sign}`;
    keys = noteKey(keys, { key: show(sign), code, shift: true, at: 1_000 + i * gapMs });
  });
  return keys;
}
const RUSSIAN: Readonly<Record<string, string>> = { K: 'Л', Z: 'Я', A: 'Ф' };

describe('a test scan', () => {
  it('is a scan with its length, end, layout and slowest key', () => {
    expect(judgeScan(scanned('KZ0123456', 5), 'Enter')).toEqual({
      kind: 'scan',
      seen: { length: 9, terminator: 'enter', layout: 'latin' },
      slowestMs: 5,
    });
    expect(judgeScan(scanned('0123456', 12), 'Tab')).toMatchObject({
      seen: { terminator: 'tab', layout: 'digits' },
    });
    expect(judgeScan(scanned('KZA', 5), 'NumpadEnter')).toEqual({ kind: 'short', length: 3 });
  });

  it('shows the trap of a Russian layout, and of the Kazakh one, which turns digits too', () => {
    const russian = scanned('KZA123', 5, (sign) => RUSSIAN[sign] ?? sign);
    expect(judgeScan(russian, 'Enter')).toMatchObject({ seen: { layout: 'cyrillic', length: 6 } });
    const kazakh = scanned('012345', 5, (sign) => 'ЁӘІҢҒ,'[Number(sign)]!);
    expect(judgeScan(kazakh, 'Enter')).toMatchObject({ seen: { layout: 'cyrillic' } });
  });

  it('is told from a hand, from one without an end, and from one without keys', () => {
    expect(judgeScan(scanned('KZ0123', 120), 'Enter')).toEqual({ kind: 'typed', length: 6 });
    expect(judgeScan(scanned('KZ0123', 5), null)).toEqual({ kind: 'no-terminator', length: 6 });
    const keyless = noteKey(scanned('KZ012', 5), { key: '3', code: '', shift: false, at: 1_030 });
    expect(judgeScan(keyless, 'Enter')).toEqual({ kind: 'keyless', length: 6 });
    expect(judgeScan(NO_KEYS, 'Enter')).toBeNull();
  });

  it('begins anew after a pause, and does not count Shift', () => {
    const before = scanned('KZ', 5);
    const shift = noteKey(before, { key: 'Shift', code: 'ShiftLeft', shift: true, at: 1_010 });
    expect(shift).toBe(before);
    const after = noteKey(before, { key: 'A', code: 'KeyA', shift: true, at: 1_006 + QUIET_MS });
    expect(after.count).toBe(1);
  });

  it('answers nothing that tells one code from another of its kind', () => {
    expect(judgeScan(scanned('KZ0123456', 5), 'Enter')).toEqual(
      judgeScan(scanned('AA9999999', 5), 'Enter'),
    );
  });
});
