// A count of the stock: whatever is scanned, issued or brought meanwhile, what is seen and missing adds up.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDifference, type CountScan } from '../../../../src/main/domain/stock-count.ts';

const number = (n: number): string => String(n).padStart(9, '0');
const cards = (numbers: Iterable<number>) => [...numbers].map((n) => ({ cardNumber: number(n) }));

describe('a count', () => {
  it('names what is not there and what does not belong here', () => {
    const scans: CountScan[] = [
      { cardNumber: number(1), inStock: true },
      { cardNumber: number(9), inStock: false },
    ];
    expect(countDifference(cards([1, 2]), scans)).toEqual({
      expected: 2,
      seen: 1,
      missing: cards([2]),
      extra: [number(9)],
    });
  });

  it('misses no card that was seen and then handed over, and takes one that was brought in', () => {
    const seen: CountScan[] = [
      { cardNumber: number(1), inStock: true },
      { cardNumber: number(3), inStock: false },
    ];
    expect(countDifference(cards([2, 3]), seen)).toEqual({
      expected: 3,
      seen: 2,
      missing: cards([2]),
      extra: [],
    });
  });

  it('adds up under any sequence of scans and moves', () => {
    const step = fc.record({
      card: fc.integer({ min: 1, max: 8 }),
      what: fc.constantFrom('scan', 'leaves', 'comes'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const stock = new Set([1, 2, 3, 4, 5]);
        const scans = new Map<string, CountScan>();
        for (const { card, what } of steps) {
          const cardNumber = number(card);
          if (what === 'leaves') stock.delete(card);
          else if (what === 'comes') stock.add(card);
          else if (!scans.has(cardNumber))
            scans.set(cardNumber, { cardNumber, inStock: stock.has(card) });
          const found = countDifference(cards(stock), [...scans.values()]);
          expect(found.seen + found.missing.length).toBe(found.expected);
          expect(found.seen + found.extra.length).toBe(scans.size);
          expect(found.missing.every((one) => !scans.has(one.cardNumber))).toBe(true);
          expect(found.extra.every((one) => scans.has(one))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
