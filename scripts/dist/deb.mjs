// Makes the Debian package out of a payload with dpkg-deb: root's files, setuid sandbox, scripts, checksums.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { filesOf, settle, sourceDate } from './hashes.mjs';
import { home, layOutLinux, template, write } from './linux-tree.mjs';
import { debianPackages, debianRecommends, neededGlibc } from './system-libraries.mjs';

/** Twenty seconds; zstd 19 saves 5 % more and costs six minutes, xz saves 20 % and costs three. */
export const releaseCompression = ['-Zzstd', '-z9'];
/** For trials. */
export const quickCompression = ['-Zzstd', '-z1'];
/** Written once and read once: packing it would cost more than it saves. */
export const noCompression = ['-Znone'];

/** Writes `out` (….deb). `compression`: switches of dpkg-deb. */
export async function makeDeb({ payload, version, out, compression = releaseCompression }) {
  const date = sourceDate();
  const work = fs.mkdtempSync(path.join(path.dirname(payload), 'deb-'));
  const tree = path.join(work, 'tree');
  try {
    await layOutLinux(payload, tree);
    write(tree, 'DEBIAN/control', control(payload, tree, version));
    write(tree, 'DEBIAN/md5sums', checksums(tree));
    for (const script of ['preinst', 'postinst', 'postrm'])
      write(tree, `DEBIAN/${script}`, template(script, { VERSION: version }), 0o755);
    settle(tree, date);
    fs.chmodSync(path.join(tree, home, 'chrome-sandbox'), 0o4755);
    fs.mkdirSync(path.dirname(out), { recursive: true });
    const args = ['--root-owner-group', ...compression, '--build', tree, out];
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(date), TMPDIR: os.tmpdir() };
    execFileSync('dpkg-deb', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function control(payload, tree, version) {
  const bytes = filesOf(tree).reduce(
    (sum, name) => sum + fs.lstatSync(path.join(tree, name)).size,
    0,
  );
  const fields = {
    Package: 'kualik',
    Version: version,
    Architecture: 'amd64',
    Maintainer: 'Kuälik founders <founders@kualik.example>',
    'Installed-Size': Math.ceil(bytes / 1024),
    Depends: [`libc6 (>= ${neededGlibc(payload)})`, ...debianPackages].join(', '),
    Recommends: debianRecommends.join(', '),
    Section: 'misc',
    Priority: 'optional',
    Description:
      "migration officer's workstation for online ID-card applications\n" +
      ' The officer checks applications, approves or annuls them with a signature\n' +
      ' from a hardware token, and the registration point hands the card over.',
  };
  return `${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n`;
}

/** For `dpkg --verify`, which finds changed files later. */
function checksums(tree) {
  const md5 = (name) => createHash('md5').update(fs.readFileSync(path.join(tree, name)));
  return filesOf(tree)
    .filter((name) => !name.startsWith('DEBIAN/'))
    .filter((name) => !fs.lstatSync(path.join(tree, name)).isSymbolicLink())
    .map((name) => `${md5(name).digest('hex')}  ${name}\n`)
    .join('');
}
