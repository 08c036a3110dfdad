// A scanner is told from a hand by its speed, and read on its own layout.
import { describe, expect, it } from 'vitest';
import {
  NO_BURST,
  addKey,
  charOf,
  scanned,
} from '../../../../src/renderer/features/issuance/wedge.ts';

const CODES: Record<string, string> = { '-': 'Minus' };
const type = (text: string, gap: number) =>
  [...text].reduce(
    (state, char) => ({
      at: state.at + gap,
      burst: addKey(
        state.burst,
        CODES[char] ?? (/\d/.test(char) ? `Digit${char}` : `Key${char.toUpperCase()}`),
        /[A-Z]/.test(char),
        state.at + gap,
      ),
    }),
    { at: 1000, burst: NO_BURST },
  );

describe('keyboard wedge', () => {
  it('hears a scan whatever the layout of the workstation', () => {
    const { burst, at } = type('71-AS-048213', 6);
    expect(scanned(burst, at + 6)).toBe('71-AS-048213');
  });
  it('takes a hand for a hand', () => {
    const { burst, at } = type('71-2026-048213', 120);
    expect(scanned(burst, at + 120)).toBeNull();
  });
  it('does not take a short burst or a late Enter for a ticket', () => {
    const short = type('123', 5);
    expect(scanned(short.burst, short.at + 5)).toBeNull();
    const full = type('71-2026-048213', 5);
    expect(scanned(full.burst, full.at + 900)).toBeNull();
  });
  it('drops what a hand typed before the scan', () => {
    const hand = addKey(NO_BURST, 'KeyQ', false, 10);
    expect(addKey(hand, 'Digit7', false, 2000).text).toBe('7');
  });
  it('knows shifted signs and ignores keys that print nothing', () => {
    expect(charOf('KeyA', true)).toBe('A');
    expect(charOf('Slash', false)).toBe('/');
    expect(charOf('Minus', true)).toBe('_');
    expect(charOf('ShiftLeft', false)).toBeNull();
    expect(charOf('ArrowDown', false)).toBeNull();
  });
});
