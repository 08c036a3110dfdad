// `npm run guide`: writes the made parts of docs/guide/node-makers.ru.md from the contract; `--check` only compares.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { NODE_REFUSALS } from '../src/shared/central/messages.ts';
import { operations } from '../src/shared/central/operations.ts';
import { REFUSAL_STATUS } from '../stand/central/refusal.ts';
import { workedExample } from './guide/example.ts';
import { OPERATION_WORDS } from './guide/operation-words.ts';
import { REFUSAL_WORDS } from './guide/refusal-words.ts';

const PAGE = 'docs/guide/node-makers.ru.md';
const file = path.join(fileURLToPath(new URL('..', import.meta.url)), PAGE);

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function operationsTable(): string {
  const rows = Object.entries(OPERATION_WORDS).map(([name, words]) => {
    const { method, path: address, auth } = operations[name as keyof typeof operations];
    return row(`\`${name}\``, `\`${method} ${address}\``, auth ? 'да' : 'нет', words);
  });
  return [row('операция', 'вызов', 'сеанс', 'что делает'), '|---|---|---|---|', ...rows].join('\n');
}

function refusalsTable(): string {
  const rows = NODE_REFUSALS.map((code) => {
    const { when, params, then } = REFUSAL_WORDS[code];
    const names = params.map((name) => `\`${name}\``).join(', ');
    return row(`\`${code}\``, String(REFUSAL_STATUS[code]), when, names, then);
  });
  const head = row('код', 'HTTP', 'когда', '`params`', 'что делает рабочее место');
  return [head, '|---|---|---|---|---|', ...rows].join('\n');
}

function example(): string {
  const { written, canonical, bytes, begins, sha256 } = workedExample();
  return `Так акт может держать программа:

\`\`\`json
${written}
\`\`\`

Так он подписывается, одной строкой без перевода строки в конце:

\`\`\`text
${canonical}
\`\`\`

- байтов: ${bytes}, первые: \`${begins}\`
- SHA-256: \`${sha256}\``;
}

const PARTS = { operations: operationsTable, refusals: refusalsTable, example } as const;

/** The page with its made parts as the contract is now; throws when a mark is missing. */
export async function nodeMakersPage(text = fs.readFileSync(file, 'utf8')): Promise<string> {
  let page = text;
  for (const [name, make] of Object.entries(PARTS)) {
    const marks = new RegExp(`(<!-- made: ${name} -->)[\\s\\S]*?(<!-- end: ${name} -->)`);
    if (!marks.test(page)) throw new Error(`${PAGE} has no place for ${name}`);
    page = page.replace(
      marks,
      (_, open: string, close: string) => `${open}\n\n${make()}\n\n${close}`,
    );
  }
  const style = await prettier.resolveConfig(file);
  return prettier.format(page, { ...style, parser: 'markdown' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await nodeMakersPage();
  if (!process.argv.includes('--check')) fs.writeFileSync(file, made);
  else if (made !== fs.readFileSync(file, 'utf8')) {
    process.stderr.write(`${PAGE} is not current: run npm run guide\n`);
    process.exitCode = 1;
  }
}
