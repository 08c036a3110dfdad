// Chooses what of the checkout goes into the shipped program: the build, its run-time packages, nothing for other platforms.
import fs from 'node:fs';
import path from 'node:path';
import { root, sqliteBinding } from '../setup/paths.mjs';
import { Trouble } from '../setup/say.mjs';

/** Words for readers and for compilers of other languages; licences are gathered in NOTICES.txt. */
const leftOut =
  /(^|\/)(docs?|examples?|tests?|__tests__|\.github|benchmarks?)\/|\.(d\.[cm]?ts|[cm]?ts|map|md|markdown|gyp|gypi|c|cc|cpp|h|hpp|flow|tsbuildinfo|lib|pdb)$/i;

/** Packages of which only these parts run. */
const onlyParts = {
  'better-sqlite3-multiple-ciphers': () => /^(lib\/|package\.json$)/,
  'onnxruntime-node': (platform) =>
    platform === 'win32'
      ? /^(dist\/|package\.json$|bin\/napi-v6\/win32\/x64\/onnxruntime(_binding\.node|\.dll)$)/
      : /^(dist\/|package\.json$|bin\/napi-v6\/linux\/x64\/)/,
  pkcs11js: () => /^(index\.js$|package\.json$|build\/Release\/pkcs11\.node$)/,
  sharp: () => /^(dist\/|lib\/|package\.json$)/,
  'hash-wasm': () => /^(dist\/index\.|package\.json$)/,
  'write-excel-file': () => /^(node|commonjs|modules|universal|utility|package\.json)/,
};

/** Add-ons and libraries must be real files: the system's loader cannot read out of an archive. */
export const outsideTheArchive = '**/*.{node,so,so.*,dll}';

/**
 * Files for the archive as [from (absolute), to (inside the app)], sorted by `to`.
 * `packages`: run-time closure; `foldersElsewhere`: name → folder for packages of another platform.
 */
export function appFiles({ platform, packages, foldersElsewhere = {} }) {
  const files = ['main', 'preload', 'renderer'].flatMap((part) =>
    under(path.join(root, 'out', part)).map(([from, name]) => [from, `out/${part}/${name}`]),
  );
  for (const { name, place, bundled } of packages) {
    if (bundled) continue;
    const folder = foldersElsewhere[name] ?? path.join(root, place);
    if (!fs.existsSync(folder)) throw new Trouble(`${place} is not installed: run npm ci first.`);
    const wanted = onlyParts[name]?.(platform);
    for (const [from, inside] of under(folder)) {
      if (inside.startsWith('node_modules/')) continue; // has a place of its own in the closure
      if (wanted ? wanted.test(inside) && !leftOut.test(inside) : !leftOut.test(inside))
        files.push([from, `${place}/${inside}`]);
    }
  }
  return files.sort(([, a], [, b]) => (a < b ? -1 : 1));
}

/** Files beside the archive, in `resources/`: face nets, SQLite add-on, the policy's schema and templates. */
export function looseFiles(platform) {
  const nets = path.join(root, 'resources', 'models');
  const { models } = JSON.parse(fs.readFileSync(path.join(nets, 'manifest.json'), 'utf8'));
  const names = ['manifest.json', ...models.map(({ file }) => file)];
  const prebuilt = 'node_modules/better-sqlite3-multiple-ciphers/prebuilds/win32-x64.node';
  const sqlite = platform === 'win32' ? path.join(root, prebuilt) : sqliteBinding;
  return [
    ...names.map((name) => [path.join(nets, name), `models/${name}`]),
    [sqlite, 'native/better_sqlite3.node'],
    ...under(path.join(root, 'resources', 'policy'))
      .filter(([, inside]) => platform === 'win32' || !inside.startsWith('windows/'))
      .map(([from, inside]) => [from, `policy/${inside}`]),
  ];
}

/** What the shipped program says of itself; no scripts, no development packages. */
export function shippedPackageJson(version) {
  const { name, description, type, main, license, author } = JSON.parse(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  const said = { name, version, description, type, main, license, author };
  return `${JSON.stringify(said, null, 2)}\n`;
}

/** Every file below a folder as [absolute, relative with slashes]. */
function under(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => [file, path.relative(folder, file).split(path.sep).join('/')]);
}
