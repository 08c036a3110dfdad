// On Linux takes sharp's native build away, so that it falls back to its WebAssembly build.
// The native libvips clashes with GTK's GLib inside every Electron process on Linux:
// thousands of criticals a run, crashes elsewhere. Windows has no such clash.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { privateDir, root } from './paths.mjs';
import { Trouble } from './say.mjs';

const folder = path.join(root, 'node_modules', '@img');
const proof = path.join(privateDir, 'pictures.proved');

/** Returns words for the step line; throws Trouble when sharp cannot draw. */
export function preparePictures() {
  const native = process.platform === 'linux' ? nativeBuilds() : [];
  for (const name of native) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  const version = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules', 'sharp', 'package.json'), 'utf8'),
  ).version;
  const stamp = `${version} ${process.version}`;
  if (native.length === 0 && readOr(proof) === stamp) return 'ready';
  proveItDraws();
  fs.mkdirSync(privateDir, { recursive: true });
  fs.writeFileSync(proof, stamp);
  return native.length > 0 ? 'native build left out, WebAssembly build draws' : 'sharp draws';
}

function nativeBuilds() {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names.filter((name) => /^sharp(-libvips)?-linux(musl)?-/.test(name));
}

/** An SVG to a JPEG: the two formats that the training portraits need. */
function proveItDraws() {
  const probe = `
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="30" fill="teal"/></svg>');
    require('sharp')(svg).jpeg().toBuffer().then((b) => { if (b[0] !== 0xff || b[1] !== 0xd8) process.exit(3); });`;
  const ran = spawnSync(process.execPath, ['-e', probe], { cwd: root, encoding: 'utf8' });
  if (ran.status === 0) return;
  throw new Trouble(
    `sharp cannot draw (${ran.stderr.trim().split('\n')[0] || `exit code ${ran.status}`}). Delete node_modules and run again.`,
  );
}

function readOr(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
