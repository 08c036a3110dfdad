// Sources and their order, the place of each mistake, who may have written the file, and what the check prints.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { policyReport } from '../../../../../src/main/shell/policy/check-policy.ts';
import { effectivePolicy, type Mistake } from '../../../../../src/main/shell/policy/effective.ts';
import {
  isRoots,
  policyFileIn,
  readPolicyFile,
} from '../../../../../src/main/shell/policy/policy-file.ts';
import { languageOf, mistakeLine } from '../../../../../src/main/shell/policy/words.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-policy-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'policy.json');

const GOOD = {
  nodeUrl: 'https://node.example:8443',
  tlsCaFile: 'node-ca.pem',
  trustFile: 'trust.pem',
  stationId: 'almaty-07',
  modules: [{ id: 'akkey', title: 'AKey', path: '/usr/lib/akkey.so' }],
};

const judge = (text: string, registry: Record<string, unknown> = {}) => {
  fs.writeFileSync(file, text);
  return effectivePolicy({
    file,
    fromFile: readPolicyFile(file, false),
    fromRegistry: { values: registry, faults: [] },
  });
};
const json = (value: unknown): string => JSON.stringify(value, null, 1);
const mistakes = (text: string, registry?: Record<string, unknown>): readonly Mistake[] => {
  const read = judge(text, registry);
  return read.ok ? [] : read.mistakes;
};

describe('effectivePolicy', () => {
  it('takes the registry over the file, value by value, and says where each stands', () => {
    const read = judge(json({ ...GOOD, lockAfterMinutes: 5 }), { stationId: 'astana-01' });
    if (!read.ok) throw new Error(json(read.mistakes));
    expect(read.policy).toMatchObject({ stationId: 'astana-01', lockAfterMinutes: 5, env: {} });
    expect(read.origins.stationId).toEqual({
      source: 'registry',
      where: 'HKLM\\Software\\Policies\\Kualik\\StationId',
    });
    expect(read.origins.nodeUrl).toEqual({ source: 'file', where: `${file}:2` });
    expect(read.origins.training).toBeUndefined();
  });

  it('is whole from the registry alone', () => {
    const read = effectivePolicy({
      file,
      fromFile: null,
      fromRegistry: { values: GOOD, faults: [] },
    });
    expect(read.ok).toBe(true);
  });

  it.each([
    ['http', { nodeUrl: 'http://node.example' }, 'nodeUrl', 2],
    ['zero minutes', { lockAfterMinutes: 0 }, 'lockAfterMinutes', 13],
    ['a language of neither', { language: 'en' }, 'language', 13],
    ['a password in the proxy', { proxyUrl: 'http://me:pw@proxy:3128' }, 'proxyUrl', 13],
    ['no algorithm', { keyAlgorithms: [] }, 'keyAlgorithms', 13],
    ['an unknown algorithm', { keyAlgorithms: ['rsa', 'dsa'] }, 'keyAlgorithms.1', 15],
    ['modules without a path', { modules: [{ id: 'a', title: 'A' }] }, 'modules.0.path', 7],
  ])('tells the line of %s', (_what, change, name, line) => {
    expect(mistakes(json({ ...GOOD, ...change }))).toMatchObject([
      { code: 'wrong-value', name, where: `${file}:${line}` },
    ]);
  });

  it('tells all mistakes at once, also of a value that the registry covers', () => {
    const text = json({ ...GOOD, nodeUrl: 1, lockAfterMinutess: 5 });
    expect(mistakes(text, { nodeUrl: GOOD.nodeUrl })).toMatchObject([
      { code: 'wrong-value', name: 'nodeUrl', where: `${file}:2` },
      { code: 'unknown-value', name: 'lockAfterMinutess', where: `${file}:13` },
    ]);
  });

  it('names a required value that no source has', () => {
    const { stationId: _, ...rest } = GOOD;
    expect(mistakes(json(rest))).toMatchObject([{ code: 'missing-value', name: 'stationId' }]);
    expect(mistakes(json(rest), { stationId: 'x' })).toEqual([]);
  });

  it('refuses no file, no JSON, a name twice, and a registry that does not answer', () => {
    expect(mistakes('{\n"a": }')).toMatchObject([{ code: 'not-json', where: `${file}:2` }]);
    expect(mistakes('[]')).toMatchObject([{ code: 'not-json', where: `${file}:1` }]);
    expect(mistakes('{"training": true,\n"training": false}')).toMatchObject([
      { code: 'twice', where: `${file}:2` },
    ]);
    expect(
      effectivePolicy({ file, fromFile: null, fromRegistry: { values: {}, faults: [] } }),
    ).toMatchObject({ ok: false, mistakes: [{ code: 'unreadable' }] });
    fs.writeFileSync(file, json(GOOD));
    expect(
      effectivePolicy({ file, fromFile: readPolicyFile(file, false), fromRegistry: null }),
    ).toMatchObject({ ok: false, mistakes: [{ code: 'registry-unreadable' }] });
  });
});

describe('the file', () => {
  it('is the new name where it is there, else the old one, else the new one to be made', () => {
    const among = (...there: string[]) =>
      policyFileIn('/etc/kualik', (name) => there.includes(path.basename(name)));
    expect(among('policy.json', 'station.json')).toBe('/etc/kualik/policy.json');
    expect(among('station.json')).toBe('/etc/kualik/station.json');
    expect(among()).toBe('/etc/kualik/policy.json');
  });

  it('is refused when others than root may write it or its folder', () => {
    expect(isRoots({ uid: 0, mode: 0o100644 }, { uid: 0, mode: 0o40755 })).toBe(true);
    expect(isRoots({ uid: 0, mode: 0o100664 }, { uid: 0, mode: 0o40755 })).toBe(false);
    expect(isRoots({ uid: 0, mode: 0o100644 }, { uid: 0, mode: 0o40777 })).toBe(false);
    expect(isRoots({ uid: 1000, mode: 0o100644 }, { uid: 0, mode: 0o40755 })).toBe(false);
    fs.writeFileSync(file, json(GOOD));
    fs.chmodSync(file, 0o666);
    expect(readPolicyFile(file, true)).toMatchObject({ ok: false, code: 'not-owned' });
    expect(readPolicyFile(path.join(folder, 'absent.json'), true)).toBeNull();
  });
});

describe('policyReport', () => {
  const about = { own: undefined, unread: null, used: file } as const;

  it('prints each value with its source, in either language, names of the environment only', () => {
    const read = judge(json({ ...GOOD, env: { SECRET_PLACE: 'not-shown' } }), { training: true });
    const ru = policyReport(read, { ...about, language: 'ru', own: 'kk' });
    expect(ru.code).toBe(0);
    expect(ru.text).toMatch(/^stationId +almaty-07 +файл .*policy\.json:\d+$/m);
    expect(ru.text).toMatch(/^training +true +реестр HKLM.*Training$/m);
    expect(ru.text).toMatch(/^language +kk +выбор пользователя$/m);
    expect(ru.text).toMatch(/^proxyUrl +– +по умолчанию$/m);
    expect(ru.text).toContain('SECRET_PLACE');
    expect(ru.text).not.toContain('not-shown');
    const kk = policyReport(read, { ...about, language: 'kk', unread: '/etc/kualik/station.json' });
    expect(kk.text).toContain('Саясат дұрыс.');
    expect(kk.text).toContain('/etc/kualik/station.json: оқылмайды');
  });

  it('lets the policy win over the officer’s choice', () => {
    const read = judge(json({ ...GOOD, language: 'ru' }));
    const { text } = policyReport(read, { ...about, language: 'ru', own: 'kk' });
    expect(text).toMatch(/^language +ru +файл/m);
  });

  it('prints mistakes with place and what is needed, and fails', () => {
    const read = judge(json({ ...GOOD, lockAfterMinutes: 99 }));
    const { text, code } = policyReport(read, { ...about, language: 'ru' });
    expect(code).toBe(2);
    expect(text).toBe(
      `${file}:13: lockAfterMinutes: значение не подходит (нужно: ≤ 60)\nОшибок: 1`,
    );
  });

  it('speaks the fixed language, else the system’s', () => {
    expect(languageOf('ru', { LANG: 'kk_KZ.UTF-8' })).toBe('ru');
    expect(languageOf(undefined, { LANG: 'kk_KZ.UTF-8' })).toBe('kk');
    expect(languageOf(undefined, { LANG: 'kk_KZ.UTF-8', LC_ALL: 'C' })).toBe('ru');
    const line = mistakeLine(
      { code: 'twice', where: 'f:3', name: null, expects: null },
      languageOf(undefined, { LANG: 'kk_KZ' }),
    );
    expect(line).toBe('f:3: атау екі рет берілген');
  });
});
