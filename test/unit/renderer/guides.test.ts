// The officer's guides say what the screens say: labels of that language, keys of the screens, pictures of the tour.
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kk } from '../../../src/renderer/shared/i18n/texts/kk.ts';
import { ru } from '../../../src/renderer/shared/i18n/texts/ru.ts';
import {
  KEY_COMMANDS,
  KEY_GROUPS,
  KEYMAP,
  type KeyBinding,
} from '../../../src/renderer/shared/keys/keymap.ts';
import { TEST_WORDS } from '../../../src/main/shell/policy/test-words.ts';
import { words } from '../../../src/main/shell/policy/words.ts';
import { links, section } from '../../support/markdown.ts';

const read = (file: string): string => fs.readFileSync(file, 'utf8');
const PICTURES = 'docs/guide/pictures';
const OWN = {
  counter: read('src/renderer/features/issuance/use-desk-keys.ts'),
  stock: read('src/renderer/features/stock/use-stock-keys.ts'),
};

/** Every text of a tree of texts; those that are hardly more than places would let anything pass. */
const texts = (tree: object): string[] =>
  Object.values(tree)
    .flatMap((value) => (typeof value === 'string' ? value : texts(value as object)))
    .filter((text) => (text.replace(/\{\w+\}/g, '').match(/\p{L}/gu)?.length ?? 0) > 2);
/** What a text looks like on the screen: its places hold something. */
const shown = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+')}$`);
const labels = (page: string): string[] =>
  [...page.matchAll(/\*\*«([^»]+)»\*\*/g)].map(([, label]) => (label ?? '').replace(/\s+/g, ' '));
const caps = (page: string): string[] =>
  [...page.matchAll(/<kbd>([^<]+)<\/kbd>/g)].map(([, cap]) => cap ?? '');
/** A table without the blanks that line its columns up. */
const plain = (page: string): string => page.replace(/ {2,}/g, ' ');

const binding = (command: (typeof KEY_COMMANDS)[number]): KeyBinding => KEYMAP[command];
const common = new Set(KEY_COMMANDS.map((command) => binding(command).cap));
/** Keys that one screen alone takes, out of its table of deeds. */
const own = (source: string): string[] =>
  [...source.matchAll(/\bKey([A-Z])\b/g)].map(([, key]) => key ?? '');

describe.each([
  { language: 'ru', tree: ru, keys: 'Клавиши', counter: 'Выдача', stock: 'Партии и хранение' },
  { language: 'kk', tree: kk, keys: 'Пернелер', counter: 'Беру', stock: 'Партиялар мен сақтау' },
] as const)('the officer’s guide in $language', ({ language, tree, ...titles }) => {
  const page = read(`docs/guide/officer.${language}.md`);
  const patterns = texts(tree).map(shown);
  const onScreen = (label: string): boolean => patterns.some((pattern) => pattern.test(label));

  it('names no label that the screens do not have in this language', () => {
    expect(labels(page).length).toBeGreaterThan(70);
    expect(labels(page).filter((label) => !onScreen(label))).toEqual([]);
  });

  it('lists every key of the screens with its words', () => {
    const { commands, groups } = tree.shell.help;
    const rows = KEY_GROUPS.flatMap((group) =>
      KEY_COMMANDS.filter(
        (command) => binding(command).group === group && !command.startsWith('screen'),
      ).map(
        (command) =>
          `| <kbd>${binding(command).cap}</kbd> | ${commands[command]} | ${groups[group]} |`,
      ),
    );
    const table = plain(section(page, titles.keys))
      .split('\n')
      .filter((line) => /^\| <kbd>/.test(line));
    expect(table).toEqual(rows);
  });

  it('names no key that nothing answers', () => {
    const counter = section(page, titles.counter);
    const stock = section(page, titles.stock);
    const rest = page.replace(counter, '').replace(stock, '');
    // V is held, so it has a listener of its own beside the questions.
    const atCounter = new Set([...own(OWN.counter), 'V', ...['1', '4', 'Y', 'X', 'Ctrl Enter']]);
    const inStock = new Set([...own(OWN.stock), 'Enter', 'Ctrl Enter']);
    expect(read('src/renderer/features/issuance/questions.tsx')).toContain("'KeyV'");
    expect(caps(counter).filter((cap) => !atCounter.has(cap))).toEqual([]);
    expect(caps(stock).filter((cap) => !inStock.has(cap))).toEqual([]);
    expect(caps(rest).filter((cap) => !common.has(cap))).toEqual([]);
    expect(caps(counter).length).toBeGreaterThan(6);
    expect(caps(stock).length).toBeGreaterThan(4);
  });

  it('shows its own pictures, each of them, small enough', () => {
    const wanted = links(page).filter((target) => target.endsWith('.webp'));
    const made = fs
      .readdirSync(`${PICTURES}/${language}`)
      .map((name) => `pictures/${language}/${name}`);
    expect([...wanted].sort()).toEqual(made.sort());
    expect(made.length).toBeGreaterThan(9);
    expect(made.length).toBeLessThan(15);
    for (const name of made)
      expect(fs.statSync(`docs/guide/${name}`).size, name).toBeLessThan(61_441);
  });
});

it('the administrator’s guide names no sentence that no screen and no terminal says', () => {
  const page = read('docs/guide/administrator.ru.md');
  const patterns = [...texts(ru), ...texts(words('ru')), ...texts(TEST_WORDS.ru)].map(shown);
  // The box of a damaged package stands before any texts, in both languages at once.
  const box = read('src/main/shell/index.ts');
  const unknown = labels(page).filter(
    (label) => !patterns.some((pattern) => pattern.test(label)) && !box.includes(label),
  );
  expect(labels(page).length).toBeGreaterThan(25);
  expect(unknown).toEqual([]);
});

it('both guides have the same parts, pictures and symptoms', () => {
  const [russian, kazakh] = ['ru', 'kk'].map((language) =>
    read(`docs/guide/officer.${language}.md`),
  );
  const shape = (page: string | undefined) => ({
    parts: page?.match(/^## /gm)?.length,
    pictures: page
      ?.match(/!\[[^\]]*\]\(pictures\/\w\w\/[\w-]+/g)
      ?.map((name) => name.replace(/.*\//, '')),
    rows: page?.match(/^\| /gm)?.length,
    caps: caps(page ?? '').length,
  });
  expect(shape(kazakh)).toEqual(shape(russian));
});

describe('the reading of labels', () => {
  it('takes what stands in a place, and no half of a text', () => {
    expect(shown('за вами до {time}').test('за вами до 14:20')).toBe(true);
    expect(shown('Одобрить').test('Одобрить всё')).toBe(false);
    expect(texts({ a: '{title}', b: { c: '{n} из {all}' }, d: 'Отпустить' })).toEqual([
      'Отпустить',
    ]);
    expect(shown('Карта № (старая)?').test('Карта № (старая)?')).toBe(true);
  });
});
