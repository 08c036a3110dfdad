// Compares the Russian and the Kazakh texts: same keys, same places for values, no empty or left-over words.

const placeIn = /\{(\w+)\}/g;

/**
 * Flattens a tree of texts: {'queue.title': '…'}. Functions and other values count as missing text.
 */
export function flatten(tree, prefix = '') {
  return Object.entries(tree).reduce((all, [key, value]) => {
    const name = prefix ? `${prefix}.${key}` : key;
    if (value && typeof value === 'object') return { ...all, ...flatten(value, name) };
    return { ...all, [name]: typeof value === 'string' ? value : '' };
  }, {});
}

/**
 * One sentence for each trouble found. `onPurpose` lists the keys that are empty or equal in both languages
 * on purpose; a key that needs the permission no longer must leave the list.
 */
export function textTroubles(ru, kk, onPurpose = []) {
  const russian = flatten(ru);
  const kazakh = flatten(kk);
  const names = [...new Set([...Object.keys(russian), ...Object.keys(kazakh)])];
  const found = names.flatMap((name) =>
    troublesOf(russian[name], kazakh[name]).map((text) => ({ name, text })),
  );
  const needless = onPurpose.filter((name) => !found.some((trouble) => trouble.name === name));
  return [
    ...found
      .filter(({ name }) => !onPurpose.includes(name))
      .map(({ name, text }) => `${name}: ${text}`),
    ...needless.map((name) => `${name}: is listed as on purpose, but needs no permission`),
  ];
}

function troublesOf(ru, kk) {
  if (ru === undefined) return ['no Russian text'];
  if (kk === undefined) return ['no Kazakh text'];
  const found = [];
  if (ru.trim() === '') found.push('the Russian text is empty');
  if (kk.trim() === '') found.push('the Kazakh text is empty');
  if (places(ru) !== places(kk)) found.push(`places differ, ru [${places(ru)}] kk [${places(kk)}]`);
  if (ru === kk && isSentence(ru)) found.push(`both languages say “${ru}”`);
  return found;
}

function places(text) {
  return [...new Set([...text.matchAll(placeIn)].map((match) => match[1]))].sort().join(' ');
}

/** Two or more Cyrillic words: a single word (ПИН-код, токен) may well be the same in both languages. */
function isSentence(text) {
  return text.split(/\s+/).filter((word) => /[А-Яа-яЁё]{2,}/.test(word)).length >= 2;
}
