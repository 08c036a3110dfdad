// As the officer will run it: an ordinary user, Chromium's sandbox on, no switch that weakens it.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchArguments } from '../../scripts/electron-runtime.mjs';
import type { Stand } from '../../stand/start.ts';
import { caseShown, electronBin, logIn, pulled } from '../support/electron-app.ts';
import {
  copyStation,
  forget,
  may,
  ordinaryUser,
  startScript,
  type OrdinaryUser,
} from '../support/ordinary-user.ts';
import { held } from './hand.ts';
import { expect, officerOf, standOfThisFile, test, type OpenOptions } from './house.ts';

const theStand = standOfThisFile();
let user: OrdinaryUser | null = null;
const root = path.resolve(import.meta.dirname, '../..');

test.afterAll(() => {
  if (user !== null) forget(user);
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
  user = ordinaryUser('kualik-e2e');
  if (user === null) return 'root could not make an ordinary user';
  if (!may(user, 'unshare', '--user', 'true')) return 'ordinary users get no user namespaces here';
  if (!may(user, 'test', '-r', path.join(root, 'package.json')))
    return `${root} is not readable for ordinary users`;

  // Root's own folders are closed to others: runtime, tokens and station file are copied.
  const bin = await electronBin();
  const electron = path.join(place, 'electron');
  const linked = spawnSync('cp', ['-al', path.dirname(bin), electron]).status === 0;
  if (!linked) execFileSync('cp', ['-a', path.dirname(bin), electron]);
  const config = path.join(place, 'station.json');
  copyStation(config, path.join(place, 'pki'), user, stand);
  const program = path.join(electron, path.basename(bin));
  const start = startScript(path.join(place, 'start.sh'), user, program, place);
  execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, userDir]);
  fs.chmodSync(place, 0o777);
  return { userDir, config, args: [], executablePath: start };
}
