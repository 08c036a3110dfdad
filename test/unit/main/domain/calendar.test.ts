// Terms over the three calendars: weekends, holidays, year ends, moved working days, the zone UTC+5.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingMinutes,
  daysBetween,
  isWorkingDay,
  localDateOf,
  startOfLocalDate,
  workingCalendar,
  workingMinutesBetween,
} from '../../../../src/main/domain/calendar.ts';
import {
  dueAt,
  isAlarm,
  productionCutOffAt,
  timeLeft,
} from '../../../../src/main/domain/deadline.ts';
import { standConfig } from '../../../../stand/central/config-data.ts';

const config = standConfig();
const calendar = workingCalendar(config.calendars);
const at = (local: string): Date => new Date(`${local}:00+05:00`);
const DAY = 1440;

describe('working calendar of 2025–2027', () => {
  it.each([
    ['2025-03-20', true],
    ['2025-03-21', false], // Nauryz
    ['2025-03-25', false], // moved day off
    ['2025-12-16', false],
    ['2026-01-01', false],
    ['2026-03-09', false],
    ['2026-08-31', true], // a Monday that is a working day in 2026
    ['2026-10-26', false],
    ['2026-11-22', false], // Sunday
    ['2027-03-08', false],
    ['2027-05-10', false],
    ['2027-05-11', true],
  ])('%s working: %s', (date, working) => {
    expect(isWorkingDay(date, calendar)).toBe(working);
  });

  it.each([
    ['2026-11-20T16:00', '2026-11-23T16:00'], // Friday → Monday
    ['2026-11-21T11:00', '2026-11-24T00:00'], // Saturday: the day that counts is Monday, whole
    ['2025-12-31T10:00', '2026-01-05T10:00'], // over the year end: 1, 2 January off
    ['2026-03-20T09:00', '2026-03-26T09:00'], // Nauryz: 21–25 off
    ['2026-05-08T12:00', '2026-05-12T12:00'],
    ['2027-01-06T15:00', '2027-01-08T15:00'], // 7 January off
  ])('registered %s local is due %s local', (registered, due) => {
    expect(dueAt(at(registered), config.deadline, calendar)).toEqual(at(due));
  });

  it('counts dates in the country, not in UTC', () => {
    expect(localDateOf(new Date('2026-11-22T19:30:00Z'))).toBe('2026-11-23');
    expect(startOfLocalDate('2026-11-23').toISOString()).toBe('2026-11-22T19:00:00.000Z');
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2);
  });

  it('adding and measuring working minutes agree for any moment and length', () => {
    const moment = fc.date({
      min: at('2025-01-01T00:00'),
      max: at('2027-11-30T00:00'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 20 * DAY }), (start, minutes) => {
        const whole = new Date(Math.floor(start.getTime() / 60_000) * 60_000);
        const end = addWorkingMinutes(whole, minutes, calendar);
        expect(workingMinutesBetween(whole, end, calendar)).toBe(minutes);
        expect(workingMinutesBetween(end, whole, calendar)).toBe(-minutes);
      }),
    );
  });

  it('marks what is late, soon and fine, and raises the alarm a working day after the term', () => {
    const due = at('2026-11-23T16:00');
    const left = (now: string, decided = false) =>
      timeLeft(due, at(now), decided, config.deadline, calendar);
    expect(left('2026-11-23T09:00')).toMatchObject({ level: 'ok', workingMinutesLeft: 7 * 60 });
    expect(left('2026-11-23T11:00')).toMatchObject({ level: 'soon', workingMinutesLeft: 5 * 60 });
    expect(left('2026-11-23T16:01')).toMatchObject({ level: 'late', workingMinutesLeft: -1 });
    expect(left('2026-11-23T16:01', true).level).toBe('done');
    expect(isAlarm(due, at('2026-11-24T15:59'), config.deadline, calendar)).toBe(false);
    expect(isAlarm(due, at('2026-11-24T16:00'), config.deadline, calendar)).toBe(true);
  });

  it('tells of today’s production run only while it can be made', () => {
    expect(productionCutOffAt('17:00', at('2026-11-23T16:59'))).toEqual(at('2026-11-23T17:00'));
    expect(productionCutOffAt('17:00', at('2026-11-23T17:00'))).toBeNull();
    expect(productionCutOffAt(null, at('2026-11-23T10:00'))).toBeNull();
  });
});
