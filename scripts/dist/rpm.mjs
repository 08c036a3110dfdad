// Makes the RPM package out of a payload with rpmbuild, which runs on Debian too.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { Trouble } from '../setup/say.mjs';
import { settle, sourceDate } from './hashes.mjs';
import { home, layOutLinux, template } from './linux-tree.mjs';
import { neededGlibc, redHatPackages } from './system-libraries.mjs';

/** Writes `out` (….rpm). `quick`: less compression. */
export async function makeRpm({ payload, version, out, quick = false }) {
  const date = sourceDate();
  const work = fs.mkdtempSync(path.join(path.dirname(payload), 'rpm-'));
  const tree = path.join(work, 'tree');
  try {
    await layOutLinux(payload, tree);
    settle(tree, date);
    fs.chmodSync(path.join(tree, home, 'chrome-sandbox'), 0o4755);
    const spec = path.join(work, 'kualik.spec');
    const libc = `libc.so.6(GLIBC_${neededGlibc(payload)})(64bit)`;
    const values = {
      VERSION: version,
      REQUIRES: [libc, ...redHatPackages].join(', '),
      PAYLOAD: quick ? 'w1.zstdio' : 'w9.zstdio',
      TREE: tree,
    };
    fs.writeFileSync(spec, template('kualik.spec', values));
    const folders = ['--define', `_topdir ${work}/build`, '--define', `_rpmdir ${work}/made`];
    const ran = spawnSync('rpmbuild', ['-bb', ...folders, '--target', 'x86_64', spec], {
      encoding: 'utf8',
      env: { ...process.env, SOURCE_DATE_EPOCH: String(date), TMPDIR: os.tmpdir() },
    });
    if (ran.status !== 0)
      throw new Trouble(
        `rpmbuild failed:\n${(ran.stderr ?? '').split('\n').slice(-15).join('\n')}`,
      );
    fs.mkdirSync(path.dirname(out), { recursive: true });
    fs.copyFileSync(path.join(work, 'made', 'x86_64', `kualik-${version}-1.x86_64.rpm`), out);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}
