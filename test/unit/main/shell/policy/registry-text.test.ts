// What reg.exe prints: types, separators, code pages, lost letters; one output is a recording.
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyFile } from '../../../../../src/shared/contract/policy.ts';
import {
  decodeRegistry,
  readRegistryText,
} from '../../../../../src/main/shell/policy/registry-text.ts';

const KEY = 'HKEY_LOCAL_MACHINE\\Software\\Policies\\Kualik';
const printed = (...rows: string[]): string =>
  `\r\n${KEY}\r\n${rows.map((row) => `    ${row}\r\n`).join('')}\r\n`;

describe('readRegistryText', () => {
  it('reads text, numbers, flags, lines and modules', () => {
    const { values, faults } = readRegistryText(
      printed(
        'NodeUrl    REG_SZ    https://node.example:8443',
        'LockAfterMinutes    REG_DWORD    0x1e',
        'Training    REG_DWORD    0x0',
        'KeyAlgorithms    REG_MULTI_SZ    rsa|gost',
        'Modules    REG_MULTI_SZ    akkey;AKey;C:\\0dir\\ak key.dll|tok;Қазтокен;C:\\t;k.dll;gost;rescan',
      ),
    );
    expect(faults).toEqual([]);
    expect(values).toEqual({
      nodeUrl: 'https://node.example:8443',
      lockAfterMinutes: 30,
      training: false,
      keyAlgorithms: ['rsa', 'gost'],
      modules: [
        { id: 'akkey', title: 'AKey', path: 'C:\\0dir\\ak key.dll' },
        { id: 'tok', title: 'Қазтокен', path: 'C:\\t;k.dll', gost: true, rescanByRestart: true },
      ],
    });
  });

  it('reads the source of updates as the JSON of the file, and leaves a broken one to the schema', () => {
    const updates = {
      source: { folder: '\\\\share\\kualik' },
      ring: 'pilot',
      target: 'windows-x64-msi',
      keys: [Buffer.alloc(32, 0xfb).toString('base64')],
      install: 'command',
      command: { program: 'C:\\Windows\\System32\\schtasks.exe', args: ['/run', '{file}'] },
    };
    const read = (text: string) => readRegistryText(printed(`Updates    REG_SZ    ${text}`)).values;
    expect(policyFile.partial().parse(read(JSON.stringify(updates)))).toEqual({
      env: {},
      training: false,
      updates,
    });
    const broken = policyFile.partial().safeParse(read('{"source": "node"'));
    expect(broken.error?.issues[0]?.path).toEqual(['updates']);
  });

  it('passes over the default value, sub-keys and an empty key', () => {
    expect(
      readRegistryText(
        `${printed('(Default)    REG_SZ    x', 'stationid    REG_SZ    a b    c')}\r\n${KEY}\\Sub\r\n    NodeUrl    REG_SZ    x\r\n`,
      ),
    ).toEqual({ values: { stationId: 'a b    c' }, faults: [] });
    expect(readRegistryText('')).toEqual({ values: {}, faults: [] });
  });

  it('names an unknown value, another type and lost letters', () => {
    const { values, faults } = readRegistryText(
      printed(
        'NodeUri    REG_SZ    https://node.example',
        'LockAfterMinutes    REG_SZ    5',
        'StationId    REG_SZ    ??????-07',
        'Env    REG_SZ    x',
      ),
    );
    expect(values).toEqual({});
    expect(faults).toEqual([
      { code: 'unknown-value', name: 'NodeUri' },
      { code: 'registry-kind', name: 'LockAfterMinutes' },
      { code: 'characters-lost', name: 'StationId' },
      { code: 'unknown-value', name: 'Env' },
    ]);
  });

  it('gives a wrong number and a wrong module on to the schema as they are', () => {
    const { values } = readRegistryText(
      printed('Training    REG_DWORD    0x2', 'Modules    REG_MULTI_SZ    only-a-path'),
    );
    expect(values).toEqual({ training: 2, modules: ['only-a-path'] });
  });
});

describe('decodeRegistry', () => {
  const text = printed('StationId    REG_SZ    Алматы-07');

  it('knows UTF-8, UTF-16 with its mark and the OEM page', () => {
    expect(decodeRegistry(Buffer.from(text))).toBe(text);
    expect(decodeRegistry(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe(text);
    const oem = Buffer.from([0x80, 0xab, 0xac, 0xa0, 0xe2, 0xeb, 0x2d, 0x30, 0x37]); // cp866
    expect(decodeRegistry(oem)).toBe('Алматы-07');
  });

  it('sees in a recorded output that letters were lost on the way', () => {
    const recorded = fs.readFileSync('test/support/registry/wine-oem.bin');
    const { values, faults } = readRegistryText(decodeRegistry(recorded));
    expect(values).toEqual({ lockAfterMinutes: 5, nodeUrl: 'https://node.example:8443' });
    expect(faults.map(({ name }) => name).sort()).toEqual(['Modules', 'StationId']);
  });
});
