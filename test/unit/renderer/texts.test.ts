// Both languages say everything: same keys, same places for values, every refusal and closed list.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kk } from '../../../src/renderer/shared/i18n/texts/kk.ts';
import { ru } from '../../../src/renderer/shared/i18n/texts/ru.ts';
import { NODE_REFUSALS } from '../../../src/shared/central/messages.ts';
import { channels } from '../../../src/shared/contract/channels.ts';
import { COMMON_REFUSALS } from '../../../src/shared/contract/channel.ts';
import { JOURNAL_KINDS } from '../../../src/shared/contract/journal.ts';
import { CASE_FLAGS, CASE_STAGES } from '../../../src/shared/contract/queue.ts';
import { DISABLED_REASONS, PICTURE_PROBLEMS } from '../../../src/shared/contract/case.ts';
import { UNUSABLE_REASONS } from '../../../src/shared/contract/session.ts';

/** Every leaf by its path. */
function leaves(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(tree)) {
    const here = `${path}/${name}`;
    if (typeof value === 'string') found.set(here, value);
    else for (const [at, text] of leaves(value as object, here)) found.set(at, text);
  }
  return found;
}
const places = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

const russian = leaves(ru);
const kazakh = leaves(kk);

describe('texts', () => {
  it('has the same keys in both languages', () => {
    expect([...kazakh.keys()].sort()).toEqual([...russian.keys()].sort());
  });

  it('has the same places for values in both languages', () => {
    for (const [path, text] of russian) {
      expect(places(kazakh.get(path) ?? ''), path).toEqual(places(text));
    }
  });

  it('speaks of every refusal of every channel and of the node', () => {
    const codes = new Set<string>([
      ...Object.values(channels).flatMap((channel) => [...channel.refusals]),
      ...COMMON_REFUSALS,
      ...NODE_REFUSALS,
    ]);
    for (const code of codes) {
      expect(russian.get(`/refusals/${code}/title`), code).toBeTruthy();
      expect(kazakh.get(`/refusals/${code}/title`), code).toBeTruthy();
    }
  });

  it('speaks of every member of the closed lists', () => {
    const wanted: [string, readonly string[]][] = [
      ['/journal/kinds/', JOURNAL_KINDS],
      ['/common/flags/', CASE_FLAGS],
      ['/common/flagsLong/', CASE_FLAGS],
      ['/common/stages/', CASE_STAGES],
      ['/login/reasons/', UNUSABLE_REASONS],
      ['/journal/values/', PICTURE_PROBLEMS.filter((problem) => problem !== 'not-here-yet')],
    ];
    for (const [path, codes] of wanted) {
      for (const code of codes) expect(kazakh.get(path + code), path + code).toBeTruthy();
    }
    for (const code of DISABLED_REASONS) {
      expect(kazakh.get(`/common/disabled/${code}/why`), code).toBeTruthy();
    }
  });

  it('has no text that nothing asks for', () => {
    const folder = 'src';
    const code = fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes(path.join('i18n', 'texts')))
      .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))
      .join('\n');
    const words = new Set(code.match(/[\w-]+/g));
    /** `list-${code}`: the rest of the key is a code that another place names. */
    const composed = new Set([...code.matchAll(/`(\w+)-\$\{/g)].map(([, prefix]) => prefix));
    const asked = (key: string): boolean => words.has(key) || composed.has(key.split('-')[0]);
    const last = (at: string): string => at.split('/').at(-1) ?? '';
    expect([...russian.keys()].filter((at) => !asked(last(at)))).toEqual([]);
    expect(asked('draftKept')).toBe(false);
  });

  it('writes no exclamation marks and no Latin look-alikes inside Cyrillic words', () => {
    for (const [path, text] of [...russian, ...kazakh]) {
      expect(text.includes('!'), path).toBe(false);
      expect(/[а-яёәғқңөұүһі][a-z]|[a-z][а-яёәғқңөұүһі]/i.test(text), `${path}: ${text}`).toBe(
        false,
      );
    }
  });
});
