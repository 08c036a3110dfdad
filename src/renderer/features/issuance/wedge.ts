// Keyboard-wedge scanners: a burst of keys with Enter behind it is a ticket, wherever the focus stands.

/** A hand never types this fast; a scanner sends a key every 1–15 ms. */
export const BURST_GAP_MS = 40;
export const SHORTEST_SCAN = 5;

export interface Burst {
  readonly text: string;
  readonly lastAt: number;
}
export const NO_BURST: Burst = { text: '', lastAt: 0 };

const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['-', '_'],
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Semicolon: [';', ':'],
  Equal: ['=', '+'],
  Space: [' ', ' '],
  NumpadSubtract: ['-', '-'],
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/**
 * What a physical key means on the scanner's own (US) layout, so that a Russian or Kazakh layout of
 * the workstation does not turn a ticket into Cyrillic; null for keys that print nothing.
 */
export function charOf(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) {
    return shift && code.startsWith('Digit') ? (SHIFTED_DIGITS[Number(digit)] ?? digit) : digit;
  }
  return SIGNS[code]?.[shift ? 1 : 0] ?? null;
}

/** Adds one key at `at` milliseconds; a pause starts a new burst. */
export function addKey(burst: Burst, code: string, shift: boolean, at: number): Burst {
  const char = charOf(code, shift);
  if (char === null) return burst;
  const text = at - burst.lastAt <= BURST_GAP_MS ? burst.text + char : char;
  return { text, lastAt: at };
}

/** What Enter at `at` ends: the scanned ticket, or null when a hand was typing. */
export const scanned = (burst: Burst, at: number): string | null =>
  burst.text.length >= SHORTEST_SCAN && at - burst.lastAt <= BURST_GAP_MS * 2
    ? burst.text.trim()
    : null;
