// As the officer will run it: an ordinary user, Chromium's sandbox on, no switch that weakens it.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchArguments } from '../../scripts/electron-runtime.mjs';
import { writeStationConfig } from '../../stand/station-config.ts';
import type { Stand } from '../../stand/start.ts';
import { caseShown, electronBin, logIn, pulled } from '../support/electron-app.ts';
import { held } from './hand.ts';
import { expect, officerOf, standOfThisFile, test, type OpenOptions } from './house.ts';

const theStand = standOfThisFile();
const USER = 'kualik-e2e';
let made = false;
const root = path.resolve(import.meta.dirname, '../..');

test.afterAll(() => {
  if (made) spawnSync('userdel', ['-f', '-r', USER], { stdio: 'ignore' });
});

test('the window works with the sandbox on', async ({ open }) => {
  const stand = theStand();
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-ordinary-'));
  try {
    const prepared = await prepare(place, stand);
    test.skip(typeof prepared === 'string', `SKIPPED, sandbox not proved: ${String(prepared)}`);
    const window = await open(stand, prepared as OpenOptions);
    const { page, app } = window;
    const seen = await app.evaluate(({ app: running, BrowserWindow }) => ({
      argv: process.argv.join(' '),
      noSandbox: running.commandLine.hasSwitch('no-sandbox'),
      renderer: BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
      uid: process.getuid?.() ?? -1,
    }));
    expect(seen.noSandbox).toBe(false);
    expect(seen.argv).not.toContain('sandbox');
    expect(seen.uid, 'not root').not.toBe(0);
    const status = fs.readFileSync(`/proc/${seen.renderer}/status`, 'utf8');
    expect(status, 'system calls of the renderer are filtered').toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);

    await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
    await pulled(page);
    await page.getByTestId('queue-next').click();
    await caseShown(page);
    await held(page);
    await expect(page.getByTestId('photo-stage').locator('img').first()).toBeVisible();
    await window.close();
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
});

/** Options to start as an ordinary user, or the reason why this machine cannot. */
async function prepare(place: string, stand: Stand): Promise<OpenOptions | string> {
  if (process.platform !== 'linux') return 'Linux only';
  const userDir = path.join(place, 'user');
  fs.mkdirSync(userDir);
  if (process.getuid?.() !== 0) {
    const weakened = launchArguments().includes('--no-sandbox');
    return weakened ? 'this machine gives no user namespaces' : { userDir, args: [] };
  }
  const id = ordinaryUser();
  if (id === null) return 'root could not make an ordinary user';
  const as = ['--reuid', String(id.uid), '--regid', String(id.gid), '--init-groups'];
  const may = (...command: string[]): boolean =>
    spawnSync('setpriv', [...as, ...command], { stdio: 'ignore' }).status === 0;
  if (!may('unshare', '--user', 'true')) return 'ordinary users get no user namespaces here';
  if (!may('test', '-r', path.join(root, 'package.json')))
    return `${root} is not readable for ordinary users`;

  // Root's own folders are closed to others: runtime, tokens and station file are copied.
  const bin = await electronBin();
  const electron = path.join(place, 'electron');
  const linked = spawnSync('cp', ['-al', path.dirname(bin), electron]).status === 0;
  if (!linked) execFileSync('cp', ['-a', path.dirname(bin), electron]);
  const config = copyStation(place, stand);
  const start = path.join(place, 'start.sh');
  const command = [
    'setpriv',
    ...as,
    'env',
    `HOME=${place}`,
    path.join(electron, path.basename(bin)),
  ];
  // Playwright adds --no-sandbox by itself when it runs as root; the officer's start has none.
  const drop = 'for a; do shift; [ "$a" = --no-sandbox ] || set -- "$@" "$a"; done';
  fs.writeFileSync(start, `#!/bin/sh\n${drop}\nexec ${command.join(' ')} "$@"\n`, { mode: 0o755 });
  for (const own of [userDir, path.join(place, 'pki')])
    execFileSync('chown', ['-R', `${id.uid}:${id.gid}`, own]);
  fs.chmodSync(place, 0o777);
  return { userDir, config, args: [], executablePath: start };
}

function ordinaryUser(): { uid: number; gid: number } | null {
  const id = (flag: string): number =>
    Number(spawnSync('id', [flag, USER], { encoding: 'utf8' }).stdout.trim() || 'NaN');
  if (Number.isNaN(id('-u')))
    made = spawnSync('useradd', ['-m', USER], { stdio: 'ignore' }).status === 0;
  const [uid, gid] = [id('-u'), id('-g')];
  return Number.isNaN(uid) || Number.isNaN(gid) ? null : { uid, gid };
}

/** The stand's certificates and tokens in a place of the user's own, and a station file for them. */
function copyStation(place: string, { config, pki }: Stand): string {
  const from = path.dirname(pki.softhsmConf);
  const to = path.join(place, 'pki');
  fs.cpSync(from, to, { recursive: true });
  const conf = path.join(to, path.basename(pki.softhsmConf));
  fs.writeFileSync(conf, fs.readFileSync(conf, 'utf8').replaceAll(from, to));
  const copy = (file: string): string => {
    const target = path.join(to, path.basename(file));
    fs.copyFileSync(file, target);
    return target;
  };
  const file = path.join(place, 'station.json');
  writeStationConfig(file, {
    ...config,
    tlsCaFile: copy(config.tlsCaFile),
    trustFile: copy(config.trustFile),
    ...(config.trustListSignerFile === undefined
      ? {}
      : { trustListSignerFile: copy(config.trustListSignerFile) }),
    env: { SOFTHSM2_CONF: conf },
  });
  return file;
}
