// IIN, masking and folding: the small rules every list and search stands on.
import { describe, expect, it } from 'vitest';
import { fold, fromWrongLayout } from '../../../../src/shared/kernel/fold.ts';
import {
  iinBirth,
  iinCheckDigit,
  isIin,
  maskIin,
  maskPhone,
} from '../../../../src/shared/kernel/iin.ts';

describe('IIN', () => {
  it.each(['991332300002', '991332300012', '991332300311', '991332300323'])(
    '%s is valid',
    (iin) => {
      expect(isIin(iin)).toBe(true);
    },
  );

  it('refuses every other last digit', () => {
    for (let digit = 0; digit < 10; digit++) expect(isIin(`99133230000${digit}`)).toBe(digit === 2);
  });

  it.each(['99133230030', '99133230111'])('no digit exists after %s', (eleven) => {
    expect(iinCheckDigit(eleven)).toBeNull();
  });

  it.each(['', '99133230000', '9913323000021', '99133230000a'])('refuses «%s»', (text) => {
    expect(isIin(text)).toBe(false);
  });

  it('reads date and sex only where they are real', () => {
    expect(iinBirth('991332300002')).toBeNull(); // thirteenth month
    expect(iinBirth('900101300000')).toEqual({ date: '1990-01-01', sex: 'male' });
    expect(iinBirth('010229600000')).toBeNull(); // no 29 February in 2001
  });

  it('masks for lists and logs', () => {
    expect(maskIin('991332300002')).toBe('9913••••0002');
    expect(maskPhone('+7 (700) 000-12-34')).toBe('+7 70••••••34');
    expect(maskPhone('12')).toBe('••••');
  });
});

describe('folding', () => {
  it.each([
    ['Әбілқасымұлы', 'абилкасымулы'],
    ['ҒАНИ Қуандық', 'гани куандык'],
    ['Өмірзақ-Нұргүл', 'омирзак нургул'],
    ['Жаңабай Һасан', 'жанабай хасан'],
    ['Пётр', 'петр'],
  ])('%s → %s', (name, folded) => {
    expect(fold(name)).toBe(folded);
    expect(fold(folded)).toBe(folded);
  });

  it('finds a Kazakh name by what an officer types on a Russian layout', () => {
    expect(fold('ӘБІЛҒАЗЫ')).toBe(fold('абилгазы'));
  });

  it('reads a wrong keyboard layout', () => {
    expect(fromWrongLayout('rfcsv')).toBe('касым');
    expect(fromWrongLayout('касым')).toBeNull();
  });
});
