// What an officer types becomes index expressions: folded words, wrong layouts, numbers with signs.
import { describe, expect, it } from 'vitest';
import { searchTerms } from '../../../../../src/main/adapters/sqlite/search-terms.ts';

describe('search terms', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['Қасым', { match: '("касым")', prefix: null }],
    ['rfcsv', { match: '("rfcsv") OR ("касым")', prefix: null }],
    ['Қасым Нұр', { match: '("касым" AND "нур")', prefix: null }],
    ['+7 (700) 000-12-34', { match: '("700" AND "000") OR ("77000001234")', prefix: null }],
    ['8 700 000 12 34', { match: '("700" AND "000") OR ("77000001234")', prefix: null }],
    [
      '9913 3230 0002',
      { match: '("9913" AND "3230" AND "0002") OR ("991332300002")', prefix: null },
    ],
    ['иб', { match: null, prefix: 'иб' }],
  ])('«%s»', (typed, expected) => {
    expect(searchTerms(typed)).toEqual(expected);
  });

  it('never lets typed text become index syntax', () => {
    expect(searchTerms('абв" OR *')).toEqual({ match: '("абв")', prefix: null });
    expect(searchTerms('NEAR(абвг)')?.match).not.toContain('NEAR');
  });
});
