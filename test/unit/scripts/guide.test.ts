// The makers' and administrators' guides hold to the code: made parts current, the example by another program, policies real.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeMakersPage } from '../../../scripts/guide.ts';
import { workedExample } from '../../../scripts/guide/example.ts';
import { NODE_REFUSALS } from '../../../src/shared/central/messages.ts';
import { operations } from '../../../src/shared/central/operations.ts';
import { POLICY_NAMES, policyFile } from '../../../src/shared/contract/policy.ts';
import { standConfig } from '../../../stand/central/config-data.ts';
import { REFUSAL_STATUS } from '../../../stand/central/refusal.ts';
import { blocks, codeSpans, section } from '../../support/markdown.ts';

const read = (file: string): string => fs.readFileSync(file, 'utf8');
const makers = read('docs/guide/node-makers.ru.md');
const administrator = read('docs/guide/administrator.ru.md');
/** Cells of each row of a page's tables. */
const rows = (text: string): string[][] =>
  [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row]) =>
    (row ?? '').split(' | ').map((cell) => cell.trim()),
  );

describe('the page for makers of a node', () => {
  it('is current: else run `npm run guide`', async () => {
    expect((await nodeMakersPage()) === makers).toBe(true);
  });

  it('would not be, were a refusal’s status or an operation another one', async () => {
    const status = String(REFUSAL_STATUS.unavailable);
    expect(await nodeMakersPage(makers.replace(`| ${status} `, '| 200 '))).toBe(makers);
    await expect(nodeMakersPage('# page without places')).rejects.toThrow(/no place/);
  });

  it('explains every refusal with its status, and every operation with its call', () => {
    const refusals = rows(section(makers, 'Коды отказа'));
    for (const code of NODE_REFUSALS) {
      const row = refusals.find(([name]) => name === `\`${code}\``);
      expect(row?.[1], code).toBe(String(REFUSAL_STATUS[code]));
      expect(row?.[2]?.length, code).toBeGreaterThan(9);
      expect(row?.[4]?.length, code).toBeGreaterThan(8);
    }
    for (const [name, { method, path }] of Object.entries(operations))
      expect(rows(makers)).toContainEqual(
        expect.arrayContaining([`\`${name}\``, `\`${method} ${path}\``]),
      );
  });

  it('has an example whose bytes and hash another program finds too', () => {
    const [written = ''] = blocks(makers, 'json');
    const [canonical = ''] = blocks(makers, 'text');
    const program = `import sys, json, hashlib
b = json.dumps(json.load(sys.stdin), ensure_ascii=False, sort_keys=True, separators=(',', ':')).encode()
print(json.dumps(dict(text=b.decode(), bytes=len(b), begins=b[:16].hex(' '), sha256=hashlib.sha256(b).hexdigest())))`;
    const ran = spawnSync('python3', ['-c', program], {
      input: written,
      encoding: 'utf8',
      env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    });
    expect(ran.stderr).toBe('');
    const found = JSON.parse(ran.stdout) as Record<string, string | number>;
    expect(found['text']).toBe(canonical.trimEnd());
    expect(makers).toContain(`SHA-256: \`${found['sha256']}\``);
    expect(makers).toContain(`байтов: ${found['bytes']}, первые: \`${found['begins']}\``);
    // Not sorted as it stands, and not ASCII alone: else the example shows nothing.
    expect(JSON.stringify(JSON.parse(written))).not.toBe(canonical.trimEnd());
    expect(workedExample().bytes).toBeGreaterThan(canonical.trimEnd().length);
  });

  it('says of the training node what that node says of itself', () => {
    const { leaseMinutes, issueLease, deadline, productionCutOff, ...rest } = standConfig();
    const choices = section(makers, 'Что выбрал учебный стенд');
    for (const said of [
      `${leaseMinutes} минут; 72 часа; ${issueLease.hours} часов`,
      `${deadline.targetDays} и ${deadline.alarmDays} рабочих дня, ${productionCutOff}`,
      `${rest.lockAfterMinutes} минут, ${rest.logOutAfterHours} часов, ${rest.picturesKeptDays} дней`,
      `\`${rest.documentingCodes[0]?.code}\` … \`${rest.documentingCodes.at(-1)?.code}\``,
    ])
      expect(choices).toContain(said);
    expect(read('stand/central/node.ts')).toContain('challengeHours: 72');
  });
});

describe('the administrator’s guide', () => {
  const examples = blocks(administrator, 'json').map((text) => JSON.parse(text) as object);

  it('shows a policy that is taken, and parts that fit into it', () => {
    expect(examples.length).toBeGreaterThan(1);
    const [whole, ...parts] = examples;
    expect(policyFile.safeParse(whole).error).toBeUndefined();
    for (const part of parts)
      expect(policyFile.safeParse({ ...whole, ...part }).error).toBeUndefined();
    expect(policyFile.safeParse({ ...whole, lockAfterMinutes: 0 }).success).toBe(false);
  });

  it('names no value that the policy does not have', () => {
    const inside = ['rescanByRestart'];
    const named = codeSpans(administrator).filter((code) => /^[a-z]+[A-Z]\w*$/.test(code));
    expect(named.length).toBeGreaterThan(12);
    expect(named.filter((name) => ![...POLICY_NAMES, ...inside].includes(name))).toEqual([]);
  });
});
