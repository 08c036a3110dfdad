// The documentation as a reader meets it: pages, headings with their anchors, links, pictures, code spans.
import fs from 'node:fs';
import path from 'node:path';

const ROOMS = ['docs', 'src', 'stand', 'scripts', 'test', 'resources'];

/** Every page of the checkout, by its path from the root. */
export function pages(): string[] {
  const inRooms = ROOMS.flatMap((room) =>
    fs
      .readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.posix.join(room, name.split(path.sep).join('/'))),
  );
  return ['README.md', ...inRooms.sort()];
}

/** A page without its blocks of code and without comments, where no link is a link. */
export const prose = (text: string): string =>
  text.replace(/^```[\s\S]*?^```$/gm, '').replace(/<!--[\s\S]*?-->/g, '');

/** Blocks of code of one language, without their fences. */
export const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , body]) => body ?? '');

/** What stands between single back-ticks outside of blocks of code. */
export const codeSpans = (text: string): string[] =>
  [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '');

/** `[words](target)` and `![words](target)`; addresses of the net are left out. */
export const links = (text: string): string[] =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));

/** Anchors of the headings as GitHub makes them: lower case, no signs, blanks to hyphens, doubles numbered. */
export function anchors(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, heading] of prose(text).matchAll(/^#{1,6} +(.+)$/gm)) {
    const words = (heading ?? '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<[^>]+>/g, '');
    const slug = words
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replace(/ /g, '-');
    let name = slug;
    for (let n = 1; found.has(name); n += 1) name = `${slug}-${n}`;
    found.add(name);
  }
  return found;
}

/** Text between a heading (its words, any level) and the next one of the same or a higher level. */
export function section(text: string, title: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === title);
  if (from < 0) throw new Error(`no section ${title}`);
  const level = lines[from]!.indexOf(' ');
  const length = lines.slice(from + 1).findIndex((line) => {
    const depth = /^(#+) /.exec(line)?.[1]?.length;
    return depth !== undefined && depth <= level;
  });
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length).join('\n');
}
