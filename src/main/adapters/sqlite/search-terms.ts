// What an officer typed, as an expression of the trigram index: folded, wrong layout, digits with signs.
import { fold, fromWrongLayout } from '../../../shared/kernel/fold.ts';

export interface SearchTerms {
  /** FTS5 expression, or null when no word has the three letters the index needs. */
  readonly match: string | null;
  /** Start of a name or ticket for the short words, when `match` is null. */
  readonly prefix: string | null;
}

const LONG = 3;
const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/** Digits with signs between them are one number: a phone, an IIN in groups, a ticket. */
const asNumber = (text: string): string[] => {
  if (!/^[\d\s()+-]+$/.test(text)) return [];
  const digits = text.replace(/\D/g, '');
  return digits.startsWith('8') && digits.length === 11 ? [`7${digits.slice(1)}`] : [digits];
};

const meanings = (text: string): string[][] => {
  const plain = fold(text).split(' ').filter(Boolean);
  const wrong = fromWrongLayout(text)?.split(' ').filter(Boolean);
  const number = asNumber(text.trim());
  const all = [plain, ...(wrong === undefined ? [] : [wrong]), number];
  return all.filter((words) => words.length > 0);
};

export function searchTerms(text: string): SearchTerms | null {
  const found = meanings(text);
  if (found.length === 0) return null;
  const long = found
    .map((words) => words.filter((word) => word.length >= LONG))
    .filter((words) => words.length > 0)
    .map((words) => `(${words.map(quoted).join(' AND ')})`);
  if (long.length > 0) return { match: [...new Set(long)].join(' OR '), prefix: null };
  return { match: null, prefix: found[0]!.join(' ') };
}
