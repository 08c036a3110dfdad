// Machine-readable zone of an ID card: TD1 of ICAO Doc 9303 part 5, three lines of thirty signs.
import { no, ok, type Result } from './result.ts';

/** What the zone says, as read; dates stay YYMMDD: the zone has no century. */
export interface Td1 {
  /** Document code with its fillers off: I, ID, A, C … */
  readonly code: string;
  readonly issuer: string;
  readonly number: string;
  /** Optional data of line one, fillers off at its end. */
  readonly optional1: string;
  readonly optional2: string;
  /** The card of Kazakhstan carries the IIN first in line one; null = there are no twelve digits. */
  readonly iin: string | null;
  readonly birth: string;
  readonly sex: 'male' | 'female' | null;
  readonly expiry: string;
  readonly nationality: string;
  readonly surname: string;
  readonly givenNames: string;
  /** The thirty signs of the names are all used: parts may be cut short. */
  readonly namesCut: boolean;
  /** Signs read as their look-alikes, each proved by a check digit. */
  readonly corrected: number;
}

export const CHECKED = ['number', 'birth', 'expiry', 'composite'] as const;
export type Checked = (typeof CHECKED)[number];

const LINE = 30;
const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WEIGHTS = [7, 3, 1] as const;
/** Letters an OCR reader gives for digits. */
const LOOKS: Readonly<Record<string, string>> = {
  O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8',
}; // prettier-ignore

/** Check digit of ICAO Doc 9303 part 3, 4.9: weights 7 3 1, A = 10 … Z = 35, filler = 0. */
export function mrzCheckDigit(text: string): number {
  let sum = 0;
  [...text].forEach((sign, i) => (sum += Math.max(0, SIGNS.indexOf(sign)) * WEIGHTS[i % 3]!));
  return sum % 10;
}

/** YYMMDD of a local date (YYYY-MM-DD), as the zone writes it. */
export const mrzDate = (date: string): string => date.slice(2).replaceAll('-', '');

/**
 * The signs of a zone without line ends and blanks, capitals; null when the text is nothing like one
 * (another alphabet, or too short to begin a line).
 */
export function mrzSigns(text: string): string | null {
  const signs = text.replace(/\s+/g, '').toUpperCase();
  return /^[ACI][A-Z<][A-Z<0]{3}[A-Z0-9<]*$/.test(signs) && signs.includes('<') ? signs : null;
}

const digits = (text: string): string => [...text].map((sign) => LOOKS[sign] ?? sign).join('');
const agrees = (text: string, check: string): boolean => String(mrzCheckDigit(text)) === check;
const bare = (text: string): string => text.replace(/<+$/, '');
const words = (text: string): string => bare(text).replace(/<+/g, ' ').trim();

/** A field and its digit: as read, else with look-alikes where the digit then agrees, else null. */
function proved(text: string, check: string, numeric: boolean): [string, string] | null {
  if ((!numeric || !/[A-Z]/.test(text)) && agrees(text, check)) return [text, check];
  const [better, digit] = [digits(text), digits(check)];
  return agrees(better, digit) ? [better, digit] : null;
}

interface Fixed {
  readonly line1: string;
  readonly line2: string;
}

/** Line one from the number on; a number over nine signs goes on in the optional data (note j). */
function readNumber(
  line1: string,
  national: boolean,
): { number: string; optional: string; line1: string } | null {
  const [head, rest] = [line1.slice(5, 14), line1.slice(15)];
  if (line1[14] === '<' && !national) {
    const more = rest.split('<')[0] ?? '';
    const number = head + more.slice(0, -1);
    return more.length > 1 && agrees(number, more.at(-1) ?? '')
      ? { number, optional: bare(rest.slice(more.length + 1)), line1 }
      : null;
  }
  const pair = proved(head, line1[14] ?? '', national);
  if (pair === null) return null;
  const optional = national ? digits(rest.slice(0, 12)) + rest.slice(12) : rest;
  return {
    number: bare(pair[0]),
    optional: bare(rest),
    line1: line1.slice(0, 5) + pair[0] + pair[1] + optional,
  };
}

const composite = ({ line1, line2 }: Fixed): string =>
  line1.slice(5) + line2.slice(0, 7) + line2.slice(8, 15) + line2.slice(18, 29);

/**
 * Reads a TD1 zone: three lines, or ninety signs in one. Refusals: `not-td1` for anything of another
 * shape (passports too), `check-digit` {fields} when a digit does not agree even with look-alikes.
 * Names stand under no check digit, so nothing is ever mended there.
 */
export function readTd1(text: string): Result<Td1, 'not-td1' | 'check-digit'> {
  const signs = mrzSigns(text);
  if (signs === null || signs.length !== 3 * LINE) return no('not-td1');
  const lines = [signs.slice(0, LINE), signs.slice(LINE, 2 * LINE), signs.slice(2 * LINE)] as const;
  const issuer = bare(lines[0].slice(2, 5));
  const national = issuer === 'KAZ';
  const wrong: Checked[] = [];
  const number = readNumber(lines[0], national);
  if (number === null) wrong.push('number');
  const birth = proved(lines[1].slice(0, 6), lines[1][6]!, true);
  if (birth === null) wrong.push('birth');
  const expiry = proved(lines[1].slice(8, 14), lines[1][14]!, true);
  if (expiry === null) wrong.push('expiry');
  if (number === null || birth === null || expiry === null)
    return no('check-digit', { fields: wrong.join(' ') });
  const line2 =
    birth.join('') +
    lines[1][7]! +
    expiry.join('') +
    lines[1].slice(15, 29) +
    digits(lines[1][29]!);
  const asRead = { line1: number.line1.slice(0, 15) + lines[0].slice(15), line2 };
  const mended = { line1: number.line1, line2 };
  // The IIN stands under the composite digit alone; look-alikes there count only where it agrees.
  const line1 =
    /[A-Z]/.test(asRead.line1.slice(15, 27)) || !agrees(composite(asRead), line2[29]!)
      ? mended.line1
      : asRead.line1;
  if (!agrees(composite({ line1, line2 }), line2[29]!))
    return no('check-digit', { fields: 'composite' });
  const optional1 = national ? bare(line1.slice(15)) : number.optional;
  const [surname = '', ...given] = bare(lines[2]).split('<<');
  const sex = lines[1][7]!;
  const different = (a: string, b: string): number =>
    [...a].filter((sign, i) => sign !== b[i]).length;
  return ok({
    code: bare(lines[0].slice(0, 2)),
    issuer,
    number: number.number,
    optional1,
    optional2: bare(line2.slice(18, 29)),
    iin: /^\d{12}/.exec(optional1)?.[0] ?? null,
    birth: birth[0],
    sex: sex === 'M' ? 'male' : sex === 'F' ? 'female' : null,
    expiry: expiry[0],
    nationality: bare(line2.slice(15, 18)),
    surname: words(surname),
    givenNames: words(given.join('<')),
    namesCut: !lines[2].endsWith('<'),
    corrected: different(line1, lines[0]) + different(line2, lines[1]),
  });
}
