// Text folding for search: officers type on a Russian layout, people are named in Kazakh letters.

const LETTERS: Readonly<Record<string, string>> = {
  ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ё: 'е',
}; // prettier-ignore

const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC = 'ёйцукенгшщзхъфывапролджэячсмитьбю';
const FROM_LATIN = new Map([...LATIN].map((key, i) => [key, CYRILLIC[i] ?? key]));

/**
 * Folds a text for index and query alike: lower case, Kazakh letters to the Russian key an
 * officer would press, punctuation to single spaces. SQLite's own tokenizers do not do this.
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[әғқңөұүһіё]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What was meant when Russian was typed on a Latin layout: `rfcsv` → `касым`; null when not Latin. */
export function fromWrongLayout(text: string): string | null {
  if (!/[a-z]/i.test(text)) return null;
  const typed = [...text.toLowerCase()].map((key) => FROM_LATIN.get(key) ?? key).join('');
  return fold(typed);
}
