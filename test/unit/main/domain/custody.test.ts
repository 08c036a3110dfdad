// A parcel against its list: what a scan says, what is counted, what the signed acts carry.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildAcceptance,
  buildReturn,
  progressOf,
  readScan,
  scanOnto,
  type Mark,
} from '../../../../src/main/domain/custody.ts';
import {
  cardReturn,
  dispatchAcceptance,
  type Arrival,
} from '../../../../src/shared/central/custody.ts';
import { cardZone } from '../../../../stand/people/card-zone.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const number = (n: number): string => String(n).padStart(9, '0');
const CARDS = Array.from({ length: 6 }, (_, n) => ({
  applicationId: id(n + 1),
  ticket: `750-${n + 1}-П`,
  cardNumber: number(n + 1),
}));
const AT = '2026-11-20T05:00:00.000Z';
const SIGNING = {
  actId: id(900),
  registrationPoint: 'ALA-1',
  officerIin: '900101300017',
  departmentBin: '990140000000',
  stationId: 'station-1',
  at: AT,
};
const DISPATCH = { dispatchId: id(800), contentsSha256: 'a'.repeat(64), cards: CARDS };

const zone = cardZone({
  number: number(3),
  endDate: '2036-11-20',
  iin: '900101300017',
  birthDate: '1990-01-01',
  sex: 'male',
  surname: 'TEST',
  name: 'CARD',
}).join('\n');

/** What the store does with a mark: one a card. */
const kept = (marks: readonly Mark[], mark: Mark): Mark[] => [
  ...marks.filter(({ cardNumber }) => cardNumber !== mark.cardNumber),
  mark,
];

describe('a scan', () => {
  it('is a zone, nine digits or the code of a ticket', () => {
    expect(readScan(zone)).toMatchObject({ ok: true, value: { cardNumber: number(3) } });
    expect(readScan(' 000-000-004 ')).toMatchObject({ value: { cardNumber: number(4) } });
    expect(readScan(' 750-5-П ')).toMatchObject({ value: { by: 'ticket', ticket: '750-5-П' } });
  });

  it('says why it is none', () => {
    expect(readScan(zone.replace(number(3), number(4)))).toMatchObject({
      refusal: { code: 'mrz-unreadable' },
    });
    expect(readScan(zone.slice(0, 40))).toMatchObject({ refusal: { code: 'not-a-card' } });
    expect(readScan('x'.repeat(61))).toMatchObject({ refusal: { code: 'not-a-card' } });
    expect(readScan('  ')).toMatchObject({ refusal: { code: 'not-a-card' } });
  });

  it('counts a card once, finds a missing one again, and leaves a damaged one damaged', () => {
    const scan = { cardNumber: number(1), place: 'A-1', at: AT };
    const first = scanOnto(CARDS, [], scan);
    expect(first).toMatchObject({ outcome: 'counted', mark: { outcome: 'arrived', place: 'A-1' } });
    expect(scanOnto(CARDS, [first.mark!], scan)).toEqual({ outcome: 'again', mark: null });
    const by = (outcome: Arrival): Mark => ({ ...first.mark!, outcome, note: 'n' });
    expect(scanOnto(CARDS, [by('missing')], scan).outcome).toBe('counted');
    expect(scanOnto(CARDS, [by('damaged')], scan)).toEqual({ outcome: 'again', mark: null });
  });

  it('tells loudly each time of a card that is not on the list, and keeps it once', () => {
    const scan = { cardNumber: '999999999', place: 'A-1', at: AT };
    const first = scanOnto(CARDS, [], scan);
    expect(first).toMatchObject({ outcome: 'extra', mark: { outcome: 'extra', place: null } });
    expect(scanOnto(CARDS, [first.mark!], scan)).toEqual({ outcome: 'extra', mark: null });
  });
});

describe('a parcel', () => {
  const step = fc.record({
    card: fc.integer({ min: 1, max: 9 }), // 7–9 are not on the list
    by: fc.constantFrom('scan', 'arrived', 'damaged', 'missing', 'undo'),
  });

  it('adds up after any scans and marks, and so does the act', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let marks: Mark[] = [];
        for (const { card, by } of steps) {
          const cardNumber = number(card);
          const listed = card <= CARDS.length;
          if (by === 'undo') marks = marks.filter((mark) => mark.cardNumber !== cardNumber);
          else if (by === 'scan') {
            const { mark } = scanOnto(CARDS, marks, { cardNumber, place: 'B', at: AT });
            if (mark !== null) marks = kept(marks, mark);
          } else if (listed)
            marks = kept(marks, { cardNumber, outcome: by, place: null, note: 'n', scannedAt: AT });
          const counts = progressOf(CARDS, marks);
          const { arrived, damaged, missing, unscanned } = counts;
          expect(arrived + damaged + missing + unscanned).toBe(counts.expected);
          expect(counts.expected).toBe(CARDS.length);
          expect(
            Math.min(arrived, damaged, missing, unscanned, counts.extra),
          ).toBeGreaterThanOrEqual(0);

          const act = dispatchAcceptance.parse(buildAcceptance(DISPATCH, marks, SIGNING));
          const said = (outcome: Arrival) =>
            act.cards.filter((one) => one.outcome === outcome).length;
          expect(act.cards.map((one) => one.cardNumber)).toEqual(CARDS.map((c) => c.cardNumber));
          expect(said('arrived')).toBe(arrived);
          expect(said('damaged')).toBe(damaged);
          expect(said('missing')).toBe(missing + unscanned);
          expect(act.extra.length).toBe(counts.extra);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says the same whatever the order of scanning was', () => {
    const marks = ['999999998', number(2), '999999999', number(1)].map((cardNumber): Mark => ({
      cardNumber,
      outcome: cardNumber.startsWith('9') ? 'extra' : 'arrived',
      place: null,
      note: null,
      scannedAt: AT,
    }));
    expect(buildAcceptance(DISPATCH, marks, SIGNING)).toEqual(
      buildAcceptance(DISPATCH, marks.toReversed(), SIGNING),
    );
  });
});

describe('a return', () => {
  it('asks for a new card where the old one is spoilt or wrong, and not for an uncollected one', () => {
    const reasons = ['uncollected', 'damaged', 'wrong-card'] as const;
    const act = cardReturn.parse(
      buildReturn(
        reasons.map((reason, n) => ({
          ...CARDS[2 - n]!,
          reason,
          note: reason === 'uncollected' ? null : 'скол',
        })),
        SIGNING,
      ),
    );
    expect(act.cards.map(({ ticket, reason, remake }) => [ticket, reason, remake])).toEqual([
      ['750-1-П', 'wrong-card', true],
      ['750-2-П', 'damaged', true],
      ['750-3-П', 'uncollected', false],
    ]);
  });
});
