// The policy's command for updates: only a whole path, only with the file, only together with its switch.
import { describe, expect, it } from 'vitest';
import { policyFile } from '../../../../src/shared/contract/policy.ts';

const updates = {
  source: 'node',
  ring: 'all',
  target: 'linux-x64-deb',
  keys: [Buffer.alloc(32).toString('base64')],
};
const command = { program: '/usr/local/sbin/kualik-update', args: ['{file}', '{sha256}'] };
const faults = (change: object): string[] =>
  (policyFile.partial().safeParse({ updates: { ...updates, ...change } }).error?.issues ?? []).map(
    ({ path }) => path.join('.'),
  );

describe('who installs', () => {
  it('is the administrator without a word, or a command with its switch', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ install: 'administrator' })).toEqual([]);
    expect(faults({ install: 'command', command })).toEqual([]);
    const msiexec = { program: 'C:\\Windows\\System32\\msiexec.exe', args: ['/i', '{file}'] };
    expect(faults({ install: 'command', command: msiexec })).toEqual([]);
  });

  it('is refused half said, or with a program that is looked for, or a file that is not given', () => {
    expect(faults({ install: 'command' })).toEqual(['updates.command']);
    expect(faults({ command })).toEqual(['updates.command']);
    expect(faults({ install: 'administrator', command })).toEqual(['updates.command']);
    for (const program of ['dpkg', './dpkg', '../dpkg', 'C:msiexec.exe', '', '\\\\host\\x.exe'])
      expect(faults({ install: 'command', command: { ...command, program } }), program).toEqual([
        'updates.command.program',
      ]);
    expect(faults({ install: 'command', command: { ...command, args: ['{sha256}'] } })).toEqual([
      'updates.command.args',
    ]);
    expect(faults({ install: 'command', command: { ...command, shell: true } })).toEqual([
      'updates.command',
    ]);
  });
});
