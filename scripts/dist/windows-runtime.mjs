// Finds the official Electron for Windows: a file named by hand, or the download, proved by the package's own checksums.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { official } from '../electron/official.mjs';
import { unzip } from '../electron/unzip.mjs';
import { cacheDir, root } from '../setup/paths.mjs';
import { Trouble } from '../setup/say.mjs';

/**
 * Folder of the unpacked runtime. `zip`: a file of the administrator's; else ELECTRON_MIRROR or the official
 * address is asked. Nothing is unpacked that has not the hash which the npm package of Electron names.
 */
export async function windowsRuntime({ zip }) {
  const { version } = official();
  const name = `electron-v${version}-win32-x64.zip`;
  const folder = path.join(cacheDir, 'electron', `${version}-win32-x64`);
  if (fs.existsSync(path.join(folder, 'electron.exe'))) return folder;
  const sums = path.join(root, 'node_modules', 'electron', 'checksums.json');
  const wanted = JSON.parse(fs.readFileSync(sums, 'utf8'))[name];
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const work = fs.mkdtempSync(path.join(path.dirname(folder), 'work-'));
  try {
    const file = zip ?? (await download(version, name, path.join(work, name)));
    const hash = createHash('sha256');
    for await (const chunk of fs.createReadStream(file)) hash.update(chunk);
    if (hash.digest('hex') !== wanted)
      throw new Trouble(`${file} is not ${name}: its SHA-256 differs. Nothing of it was used.`);
    const made = path.join(work, 'made');
    await unzip(file, made, () => true);
    fs.renameSync(made, folder);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

async function download(version, name, file) {
  const base =
    process.env.ELECTRON_MIRROR || 'https://github.com/electron/electron/releases/download/';
  const address = new URL(`v${version}/${name}`, base.endsWith('/') ? base : `${base}/`);
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    await pipeline(Readable.fromWeb(answer.body), fs.createWriteStream(file));
    return file;
  } catch (error) {
    throw new Trouble(
      `${name} could not be fetched from ${address.host}: ${error.cause?.code ?? error.message}.\n` +
        'Set ELECTRON_MIRROR, or name the file with --electron-zip. To try the installers only: --stand-in-payload.',
      { cause: error },
    );
  }
}

/** The name by which a payload without Electron is known; see resources/packaging/windows/stand-in.c. */
export const standInMarker = 'STAND-IN';

/** A folder shaped like Electron's, with a program that does nothing: for trials of the installers only. */
export function standInRuntime(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'locales'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'resources'));
  const source = path.join(root, 'resources', 'packaging', 'windows', 'stand-in.c');
  const args = ['-O2', '-s', '-Wl,--no-insert-timestamp', source, '-o'];
  execFileSync('x86_64-w64-mingw32-gcc-posix', [...args, path.join(folder, 'electron.exe')]);
  const said = 'This is not Electron: the package is a trial of the installer.\n';
  const names = ['LICENSE', 'LICENSES.chromium.html', 'ffmpeg.dll', standInMarker];
  for (const name of [...names, 'locales/ru.pak', 'locales/en-US.pak', 'locales/de.pak'])
    fs.writeFileSync(path.join(folder, name), said);
  fs.writeFileSync(path.join(folder, 'version'), official().version);
  return folder;
}
