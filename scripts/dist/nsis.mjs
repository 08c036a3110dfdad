// Makes the setup program for Windows with makensis: per machine, silent with /S, no downgrade.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { root } from '../setup/paths.mjs';
import { Trouble } from '../setup/say.mjs';
import { iconFile } from './brand.mjs';
import { sourceDate } from './hashes.mjs';

/** Writes `out` (….exe). `signed`: the uninstaller is signed while it is made. */
export async function makeNsis({ payload, version, out, quick = false, signed = false }) {
  const work = fs.mkdtempSync(path.join(path.dirname(payload), 'nsis-'));
  try {
    const icon = path.join(work, 'kualik.ico');
    fs.writeFileSync(icon, await iconFile());
    const sign = `"${process.execPath}" "${path.join(root, 'scripts', 'dist', 'sign.mjs')}"`;
    const defines = {
      VERSION: version,
      PAYLOAD: payload,
      OUT: out,
      ICON: icon,
      ...(quick ? { QUICK: '1' } : {}),
      ...(signed ? { SIGN: sign } : {}),
    };
    const args = Object.entries(defines).map(([name, value]) => `-D${name}=${value}`);
    const script = path.join(root, 'resources', 'packaging', 'windows', 'setup.nsi');
    fs.mkdirSync(path.dirname(out), { recursive: true });
    const ran = spawnSync('makensis', ['-V2', '-INPUTCHARSET', 'UTF8', ...args, script], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', SOURCE_DATE_EPOCH: String(sourceDate()) },
    });
    if (ran.status !== 0)
      throw new Trouble(`makensis failed:\n${`${ran.stdout ?? ''}${ran.stderr ?? ''}`.trim()}`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}
