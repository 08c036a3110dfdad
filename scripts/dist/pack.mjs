// Makes the wanted packages of one platform out of one payload; the file's name tells what is not for users.
import path from 'node:path';
import { root } from '../setup/paths.mjs';
import { step } from '../setup/say.mjs';
import { assemble } from './assemble.mjs';
import { brand } from './brand.mjs';
import { makeDeb, quickCompression, releaseCompression } from './deb.mjs';
import { makeMsi } from './msi.mjs';
import { makeNsis } from './nsis.mjs';
import { makeRpm } from './rpm.mjs';
import { signFile } from './sign.mjs';
import { windowsFolders } from './windows-natives.mjs';
import { standInRuntime, windowsRuntime } from './windows-runtime.mjs';

const work = path.join(root, 'out', 'dist');

/** `dist`: folder of Electron for Linux; options as in scripts/dist.mjs. Resolves the files made. */
export async function packLinux(dist, options) {
  const { wanted, version, out, devRuntime, inspectable, quick } = options;
  let made;
  await step('payload for Linux', async () => {
    const payload = path.join(work, 'linux');
    made = await assemble({ platform: 'linux', dist, payload, version, devRuntime, inspectable });
    return told(made);
  });
  const { payload } = made;
  const marks = marksOf({ 'DEV-RUNTIME': made.marked, INSPECTABLE: inspectable });
  const files = [];
  if (wanted.has('deb'))
    await step('.deb', async () => {
      const file = path.join(out, `kualik_${version}_amd64${marks}.deb`);
      const compression = quick ? quickCompression : releaseCompression;
      await makeDeb({ payload, version, out: file, compression });
      files.push(file);
    });
  if (wanted.has('rpm'))
    await step('.rpm', async () => {
      const file = path.join(out, `kualik-${version}-1.x86_64${marks}.rpm`);
      await makeRpm({ payload, version, out: file, quick });
      files.push(file);
    });
  return files;
}

/** `who`: switches that sign, or null; options as in scripts/dist.mjs. Resolves the files made. */
export async function packWindows(who, options) {
  const { wanted, version, out, standIn, zip, inspectable, quick } = options;
  let made;
  await step('payload for Windows', async (announce) => {
    announce('Electron for Windows, and the add-ons that this machine has not');
    const dist = standIn
      ? standInRuntime(path.join(work, 'stand-in'))
      : await windowsRuntime({ zip });
    made = await assemble({
      ...{ platform: 'win32', dist, version, inspectable },
      payload: path.join(work, 'windows'),
      foldersElsewhere: windowsFolders(),
      finish: async ({ program, asarHash }) => {
        await brand(program, { version, asarHash });
        signFile(program, who);
      },
    });
    return told(made);
  });
  const { payload, hash } = made;
  const marks = marksOf({
    'STAND-IN': standIn,
    INSPECTABLE: inspectable,
    UNSIGNED: who === null,
  });
  const files = [];
  const finished = (file) => {
    signFile(file, who);
    files.push(file);
  };
  if (wanted.has('nsis'))
    await step('setup program', async () => {
      const file = path.join(out, `kualik-setup-${version}${marks}.exe`);
      await makeNsis({ payload, version, out: file, quick, signed: who !== null });
      finished(file);
    });
  if (wanted.has('msi'))
    await step('.msi', async () => {
      const file = path.join(out, `kualik-${version}${marks}.msi`);
      await makeMsi({ payload, version, hash, out: file });
      finished(file);
    });
  return files;
}

const told = ({ count, bytes, hash }) => `${count} files, ${(bytes / 1e6).toFixed(1)} MB, ${hash}`;

/** '.UNSIGNED.STAND-IN' and so on, of what is true. */
const marksOf = (marks) =>
  Object.entries(marks)
    .filter(([, is]) => is)
    .map(([name]) => `.${name}`)
    .join('');
