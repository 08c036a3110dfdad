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
 * One sentence for each trouble found. `sameOnPurpose` lists the keys whose words are equal in both languages.
 */
export function textTroubles(ru, kk, sameOnPurpose = []) {
  const russian = flatten(ru);
  const kazakh = flatten(kk);
  const names = [...new Set([...Object.keys(russian), ...Object.keys(kazakh)])];
  const troubles = names.flatMap((name) => {
    const [a, b] = [russian[name], kazakh[name]];
    if (a === undefined) return [`${name}: no Russian text`];
    if (b === undefined) return [`${name}: no Kazakh text`];
    const found = [];
    if (a.trim() === '') found.push(`${name}: the Russian text is empty`);
    if (b.trim() === '') found.push(`${name}: the Kazakh text is empty`);
    if (places(a) !== places(b))
      found.push(`${name}: places differ, ru [${places(a)}] kk [${places(b)}]`);
    if (a === b && isSentence(a) && !sameOnPurpose.includes(name)) {
      found.push(`${name}: both languages say “${a}”`);
    }
    return found;
  });
  for (const name of sameOnPurpose) {
    if (russian[name] === undefined || russian[name] !== kazakh[name]) {
      troubles.push(`${name}: listed as equal on purpose, but it is not`);
    }
  }
  return troubles;
}

function places(text) {
  return [...new Set([...text.matchAll(placeIn)].map((match) => match[1]))].sort().join(' ');
}

/** Two or more Cyrillic words: a single word (ПИН-код, токен) may well be the same in both languages. */
function isSentence(text) {
  return (text.match(/[А-Яа-яЁё]{2,}/g) ?? []).length >= 2;
}
