// Which npm packages the shipped program needs at run time, read from package-lock.json: exact, without a network.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

/** Bundled into the screens by the build: they ship inside out/renderer and are named in the notices only. */
export const bundledInScreens = new Set([
  '@fontsource-variable/inter',
  '@tabler/icons-react',
  '@tanstack/react-virtual',
  'qr',
  'react',
  'react-dom',
  'zustand',
]);

/** Asked for by install scripts alone; none of them runs on a user's machine. */
const installOnly = {
  'onnxruntime-node': ['adm-zip', 'global-agent'],
  'better-sqlite3-multiple-ciphers': ['node-addon-api', 'bindings', 'prebuild-install'],
};

/** sharp's build for the target: WebAssembly on Linux (native libvips clashes with GTK), native on Windows. */
const imageCodec = { linux: 'sharp-wasm32', win32: 'sharp-win32-x64' };

/**
 * The run-time closure for a platform ('linux' | 'win32'), sorted by place.
 * Each: {name, version, place ('node_modules/…', as in the lock), licence, integrity, bundled}.
 * `packages`: the lock's own table, for tests.
 */
export function runtimePackages(platform, packages = lockedPackages()) {
  const found = new Map();
  const follow = (from, bundled) => {
    const { dependencies = {}, optionalDependencies = {} } = packages[from];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (!isShipped(nameOf(from), name, platform)) continue;
      const place = resolvePlace(packages, from, name);
      if (place === undefined) continue; // an optional one of another platform
      const inScreens = from === '' ? bundledInScreens.has(name) : bundled;
      const known = found.get(place);
      if (known && (!known.bundled || inScreens)) continue;
      const { version, license = 'UNKNOWN', integrity = '' } = packages[place];
      const licence = license;
      found.set(place, { name, version, place, licence, integrity, bundled: inScreens });
      follow(place, inScreens);
    }
  };
  follow('', false);
  return [...found.values()].sort((a, b) => (a.place < b.place ? -1 : 1));
}

function isShipped(from, name, platform) {
  if (installOnly[from]?.includes(name)) return false;
  const codec = /^@img\/(sharp-.+)$/.exec(name);
  return codec === null || codec[1] === imageCodec[platform];
}

const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Node's own way: beside, then ever further up. */
function resolvePlace(packages, from, name) {
  const steps = from === '' ? [] : from.split('/node_modules/');
  for (let depth = steps.length; depth > 0; depth -= 1) {
    const place = `${steps.slice(0, depth).join('/node_modules/')}/node_modules/${name}`;
    if (packages[place]) return place;
  }
  const top = `node_modules/${name}`;
  return packages[top] ? top : undefined;
}

function lockedPackages() {
  return JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
}
