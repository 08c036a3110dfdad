// How dates, numbers and durations are written in both languages.
import { afterEach, describe, expect, it } from 'vitest';
import * as format from '../../../src/renderer/shared/format/format.ts';
import { plural, useLanguage } from '../../../src/renderer/shared/i18n/language.ts';
import { common } from '../../../src/renderer/shared/i18n/texts/ru/common.ts';

const speak = (language: 'ru' | 'kk'): void => useLanguage.setState({ language });
afterEach(() => speak('ru'));

describe('format', () => {
  it('writes instants in UTC+5, over midnight and over the year', () => {
    expect(format.formatDateTime('2026-12-31T19:30:00.000Z')).toBe('01.01.2027 00:30');
    expect(format.formatTime('2026-03-01T08:05:00.000Z')).toBe('13:05');
    expect(format.formatDate('2026-02-09')).toBe('09.02.2026');
    expect(format.formatDate('soon')).toBe('soon');
  });

  it('leaves the day out for today', () => {
    const now = Date.parse('2026-11-22T10:00:00.000Z');
    expect(format.formatMoment('2026-11-22T04:00:00.000Z', now)).toBe('09:00');
    expect(format.formatMoment('2026-11-21T04:00:00.000Z', now)).toBe('21.11 09:00');
  });

  it('groups IINs and numbers', () => {
    expect(format.formatIin('991332300002')).toBe('9913 3230 0002');
    expect(format.formatIin('9913')).toBe('9913');
    expect(format.formatNumber(1234567)).toBe('1\u202f234\u202f567');
    expect(format.formatMoney(865)).toBe('865\u202f₸');
  });

  it('counts working time in days round the clock, as the terms run', () => {
    expect(format.formatWorkingMinutes(2 * 1440 + 180)).toBe('2 раб. дня 3 ч');
    expect(format.formatWorkingMinutes(2 * 1440 + 180, true)).toBe('2 раб. дня');
    expect(format.formatWorkingMinutes(-340)).toBe('5 ч 40 мин');
    expect(format.formatWorkingMinutes(59)).toBe('59 мин');
    speak('kk');
    expect(format.formatWorkingMinutes(1440)).toBe('1 жұмыс күні');
  });

  it('says how long ago and how soon', () => {
    const now = Date.parse('2026-11-22T10:00:00.000Z');
    expect(format.formatRelative('2026-11-22T09:59:50.000Z', now)).toBe('только что');
    expect(format.formatRelative('2026-11-22T09:55:00.000Z', now)).toBe('5 мин назад');
    expect(format.formatRelative('2026-11-22T10:04:00.000Z', now)).toBe('через 4 мин');
    expect(format.formatRelative('2026-11-17T10:00:00.000Z', now)).toBe('5 дней назад');
    speak('kk');
    expect(format.formatRelative('2026-11-22T07:00:00.000Z', now)).toBe('3 сағ бұрын');
  });

  it('chooses the Russian plural form', () => {
    expect([1, 2, 5, 11, 21, 22].map((n) => plural(n, common.days))).toEqual([
      '1 день',
      '2 дня',
      '5 дней',
      '11 дней',
      '21 день',
      '22 дня',
    ]);
  });

  it('never carries a remainder of sixty minutes or a negative time', () => {
    expect(format.formatSeconds(-3)).toBe('0 с');
    expect(format.formatSeconds(59)).toBe('59 с');
    expect(format.formatSeconds(3600 + 300)).toBe('1 ч 05 мин');
    expect(format.formatBytes(1_500_000)).toBe('1,4 МБ');
  });
});
