// Half a surrogate pair is found wherever it stands; whole signs and bytes are left alone.
import { describe, expect, it } from 'vitest';
import { isWholeText } from '../../../../src/shared/kernel/whole-text.ts';

describe('isWholeText', () => {
  it('takes what is Unicode, and bytes', () => {
    for (const value of [
      '',
      'Әсел',
      '😀\u0000\u202e',
      null,
      1,
      [],
      {},
      { a: ['😀', { b: 'e\u0301' }] },
      Uint8Array.of(0xd8, 0x00),
    ])
      expect(isWholeText(value)).toBe(true);
  });

  it('refuses half a sign at any depth', () => {
    for (const half of ['\ud83d', 'a\ude00', '\ude00\ud83d', '😀\ud83d'])
      for (const value of [half, [half], { a: half }, { a: [{ b: ['x', half] }] }, { [half]: 1 }])
        expect(isWholeText(value)).toBe(false);
  });
});
