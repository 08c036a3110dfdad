// A scanner is told from a hand by its speed, and read on its own layout.
import { describe, expect, it } from 'vitest';
import {
  GS,
  NO_BURST,
  addKey,
  charOf,
  isTerminator,
  readScan,
  scanned,
  zoneGoesOn,
} from '../../../../src/renderer/shared/scan/wedge.ts';

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

const ZONE = [
  'IDKAZ0123456784991332300002<<<',
  '9203083F3611208KAZ<<<<<<<<<<<4',
  'OMAROVA<<AIGUL<<<<<<<<<<<<<<<<',
];

describe('what was scanned', () => {
  it('a ticket: plain, behind a symbology identifier, in an address, in a JSON of ours', () => {
    const ticket = { kind: 'ticket', ticket: '750-0112648' };
    expect(readScan('750-0112648')).toEqual(ticket);
    expect(readScan(']C1750-0112648')).toEqual(ticket);
    expect(readScan(`]C1${GS}750-0112648${GS}`)).toEqual(ticket);
    expect(readScan('https://kz.example/t?lang=kk&ticket=750-0112648')).toEqual(ticket);
    expect(readScan(']Q1{"ticket":"750-0112648","act":"ab"}')).toEqual(ticket);
  });
  it('anything else is strange, never a ticket', () => {
    for (const text of [
      'https://kz.example/about',
      '{"ticket":7}',
      '{"a":',
      'x'.repeat(80),
      ']C1',
      'http://',
    ])
      expect(readScan(text).kind, text).toBe('strange');
  });
  it('a zone in one piece or in lines, a passport too: the core tells them apart', () => {
    expect(readScan(ZONE.join('\n')).kind).toBe('zone');
    expect(readScan(ZONE.join('')).kind).toBe('zone');
    expect(readScan(`P<UTOERIKSSON<<ANNA${'<'.repeat(70)}`).kind).toBe('zone');
  });
  it('waits for the lines of a zone that are still to come', () => {
    expect(zoneGoesOn(ZONE[0]!)).toBe(true);
    expect(zoneGoesOn(ZONE[0]! + ZONE[1]!)).toBe(true);
    expect(zoneGoesOn(ZONE.join(''))).toBe(false);
    expect(zoneGoesOn('750-0112648')).toBe(false);
  });
  it('knows the keys scanners end with, and the signs of addresses, JSON and zones', () => {
    expect(['Enter', 'NumpadEnter', 'Tab', 'KeyA'].map(isTerminator)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    const typed = [
      ['Comma', '<'],
      ['BracketLeft', '{'],
      ['Quote', '"'],
      ['Semicolon', ':'],
      ['Digit7', '&'],
    ] as const;
    for (const [code, sign] of typed) expect(charOf(code, true)).toBe(sign);
  });
});
