// The installer as it really runs: what it gets, and what is not run at all.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isRunnable,
  runInstaller,
  type InstallOrder,
} from '../../../../src/main/shell/install-update.ts';

let dir = '';
let order: InstallOrder;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-install-'));
  const file = path.join(dir, 'kualik_1.3.0 $(touch x);.deb');
  fs.writeFileSync(file, 'the package');
  const program = path.join(dir, 'installer');
  // Writes each argument on a line, the folder it stands in and its environment, then says that it is done.
  fs.writeFileSync(
    program,
    `#!/bin/sh\nout="${dir}/got"\n{ printf '%s\\n' "$@"; pwd; env; } > "$out.part"\nmv "$out.part" "$out"\n`,
    { mode: 0o755 },
  );
  const sha256 = createHash('sha256').update('the package').digest('hex');
  const args = ['--quiet', 'file={file}', '{sha256}', '$HOME `id` {other}'];
  order = { command: { program, args }, file, sha256 };
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

const ran = (): boolean => fs.existsSync(path.join(dir, 'got'));

describe('the installer', () => {
  it('gets file and hash as they are, no shell reads them, and a bare environment', async () => {
    process.env['LD_PRELOAD_OF_TEST'] = 'evil.so';
    process.env['KUALIK_CONFIG_OF_TEST'] = 'x';
    expect(await runInstaller(order, false)).toBe(true);
    while (!ran()) await new Promise((done) => setTimeout(done, 20));
    const [quiet, file, sha256, plain, cwd, ...env] = fs
      .readFileSync(path.join(dir, 'got'), 'utf8')
      .split('\n');
    expect([quiet, file, sha256, plain]).toEqual([
      '--quiet',
      `file=${order.file}`,
      order.sha256,
      '$HOME `id` {other}',
    ]);
    expect(cwd).toBe('/');
    expect(env).toContain('PATH=/usr/sbin:/usr/bin:/sbin:/bin');
    expect(env.join()).not.toContain('OF_TEST');
    expect(fs.existsSync(path.join(dir, 'x'))).toBe(false);
    fs.rmSync(path.join(dir, 'got'));
  });

  it('is not run when the copy is another by now, or gone', async () => {
    const file = path.join(dir, 'swapped.deb');
    fs.writeFileSync(file, 'the package');
    const swapped = { ...order, file };
    fs.writeFileSync(file, 'the pAckage');
    expect(await runInstaller(swapped, false)).toBe(false);
    fs.rmSync(file);
    expect(await runInstaller(swapped, false)).toBe(false);
    expect(ran()).toBe(false);
  });

  it('is not run when it is no program, or could have been put there by another', async () => {
    const { program } = order.command;
    expect(isRunnable(program, false)).toBe(true);
    expect(isRunnable('/bin/sh', true)).toBe(true);
    // In a package only what root alone writes: /tmp is everybody's.
    expect(isRunnable(program, true)).toBe(false);
    const link = path.join(dir, 'sh');
    fs.symlinkSync('/bin/sh', link);
    expect(isRunnable(link, true)).toBe(false);
    for (const none of [dir, path.join(dir, 'absent'), 'sh', './installer', order.file])
      expect(isRunnable(none, false), none).toBe(false);
    expect(await runInstaller(order, true)).toBe(false);
    expect(ran()).toBe(false);
  });
});
