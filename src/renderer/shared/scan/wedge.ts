// Keyboard-wedge scanners: a burst of keys with a terminator behind it is a scan, wherever the focus stands.
import { mrzSigns } from '../../../shared/kernel/mrz.ts';

/** A hand never types this fast; a scanner sends a key every 1–15 ms. */
export const BURST_GAP_MS = 40;
/** A zone comes as three lines, each with its own terminator; readers pause a little between them. */
export const LINE_GAP_MS = 250;
export const SHORTEST_SCAN = 5;

export interface Burst {
  readonly text: string;
  readonly lastAt: number;
}
export const NO_BURST: Burst = { text: '', lastAt: 0 };

/** Group separator: what a GS1 code has between its parts (FNC1). */
export const GS = '\u001d';

const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['-', '_'],
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Semicolon: [';', ':'],
  Equal: ['=', '+'],
  Quote: ["'", '"'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  IntlBackslash: ['<', '>'],
  Backquote: ['`', '~'],
  Space: [' ', ' '],
  NumpadSubtract: ['-', '-'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
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
  return char === null ? burst : addChar(burst, char, at);
}

export const addChar = (burst: Burst, char: string, at: number): Burst => ({
  text: at - burst.lastAt <= BURST_GAP_MS ? burst.text + char : char,
  lastAt: at,
});

/** Keys a scanner is set to send behind a code. */
export const isTerminator = (code: string): boolean =>
  code === 'Enter' || code === 'NumpadEnter' || code === 'Tab';

/** What a terminator at `at` ends: the scanned text as it came, or null when a hand was typing. */
export const scanned = (burst: Burst, at: number): string | null =>
  burst.text.length >= SHORTEST_SCAN && at - burst.lastAt <= BURST_GAP_MS * 2
    ? burst.text.trim()
    : null;

/** True while the lines so far are the beginning of a card's zone: the next line is waited for. */
export function zoneGoesOn(text: string): boolean {
  const signs = mrzSigns(withoutFrame(text));
  return signs !== null && (signs.length === 30 || signs.length === 60);
}

/** Without the symbology identifier (`]C1` Code 128 GS1, `]Q1` QR …) and separators round the code. */
export const withoutFrame = (text: string): string =>
  text
    .replace(/^\s*\][A-Za-z][0-9A-Za-z]/, '')
    .replaceAll(GS, ' ')
    .trim();

export type Scan =
  | { readonly kind: 'zone'; readonly text: string }
  | { readonly kind: 'ticket'; readonly ticket: string }
  | { readonly kind: 'strange'; readonly text: string };

const LONGEST_TICKET = 60;

/**
 * What was scanned. A ticket is opaque: the code itself, `ticket` of an address, or `ticket` of a
 * JSON object. Anything else is `strange` and is said to be so.
 */
export function readScan(raw: string): Scan {
  const text = withoutFrame(raw);
  const signs = text.replace(/\s+/g, '').toUpperCase();
  // Passports and visas (P, V) have a zone too: the core tells that they are no card.
  if (/^[A-Z][A-Z0-9<]{29,}$/.test(signs) && signs.includes('<')) return { kind: 'zone', text };
  const found = ticketIn(text);
  return found === null || found === '' || found.length > LONGEST_TICKET
    ? { kind: 'strange', text: text.slice(0, LONGEST_TICKET) }
    : { kind: 'ticket', ticket: found };
}

function ticketIn(text: string): string | null {
  if (text.startsWith('{')) {
    try {
      const { ticket } = JSON.parse(text) as { ticket?: unknown };
      return typeof ticket === 'string' ? ticket.trim() : null;
    } catch {
      return null;
    }
  }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  try {
    return new URL(text).searchParams.get('ticket')?.trim() ?? null;
  } catch {
    return null;
  }
}
