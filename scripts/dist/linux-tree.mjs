// Lays the files of a Linux package out as they will stand on the user's machine; .deb and .rpm share it.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';
import { filesOf } from './hashes.mjs';

const sources = path.join(root, 'resources', 'packaging');
export const home = 'opt/kualik';
const iconSizes = [48, 128, 256, 512];

/** A file of resources/packaging/linux with `@NAME@` filled in. */
export function template(name, values = {}) {
  const text = fs.readFileSync(path.join(sources, 'linux', name), 'utf8');
  return text.replaceAll(/@([A-Z]+)@/g, (_, key) => {
    if (!(key in values)) throw new Error(`${name} asks for @${key}@, which nobody gives`);
    return values[key];
  });
}

/** Fills `tree` (an empty folder); the payload's files are linked, not copied, where the disk allows it. */
export async function layOutLinux(payload, tree) {
  for (const name of filesOf(payload)) link(path.join(payload, name), path.join(tree, home, name));
  // Its own copy, for it is given other rights: root's, when a user starts it (setuid).
  const sandbox = path.join(tree, home, 'chrome-sandbox');
  fs.rmSync(sandbox, { force: true });
  fs.copyFileSync(path.join(payload, 'chrome-sandbox'), sandbox);
  write(tree, `${home}/packaging/apparmor`, template('apparmor'));
  write(tree, 'usr/share/applications/kualik.desktop', template('kualik.desktop'));
  write(tree, 'usr/share/doc/kualik/station.example.json', template('station.example.json'));
  write(
    tree,
    'usr/share/doc/kualik/copyright',
    'Kuälik is not free software. What it contains of others: /opt/kualik/NOTICES.txt,\n' +
      '/opt/kualik/LICENSE.electron.txt, /opt/kualik/LICENSES.chromium.html.\n',
  );
  fs.mkdirSync(path.join(tree, 'etc/kualik'), { recursive: true });
  fs.mkdirSync(path.join(tree, 'usr/bin'), { recursive: true });
  fs.symlinkSync(`/${home}/kualik`, path.join(tree, 'usr/bin/kualik'));
  await icons(tree);
}

async function icons(tree) {
  const svg = fs.readFileSync(path.join(sources, 'icon.svg'));
  const folder = 'usr/share/icons/hicolor';
  write(tree, `${folder}/scalable/apps/kualik.svg`, svg);
  for (const size of iconSizes)
    write(tree, `${folder}/${size}x${size}/apps/kualik.png`, await iconPng(size));
}

/** Our icon as PNG bytes, `size` pixels square. */
export async function iconPng(size) {
  const { default: sharp } = await import('sharp');
  const svg = fs.readFileSync(path.join(sources, 'icon.svg'));
  return sharp(svg).resize(size, size).png().toBuffer();
}

export function write(tree, name, content, mode = 0o644) {
  const file = path.join(tree, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  fs.chmodSync(file, mode);
}

function link(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  try {
    fs.linkSync(from, to);
  } catch (error) {
    if (error.code !== 'EXDEV' && error.code !== 'EPERM') throw error;
    fs.copyFileSync(from, to);
  }
}
