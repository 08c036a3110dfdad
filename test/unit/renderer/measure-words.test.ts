// Values and limits of the measures in words, in both languages.
import { afterEach, describe, expect, it } from 'vitest';
import {
  formatMeasure,
  formatRange,
  isMeasure,
  measureLine,
  measureName,
} from '../../../src/renderer/shared/format/measure-words.ts';
import { useLanguage } from '../../../src/renderer/shared/i18n/language.ts';
import { CHECKLIST, MEASURE_CODES } from '../../../src/shared/central/measures.ts';

const range = (min: number | null, max: number | null) => ({ min, max });
afterEach(() => useLanguage.setState({ language: 'ru' }));

describe('measure words', () => {
  it('writes a value with its unit, a comma and a true minus', () => {
    expect(formatMeasure('head-height', 31.24)).toBe('31,2\u00a0мм');
    expect(formatMeasure('head-pitch', -9.4)).toBe('−9,4°');
    expect(formatMeasure('under-exposure', 0.42)).toBe('42\u00a0%');
    expect(formatMeasure('dynamic-range', 6)).toBe('6,0\u00a0бит');
    expect(formatMeasure('background-evenness', 0.24)).toBe('0,240');
  });
  it('never writes minus zero, nor a small share as zero', () => {
    expect(formatMeasure('head-roll', -0.01)).toBe('0,0°');
    expect(formatMeasure('ink-share', 0.00002)).toBe('< 0,01\u00a0%');
    expect(formatMeasure('ink-at-border', 0)).toBe('0\u00a0пикс.');
  });
  it('says yes, no and not measured in the language of the screen', () => {
    expect(formatMeasure('ink-redness', 1)).toBe('да');
    expect(formatMeasure('smile', null)).toBe('не измерено');
    useLanguage.setState({ language: 'kk' });
    expect(formatMeasure('ink-redness', 0)).toBe('жоқ');
    expect(measureLine('head-height', 31.2, range(32, 36))).toBe(
      '31,2\u00a0мм · норма 32–36\u00a0мм',
    );
  });
  it('writes a limit as an officer would say it', () => {
    expect(formatRange('head-pitch', range(-8, 8))).toBe('±8°');
    expect(formatRange('inter-eye-distance', range(90, null))).toBe('≥ 90\u00a0пикс.');
    expect(formatRange('over-exposure', range(null, 0.01))).toBe('≤ 1\u00a0%');
    expect(formatRange('faces', range(1, 1))).toBe('1');
    expect(formatRange('compression', range(60, null))).toBe('≥ 60');
    expect(formatRange('ruled-lines', range(null, 0))).toBe('0');
    expect(formatRange('ink-redness', range(null, 0))).toBe('нет');
    expect(formatRange('background-light', range(null, null))).toBeNull();
  });
  it('has a name for every measure and every question, and for nothing else', () => {
    for (const language of ['ru', 'kk'] as const) {
      useLanguage.setState({ language });
      for (const code of [...MEASURE_CODES, ...CHECKLIST])
        expect(measureName(code), code).toBeTruthy();
    }
    expect(measureName('fee')).toBeNull();
    expect(MEASURE_CODES.every(isMeasure)).toBe(true);
  });
});
