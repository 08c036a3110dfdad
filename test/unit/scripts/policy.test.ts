// The documents made from the policy's schema: current, well-formed by expat, every value and every words' id there.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { POLICY_NAMES, policyFile, REGISTRY } from '../../../src/shared/contract/policy.ts';
import { policyDocuments } from '../../../scripts/policy.ts';

const WINDOWS = 'resources/policy/windows';
let documents: ReadonlyMap<string, string>;
beforeAll(async () => {
  documents = await policyDocuments();
});

interface Node {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}
/** Every element in order, as the expat parser of Python reads it; it refuses what is not well-formed. */
function parse(text: string): Node[] {
  const read = `import sys, json, xml.etree.ElementTree as e
print(json.dumps([dict(tag=n.tag.split('}')[-1], attributes=n.attrib, text=n.text or '') for n in e.fromstring(sys.stdin.buffer.read()).iter()]))`;
  const { status, stdout, stderr } = spawnSync('python3', ['-c', read], {
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Node[];
}
const named = (nodes: readonly Node[], tag: string): Node[] =>
  nodes.filter((node) => node.tag === tag);

it('are current: else run `npm run policy`', () => {
  for (const [name, text] of documents)
    expect(fs.readFileSync(name, 'utf8') === text, name).toBe(true);
});

it('describe every value of the schema, in the schema and on the page', () => {
  const schema = JSON.parse(documents.get('resources/policy/policy.schema.json')!) as {
    properties: Record<string, { description: string }>;
  };
  const names = Object.keys(policyFile.shape);
  expect([...POLICY_NAMES].sort()).toEqual([...names].sort());
  expect(Object.keys(schema.properties).sort()).toEqual([...names].sort());
  for (const name of names) expect(documents.get('docs/policy.md')).toContain(`| \`${name}\``);
});

describe('templates of Windows', () => {
  const sought = Object.values(REGISTRY).flatMap((row) => (row === null ? [] : [row.name]));

  it('have one policy for each value that the registry may hold, and an element that writes it', () => {
    const nodes = parse(documents.get(`${WINDOWS}/Kualik.admx`)!);
    const policies = named(nodes, 'policy');
    expect(policies.map(({ attributes }) => attributes['name'])).toEqual(sought);
    for (const { attributes } of policies)
      expect(attributes).toMatchObject({
        class: 'Machine',
        key: 'Software\\Policies\\Kualik',
      });
    const written = nodes.flatMap(({ attributes }) => attributes['valueName'] ?? []);
    expect(written.sort()).toEqual([...sought].sort());
    const [minutes] = named(nodes, 'decimal').filter(({ attributes }) => attributes['id']);
    expect(minutes?.attributes).toMatchObject({ minValue: '1', maxValue: '60' });
  });

  it.each(['ru-RU', 'en-US'])(
    'resolve every id in %s, leave none over, and no words empty',
    (of) => {
      const rules = parse(documents.get(`${WINDOWS}/Kualik.admx`)!);
      const words = parse(documents.get(`${WINDOWS}/${of}/Kualik.adml`)!);
      const used = rules
        .flatMap(({ attributes }) => Object.values(attributes))
        .flatMap((value) => [...value.matchAll(/\$\((string|presentation)\.(\w+)\)/g)])
        .map(([, kind, id]) => `${kind}.${id}`);
      const there = [...named(words, 'string'), ...named(words, 'presentation')].map(
        ({ tag, attributes }) => `${tag}.${attributes['id']}`,
      );
      expect([...new Set(there)].sort()).toEqual([...there].sort());
      expect([...new Set(used)].sort()).toEqual([...there].sort());
      for (const { text } of named(words, 'string')) expect(text.trim()).not.toBe('');
      const elements = rules.flatMap(({ attributes }) => attributes['id'] ?? []);
      const fields = words.flatMap(({ attributes }) => attributes['refId'] ?? []);
      expect(fields.sort()).toEqual(elements.sort());
    },
  );

  it('speak their own language', () => {
    const textOf = (of: string): string =>
      named(parse(documents.get(`${WINDOWS}/${of}/Kualik.adml`)!), 'string')
        .map(({ text }) => text)
        .join('\n');
    expect(textOf('en-US')).not.toMatch(/[А-яЁё]/);
    expect(textOf('ru-RU').match(/[А-яЁё]/g)!.length).toBeGreaterThan(500);
  });

  it('a broken one is refused by the parser this test uses', () => {
    expect(() => parse('<a><b></a>')).toThrow(/mismatched tag/);
  });
});
