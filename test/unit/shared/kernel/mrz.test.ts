// The card's zone: ICAO's own specimens, each check digit, look-alikes only where a digit proves them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mrzCheckDigit, mrzDate, readTd1 } from '../../../../src/shared/kernel/mrz.ts';
import { cardZone, type ZoneFacts } from '../../../../stand/people/card-zone.ts';

const SPECIMEN = [
  'I<UTOD231458907<<<<<<<<<<<<<<<',
  '7408122F1204159UTO<<<<<<<<<<<6',
  'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
];
const LONG_NUMBER = [
  'I<UTOD23145890<7349<<<<<<<<<<<',
  '3407127M9507122UTO<<<<<<<<<<<2',
  'STEVENSON<<PETER<JOHN<<<<<<<<<',
];

const day = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const numbers = (size: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: size, maxLength: size })
    .map((all) => all.join(''));
const name = fc.constantFrom('AIGUL', 'OMAR', 'GULNUR', 'LI', 'ZHANSAYA', 'IBRAI');
const facts: fc.Arbitrary<ZoneFacts> = fc.record({
  number: numbers(9),
  iin: numbers(12),
  birthDate: day,
  sex: fc.constantFrom('male' as const, 'female' as const),
  endDate: day,
  surname: name,
  name,
});
const LOOKS: Readonly<Record<string, string>> = { 0: 'O', 1: 'I', 2: 'Z', 5: 'S', 6: 'G', 8: 'B' };

const read = (text: string) => {
  const zone = readTd1(text);
  if (!zone.ok) throw new Error(JSON.stringify(zone.refusal));
  return zone.value;
};

describe('machine-readable zone', () => {
  it("reads ICAO's specimen, with a number of nine signs and with a longer one", () => {
    expect(read(SPECIMEN.join('\n'))).toMatchObject({
      issuer: 'UTO', number: 'D23145890', birth: '740812', sex: 'female', expiry: '120415',
      surname: 'ERIKSSON', givenNames: 'ANNA MARIA', iin: null, corrected: 0,
    }); // prettier-ignore
    expect(read(LONG_NUMBER.join(''))).toMatchObject({ number: 'D23145890734', sex: 'male' });
    expect(mrzCheckDigit('520727')).toBe(3); // the example of part 3, 4.9
  });

  it('reads what the stand writes, in one line, three lines, small letters', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom('', '\n', '\r\n', ' '), (one, between) => {
        const zone = read(cardZone(one).join(between).toLowerCase());
        expect(zone).toMatchObject({
          issuer: 'KAZ', number: one.number, iin: one.iin, sex: one.sex, corrected: 0,
          birth: mrzDate(one.birthDate), expiry: mrzDate(one.endDate),
          surname: one.surname, givenNames: one.name, namesCut: false,
        }); // prettier-ignore
      }),
    );
  });

  it('takes a look-alike for a digit in every field of digits, and says how many', () => {
    fc.assert(
      fc.property(facts, fc.nat(), (one, pick) => {
        const signs = [...cardZone(one).join('')];
        const places = signs.flatMap((sign, i) => (i >= 5 && i < 60 && sign in LOOKS ? [i] : []));
        fc.pre(places.length > 0);
        const at = places[pick % places.length]!;
        signs[at] = LOOKS[signs[at]!]!;
        expect(read(signs.join(''))).toMatchObject({
          number: one.number, iin: one.iin, birth: mrzDate(one.birthDate), corrected: 1,
        }); // prettier-ignore
      }),
    );
  });

  it('never reads a wrong digit as right: any one digit changed in a checked field refuses', () => {
    fc.assert(
      fc.property(facts, fc.nat(), fc.integer({ min: 1, max: 9 }), (one, pick, add) => {
        const signs = [...cardZone(one).join('')];
        const places = signs.flatMap((sign, i) => (i >= 5 && i < 60 && /\d/.test(sign) ? [i] : []));
        const at = places[pick % places.length]!;
        signs[at] = String((Number(signs[at]) + add) % 10);
        expect(readTd1(signs.join(''))).toMatchObject({ refusal: { code: 'check-digit' } });
      }),
    );
  });

  it('names the field whose digit does not agree', () => {
    const wrong = (line: number, at: number, sign: string) =>
      readTd1(SPECIMEN.map((text, i) => (i === line ? text.slice(0, at) + sign + text.slice(at + 1) : text)).join('')); // prettier-ignore
    expect(wrong(0, 6, '4')).toMatchObject({ refusal: { params: { fields: 'number' } } });
    expect(wrong(1, 0, '8')).toMatchObject({ refusal: { params: { fields: 'birth' } } });
    expect(wrong(1, 8, '3')).toMatchObject({ refusal: { params: { fields: 'expiry' } } });
    expect(wrong(0, 20, '7')).toMatchObject({ refusal: { params: { fields: 'composite' } } });
  });

  it('mends no name: nothing proves a letter there', () => {
    const zone = read([SPECIMEN[0], SPECIMEN[1], SPECIMEN[2]!.replace('ANNA', '4NNA')].join(''));
    expect(zone.givenNames).toBe('4NNA MARIA');
  });

  it.each([
    ['a passport', `P<UTOERIKSSON<<ANNA<MARIA${'<'.repeat(19)}L898902C36UTO7408122F1204159ZE184226B<<<<<10`], // prettier-ignore
    ['two lines', SPECIMEN.slice(0, 2).join('\n')],
    ['a ticket', '750-0112648'],
    ['Cyrillic', SPECIMEN.join('').replace('ANNA', 'АННА')],
    ['nothing', ''],
  ])('%s is no TD1', (_name, text) => {
    expect(readTd1(text)).toMatchObject({ refusal: { code: 'not-td1' } });
  });

  it('answers any text without throwing', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void readTd1(text)));
    const signs = fc.constantFrom(...'ABCIKZO0123456789<');
    fc.assert(
      fc.property(fc.array(signs, { minLength: 90, maxLength: 90 }), (all) => {
        const zone = readTd1(`I<KAZ${all.join('').slice(5)}`);
        expect(typeof zone.ok).toBe('boolean');
      }),
    );
  });
});
