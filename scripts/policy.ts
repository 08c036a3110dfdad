// Makes resources/policy and docs/policy.md from the policy's schema; `--check` only compares.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { z } from 'zod';
import { POLICY_NAMES, policyFile, REGISTRY } from '../src/shared/contract/policy.ts';
import { adml, admx, type Properties } from './policy/admx.ts';
import { POLICY_WORDS } from './policy/words.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

type Schema = { readonly required?: string[]; readonly properties: Properties };
const TYPES = {
  text: 'text',
  choice: 'text',
  number: 'number',
  flag: 'true, false',
  lines: 'list of texts',
  modules: 'list of modules',
  json: 'names and texts, in the registry as JSON',
} as const;
const REG = {
  text: 'REG_SZ',
  choice: 'REG_SZ',
  number: 'REG_DWORD',
  flag: 'REG_DWORD 0, 1',
  lines: 'REG_MULTI_SZ',
  modules: 'REG_MULTI_SZ',
  json: 'REG_SZ',
} as const;

function page({ properties, required = [] }: Schema): string {
  const rows = POLICY_NAMES.map((name) => {
    const { minimum, maximum, enum: items } = properties[name] ?? {};
    const row = REGISTRY[name];
    const bounds = minimum === undefined ? '' : `, ${minimum}–${maximum ?? ''}`;
    const value = items?.join(', ') ?? (row === null ? 'names and texts' : TYPES[row.kind]);
    const inRegistry = row === null ? '–' : `\`${row.name}\` ${REG[row.kind]}`;
    const must = required.includes(name) ? 'yes' : '';
    return `| \`${name}\` | ${value}${bounds} | ${must} | ${inRegistry} | ${POLICY_WORDS[name].en.explain} |`;
  });
  return `# Policy

What an administrator fixes on a station. Made from \`src/shared/contract/policy.ts\` by \`npm run policy\`; do not edit.
How to set it, check it and find mistakes: [administration.md](administration.md).

| value | is | must be set | in the registry | what it does |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** Every made file by its name from the checkout's root. */
export async function policyDocuments(): Promise<ReadonlyMap<string, string>> {
  const schema = z.toJSONSchema(policyFile, { io: 'input', unrepresentable: 'any' });
  const { properties, ...rest } = schema as unknown as Schema;
  const described = Object.fromEntries(
    POLICY_NAMES.map((name) => [
      name,
      { description: POLICY_WORDS[name].en.explain, ...properties[name] },
    ]),
  );
  const style = await prettier.resolveConfig(path.join(root, 'docs/policy.md'));
  const format = { ...style, parser: 'markdown' };
  return new Map([
    [
      'resources/policy/policy.schema.json',
      `${JSON.stringify({ ...rest, properties: described }, null, 1)}\n`,
    ],
    ['resources/policy/windows/Kualik.admx', admx(properties)],
    ['resources/policy/windows/en-US/Kualik.adml', adml('en', properties)],
    ['resources/policy/windows/ru-RU/Kualik.adml', adml('ru', properties)],
    ['docs/policy.md', await prettier.format(page({ properties, ...rest }), format)],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  for (const [name, text] of await policyDocuments()) {
    const file = path.join(root, name);
    if (!check) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    } else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
      process.stderr.write(`${name} is not current: run npm run policy\n`);
      process.exitCode = 1;
    }
  }
}
