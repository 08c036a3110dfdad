// The check of the two languages finds each kind of planted trouble and passes the real texts.
import { describe, expect, it } from 'vitest';
import { onPurpose } from '../../../scripts/check/texts-on-purpose.mjs';
import { textTroubles } from '../../../scripts/check/texts.mjs';
import { kk } from '../../../src/renderer/shared/i18n/texts/kk.ts';
import { ru } from '../../../src/renderer/shared/i18n/texts/ru.ts';

describe('planted troubles', () => {
  it.each([
    ['a key only in Russian', { a: 'да', b: 'нет' }, { a: 'иә' }],
    ['a key only in Kazakh', { a: 'да' }, { a: 'иә', b: 'жоқ' }],
    ['an empty text', { a: 'да' }, { a: ' ' }],
    ['a text that is not a string', { a: 'да' }, { a: 5 }],
    ['another place for a value', { a: 'Осталось {days}' }, { a: '{day} қалды' }],
    ['Russian words left in Kazakh', { a: 'Заявка не найдена' }, { a: 'Заявка не найдена' }],
    ['a trouble deep in the tree', { a: { b: { c: 'да' } } }, { a: { b: { d: 'иә' } } }],
  ])('%s', (_name, a, b) => {
    expect(textTroubles(a, b).length).toBeGreaterThan(0);
  });

  it('a permission that is no longer needed must go', () => {
    expect(textTroubles({ a: 'да' }, { a: 'иә' }, ['a'])).toHaveLength(1);
  });
});

describe('no trouble', () => {
  it('same places in another order, and one word equal in both', () => {
    const a = { one: '{n} из {all}', two: 'ПИН-код' };
    const b = { one: '{all} ішінен {n}', two: 'ПИН-код' };
    expect(textTroubles(a, b)).toEqual([]);
  });

  it('the texts of the program', () => {
    expect(textTroubles(ru, kk, onPurpose)).toEqual([]);
  });
});
