// Looks for planted words in bytes in every form somebody's data may take there: UTF-8, UTF-16, cases, Base64, hex, masked.

/** IINs, phones and card numbers as a program would half hide them: the middle, or all but an end. */
const masked = (text: string): string[] =>
  /^\+?\d{8,}$/.test(text)
    ? ['*', '•', 'X'].flatMap((sign) => [
        text.slice(0, 4) + sign.repeat(text.length - 8) + text.slice(-4),
        text.slice(0, 6) + sign.repeat(text.length - 6),
        sign.repeat(text.length - 4) + text.slice(-4),
      ])
    : [];

/** The Base64 digits of these bytes wherever they begin in a longer text; none of fewer than 7 digits. */
function inBase64(bytes: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor(((shift + bytes.length) * 8) / 6);
    const core = text.slice(first, last);
    return core.length < 7 ? [] : [Buffer.from(core)];
  });
}

/** Every form of one word, as bytes. */
export function formsOf(word: string): Buffer[] {
  const texts = new Set([word, word.toLowerCase(), word.toUpperCase(), word.normalize('NFD')]);
  for (const each of masked(word)) texts.add(each);
  for (const each of [...texts]) texts.add(JSON.stringify(each).slice(1, -1));
  return [...texts].flatMap((text) => {
    const [utf8, utf16] = [Buffer.from(text), Buffer.from(text, 'utf16le')];
    return [
      utf8,
      utf16,
      Buffer.from(utf8.toString('hex')),
      Buffer.from(escaped(text)),
      ...inBase64(utf8),
      ...inBase64(utf16),
    ];
  });
}

/** As JSON of cautious writers has it. */
const escaped = (text: string): string =>
  [...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** Those of `words` that stand in the bytes in any form. */
export const findPlanted = (bytes: Buffer, words: Iterable<string>): string[] =>
  [...words].filter((word) => formsOf(word).some((form) => bytes.includes(form)));
