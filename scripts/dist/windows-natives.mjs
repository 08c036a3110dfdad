// What a package for Windows needs that this machine did not install: sharp's build, and the token add-on compiled across.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { cacheDir, nodeHeaders, root } from '../setup/paths.mjs';
import { Trouble } from '../setup/say.mjs';
import { runtimePackages } from './closure.mjs';

const home = path.join(cacheDir, 'windows');
const sharpName = '@img/sharp-win32-x64';

/** {name: folder} for `assemble`: packages to be taken from elsewhere than node_modules. */
export function windowsFolders() {
  return { [sharpName]: sharpForWindows(), pkcs11js: tokenAddonForWindows() };
}

/** From the npm registry, proved by the hash that package-lock.json holds. */
function sharpForWindows() {
  const { version, integrity } = runtimePackages('win32').find(({ name }) => name === sharpName);
  const folder = path.join(home, `sharp-win32-x64-${version}`);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(home, { recursive: true });
  const work = fs.mkdtempSync(path.join(home, 'work-'));
  try {
    const args = ['pack', `${sharpName}@${version}`, '--silent', '--pack-destination', work];
    execFileSync('npm', args, { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
    const archive = path.join(
      work,
      fs.readdirSync(work).find((name) => name.endsWith('.tgz')),
    );
    const sha512 = createHash('sha512').update(fs.readFileSync(archive)).digest('base64');
    if (`sha512-${sha512}` !== integrity)
      throw new Trouble(`${sharpName} ${version} is not the package that package-lock.json names.`);
    execFileSync('tar', ['-xzf', archive, '-C', work, 'package']);
    fs.renameSync(path.join(work, 'package'), folder);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

const compiler = 'x86_64-w64-mingw32-g++-posix';

/**
 * pkcs11js has no prebuilt add-on. Its imports from the host program are bound late and to whatever
 * program runs it (kualik.exe): an import library for "node.exe" and a hook that answers with ourselves.
 */
function tokenAddonForWindows() {
  const source = path.join(root, 'node_modules', 'pkcs11js');
  const { version } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'));
  const hook = path.join(root, 'resources', 'packaging', 'windows', 'host-hook.c');
  const key = createHash('sha256').update(fs.readFileSync(hook)).digest('hex').slice(0, 8);
  const folder = path.join(home, `pkcs11js-${version}-${key}`);
  if (fs.existsSync(folder)) return folder;
  const headers = nodeHeaders();
  if (!headers) throw new Trouble('The headers of Node (node_api.h) are missing: libnode-dev.');
  fs.mkdirSync(home, { recursive: true });
  const work = fs.mkdtempSync(path.join(home, 'work-'));
  try {
    compile({ source, hook, include: path.join(headers, 'include', 'node'), work });
    const made = path.join(work, 'package');
    fs.mkdirSync(path.join(made, 'build', 'Release'), { recursive: true });
    for (const name of ['index.js', 'package.json', 'LICENSE'])
      fs.copyFileSync(path.join(source, name), path.join(made, name));
    fs.copyFileSync(path.join(work, 'pkcs11.node'), path.join(made, 'build/Release/pkcs11.node'));
    fs.renameSync(made, folder);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function compile({ source, hook, include, work }) {
  const run = (command, ...args) => execFileSync(command, args, { cwd: work, stdio: 'inherit' });
  const names = ['js_native_api.h', 'node_api.h'].flatMap((header) =>
    [
      ...fs
        .readFileSync(path.join(include, header), 'utf8')
        .matchAll(/\b(napi|node_api)_\w+(?=\()/g),
    ].map(([name]) => name),
  );
  const exported = [...new Set(names)].sort().join('\n');
  fs.writeFileSync(path.join(work, 'node.def'), `LIBRARY node.exe\nEXPORTS\n${exported}\n`);
  run('x86_64-w64-mingw32-dlltool', '-d', 'node.def', '-y', 'node-late.a', '-D', 'node.exe');
  run('x86_64-w64-mingw32-gcc-posix', '-c', '-O2', hook, '-o', 'hook.o');
  const units = fs.readdirSync(path.join(source, 'src')).filter((name) => name.endsWith('.cpp'));
  const wanted = ['dl.cpp', 'common.cpp', 'main.cpp'].filter((name) => units.includes(name));
  for (const unit of wanted)
    run(
      compiler,
      ...[
        '-std=c++17',
        '-O2',
        '-w',
        '-c',
        '-DNAPI_DISABLE_CPP_EXCEPTIONS',
        '-DBUILDING_NODE_EXTENSION',
      ],
      ...['-I', path.join(source, 'includes'), '-I', include],
      ...[path.join(source, 'src', unit), '-o', `${unit}.o`],
    );
  run(
    compiler,
    ...[
      '-shared',
      '-static',
      '-static-libgcc',
      '-static-libstdc++',
      '-s',
      '-Wl,--no-insert-timestamp',
    ],
    ...['-o', 'pkcs11.node', ...wanted.map((unit) => `${unit}.o`), 'hook.o', 'node-late.a'],
  );
}
