// The card in the hand against the record: which card it is, which field differs, what the statement says.
import { describe, expect, it } from 'vitest';
import type { Card, Head } from '../../../../src/shared/central/application.ts';
import { differing, readCard, sameNames } from '../../../../src/main/domain/mrz.ts';
import { readTd1 } from '../../../../src/shared/kernel/mrz.ts';
import { cardZone, zonesOf, type ZoneFacts } from '../../../../stand/people/card-zone.ts';
import { anApplication } from '../../../support/an-application.ts';

const dossier = anApplication();
const card: Card = {
  number: '055555555',
  endDate: '2036-11-20',
  place: 'A-1',
  arrivedAt: null,
  condition: 'good',
};
const head: Head = {
  applicationId: dossier.applicationId,
  revision: 1,
  stage: 'at-point',
  holder: null,
  card,
  decision: null,
  timeline: [],
};
const record = { dossier, head };
const person = dossier.authoritative ?? dossier.declared;
const facts: ZoneFacts = {
  number: card.number,
  endDate: card.endDate,
  iin: person.iin,
  birthDate: person.birthDate,
  sex: person.sex,
  surname: person.latinSurname,
  name: person.latinName,
};
const read = (change: Partial<ZoneFacts> = {}) => {
  const result = readCard(record, cardZone({ ...facts, ...change }).join('\n'));
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};

describe('card in the hand', () => {
  it('agrees in every field with the card of this ticket', () => {
    const { check, said } = read();
    expect(check).toMatchObject({ which: 'card', way: 'mrz', agrees: true, corrected: 0 });
    expect(said).toMatchObject({ way: 'mrz', number: card.number, iin: person.iin });
  });

  it.each([
    ['number', { number: '087654321' }],
    ['iin', { iin: '991332300323' }],
    ['birth-date', { birthDate: '1970-02-03' }],
    ['sex', { sex: person.sex === 'male' ? 'female' : 'male' }],
    ['end-date', { endDate: '2035-11-20' }],
    ['names', { surname: 'SOMEBODYELSE' }],
    ['names', { name: 'OTHER' }],
  ] as const)('names %s when it differs', (field, change) => {
    const { check } = read(change);
    expect(check.agrees).toBe(false);
    expect(differing(check)).toBe(field);
  });

  it('knows the old card by its number and holds it against its own dates', () => {
    const { number, endDate } = dossier.document;
    expect(read({ number, endDate }).check).toMatchObject({ which: 'old-card', agrees: true });
    expect(differing(read({ number }).check)).toBe('end-date');
    expect(read({ number, endDate }).said).toBeNull();
    expect(readCard(record, zonesOf(record).oldCard)).toMatchObject({
      ok: true,
      value: { check: { which: 'old-card', agrees: true } },
    });
  });

  it('takes a typed number, and nothing else that is no zone', () => {
    expect(readCard(record, ' 055 555 555 ')).toMatchObject({
      value: { check: { agrees: true, way: 'by-eye' }, said: { way: 'by-eye' } },
    });
    expect(readCard(record, '055555556')).toMatchObject({ value: { check: { agrees: false } } });
    expect(readCard(record, '01234567')).toMatchObject({ refusal: { code: 'not-a-card' } });
    const torn = cardZone(facts).join('').replace(card.number, '055555556');
    expect(readCard(record, torn)).toMatchObject({ refusal: { code: 'mrz-unreadable' } });
  });

  it('names: a patronymic more is let be, cut ones match by their beginning, no Latin = no data', () => {
    const zone = (surname: string, name: string) => {
      const result = readTd1(cardZone({ ...facts, surname, name }).join(''));
      if (!result.ok) throw new Error('zone');
      return result.value;
    };
    expect(sameNames(zone('OMAROVA', 'AIGUL SERIKKYZY'), 'OMAROVA', 'AIGUL')).toBe(true);
    expect(sameNames(zone('OMAROVA', 'AIGUL'), 'OMAROVA', 'AIGULIM')).toBe(false);
    expect(sameNames(zone('OMAROV', 'AIGUL'), 'OMAROVA', 'AIGUL')).toBe(false);
    const long = 'ABDRAKHMANOVA-SULEIMENOVA';
    expect(sameNames(zone(long, 'GULZHAMAL'), long, 'GULZHAMAL')).toBe(true);
    expect(sameNames(zone(long, 'ZHANSAYA'), long, 'GULZHAMAL')).toBe(false);
    expect(sameNames(zone('OMAROVA', 'AIGUL'), null, null)).toBeNull();
  });
});
