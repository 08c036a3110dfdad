// The stand's configuration: calendars without weekends, reasons of domain order, texts in two languages.
import { expect, it } from 'vitest';
import { CHECK_CODES } from '../../../../src/shared/central/application.ts';
import { standConfig } from '../../../../stand/central/config-data.ts';

const config = standConfig();

it('names each check once', () => {
  expect(config.checkRules.map(({ code }) => code)).toEqual([...CHECK_CODES]);
});

it('gives days off that are no weekends, in order, of their year', () => {
  for (const { year, daysOff } of config.calendars) {
    expect([...daysOff].sort()).toEqual(daysOff);
    for (const day of daysOff) {
      expect(day.startsWith(String(year))).toBe(true);
      expect([0, 6]).not.toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
    }
  }
});

it('has a Kazakh and a Russian text for every reason, told apart', () => {
  expect(new Set(config.annulmentReasons.map(({ code }) => code)).size).toBe(19);
  for (const reason of config.annulmentReasons) {
    expect(reason.nameKz).not.toBe(reason.nameRu);
    expect(reason.citizenKz).toMatch(/[әғқңөұүһі]/i);
    expect(reason.citizenRu).not.toMatch(/[әғқңөұүһі]/i);
    expect(reason.filingAgain).toBe(reason.group !== 'other' || reason.code === 'OTHER');
  }
  const commented = config.annulmentReasons.filter(({ commentObligatory }) => commentObligatory);
  expect(commented.map(({ code }) => code)).toEqual(['OTHER']);
});

it('marks the documenting codes as training ones', () => {
  for (const { code, nameRu } of config.documentingCodes) {
    expect(code).toMatch(/^TR-\d\d$/);
    expect(nameRu).toContain('Учебный');
  }
});
