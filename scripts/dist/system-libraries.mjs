// What a Linux package asks of the system: library packages by their names in Debian and in Red Hat's systems.
import fs from 'node:fs';
import path from 'node:path';
import { filesOf } from './hashes.mjs';

/** Debian 13 and Ubuntu 24.04 renamed some with the suffix t64. */
const t64 = (name) => `${name} | ${name}t64`;

export const debianPackages = [
  'libgcc-s1',
  'libstdc++6',
  t64('libgtk-3-0'),
  t64('libatk-bridge2.0-0'),
  t64('libatspi2.0-0'),
  t64('libcups2'),
  t64('libasound2'),
  'libnss3',
  'libdbus-1-3',
  'libdrm2',
  'libgbm1',
  'libudev1',
  'libxcomposite1',
  'libxdamage1',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  'libpcsclite1', // readers of cards and tokens
];

/** The program runs without them; with them the cache key lies in the keyring and readers are served. */
export const debianRecommends = ['pcscd', 'gnome-keyring | kwalletmanager'];

export const redHatPackages = [
  ...['gtk3', 'nss', 'at-spi2-core', 'cups-libs', 'alsa-lib', 'libdrm', 'mesa-libgbm'],
  ...['dbus-libs', 'libXcomposite', 'libXdamage', 'libXfixes', 'libXrandr', 'libxkbcommon'],
  ...['systemd-libs', 'pcsc-lite-libs', 'libstdc++'],
];

/**
 * The oldest C library on which every program and library of the payload loads, as '2.36': add-ons are
 * compiled on the packing machine and ask for what it has.
 */
export function neededGlibc(payload) {
  let newest = [2, 0];
  for (const name of filesOf(payload)) {
    const bytes = fs.readFileSync(path.join(payload, name));
    if (bytes.length < 4 || bytes.readUInt32BE(0) !== 0x7f454c46) continue; // not ELF
    for (const [, text] of bytes.toString('latin1').matchAll(/GLIBC_(2\.\d+)/g)) {
      const [major, minor] = text.split('.').map(Number);
      if (minor > newest[1]) newest = [major, minor];
    }
  }
  return newest.join('.');
}
