// What the documentation points at is there: pages, anchors, pictures, files of the checkout, npm commands.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchors, blocks, codeSpans, links, pages, prose } from '../../support/markdown.ts';

const all = pages();
const read = (file: string): string => fs.readFileSync(file, 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Every file and folder of the rooms, and the files of the root, by the path from there. */
const there = new Set([
  ...fs.readdirSync('.'),
  ...['src', 'stand', 'scripts', 'test', 'resources', 'docs'].flatMap((room) => [
    room,
    ...fs
      .readdirSync(room, { recursive: true, encoding: 'utf8' })
      .map((name) => path.posix.join(room, name.split(path.sep).join('/'))),
  ]),
]);

/** `a/{b,c}.ts` → `a/b.ts`, `a/c.ts`, also nested. */
function spread(text: string): string[] {
  const found = /^(.*?)\{([^{}]*)\}(.*)$/.exec(text);
  if (found === null) return [text];
  const [, before = '', inside = '', after = ''] = found;
  return inside.split(',').flatMap((part) => spread(`${before}${part.trim()}${after}`));
}

/** Paths of the checkout, and file names of its code, that a code span names; a star stands for any name. */
const paths = (text: string): string[] =>
  codeSpans(text)
    .filter(
      (code) =>
        /^(src|stand|scripts|test|docs)\/[\w@.{},*/-]+$/.test(code) ||
        /^[\w@{},*/-][\w@.{},*/-]*\.(ts|tsx|mjs|py)$/.test(code),
    )
    .flatMap(spread);

const standsThere = (wanted: string): boolean => {
  const plain = wanted.replace(/\/$/, '');
  if (there.has(plain)) return true;
  // Inside a page about one room its files go by the end of their path.
  const pattern = plain.replace(/[.+]/g, '\\$&').replace(/\*+/g, '[^/]*');
  const ends = new RegExp(`(^|/)${pattern}$`);
  return [...there].some((name) => ends.test(name));
};

describe('the documentation', () => {
  it('is found, and this test looks at it', () => {
    expect(all.length).toBeGreaterThan(40);
    expect(all).toContain('docs/README.md');
    expect(all.flatMap((page) => links(read(page))).length).toBeGreaterThan(60);
    expect(all.flatMap((page) => paths(read(page))).length).toBeGreaterThan(80);
  });

  it('links to pages, anchors and pictures that are there', () => {
    const broken = all.flatMap((page) =>
      links(read(page))
        .filter((target) => {
          const [file = '', anchor] = decodeURI(target).split('#');
          const at = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
          if (!fs.existsSync(at)) return true;
          return anchor !== undefined && !anchors(read(at)).has(anchor);
        })
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('names files that are there', () => {
    const broken = all.flatMap((page) =>
      paths(read(page))
        .filter((wanted) => !standsThere(wanted))
        .map((wanted) => `${page}: ${wanted}`),
    );
    expect(broken).toEqual([]);
  });

  it('names npm commands that are there', () => {
    const broken = all.flatMap((page) =>
      [...read(page).matchAll(/npm run ([a-z][\w:-]*)/g)]
        .map(([, name]) => name ?? '')
        .filter((name) => scripts[name] === undefined)
        .map((name) => `${page}: npm run ${name}`),
    );
    expect(broken).toEqual([]);
  });

  it('gives commands only switches that they take', () => {
    const shell = [...there].filter((file) => /^src\/main\/shell\/[\w-]+\.ts$/.test(file));
    const sources = (command: string): string[] => {
      if (command === 'kualik') return shell;
      const name = command.replace(/^npm (run )?/, '');
      const script = /[\w/-]+\.(?:ts|mjs)$/.exec(scripts[name] ?? '')?.[0] ?? '';
      const beside = script.replace(/\.\w+$/, '');
      const parts = name === 'start' ? 'scripts/run' : beside;
      return [script, ...[...there].filter((file) => file.startsWith(`${parts}/`))];
    };
    const takes = (command: string, option: string): boolean =>
      sources(command)
        .filter((file) => /\.(ts|mjs)$/.test(file))
        .some((file) => new RegExp(`(--|['"]?)\\b${option}\\b`).test(read(file)));
    const said = all.flatMap((page) =>
      [...read(page).matchAll(/(kualik|npm start|npm run [\w:]+) ([^\n`|;]*--[^\n`|;]*)/g)].flatMap(
        ([, command = '', rest = '']) =>
          [...rest.matchAll(/(?<![\w-])--([a-z][\w-]*)/g)].map(([, option = '']) => ({
            page,
            command,
            option,
          })),
      ),
    );
    expect(said.length).toBeGreaterThan(15);
    expect(said.some(({ command }) => command === 'kualik')).toBe(true);
    const unknown = said.filter(({ command, option }) => !takes(command, option));
    expect(unknown).toEqual([]);
    expect(takes('kualik', 'no-such-switch')).toBe(false);
    expect(takes('npm run update', 'no-such-switch')).toBe(false);
  });

  it('has every page in its index, and every decision', () => {
    const index = read('docs/README.md');
    const linked = new Set(links(index).map((target) => path.posix.join('docs', target)));
    const wanted = all.filter((page) => /^docs\/[^/]+\.md$|^docs\/guide\//.test(page));
    expect(wanted.filter((page) => page !== 'docs/README.md' && !linked.has(page))).toEqual([]);
    const numbers = [...there].flatMap((name) => /^docs\/adr\/(\d{4})-/.exec(name)?.[1] ?? []);
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter((number) => !index.includes(number))).toEqual([]);
  });
});

describe('the reading of pages', () => {
  const page = [
    '# Фото и подпись',
    '## Если… (что-то не так)',
    '## `npm run x` и [ссылка](y.md)',
    '## Если… (что-то не так)',
    'Слова [сюда](z.md#a) и ![снимок](p/a.webp), `src/a.ts`, [сеть](https://x.example).',
    '```sh',
    '[не ссылка](nowhere.md) `src/none.ts`',
    '```',
  ].join('\n');

  it('makes anchors as GitHub does', () => {
    expect([...anchors(page)]).toEqual([
      'фото-и-подпись',
      'если-что-то-не-так',
      'npm-run-x-и-ссылка',
      'если-что-то-не-так-1',
    ]);
  });

  it('finds links and files outside of code, and what is not there', () => {
    expect(links(page)).toEqual(['y.md', 'z.md#a', 'p/a.webp']);
    expect(codeSpans(page)).toEqual(['npm run x', 'src/a.ts']);
    expect(blocks(page, 'sh')).toHaveLength(1);
    expect(prose(page)).not.toContain('nowhere');
    expect(spread('src/{a,b}/{c,d}.ts')).toHaveLength(4);
    expect(standsThere('src/none.ts')).toBe(false);
    expect(standsThere('docs/*.md')).toBe(true);
  });
});
