// The Debian package as an administrator and an officer meet it: installed, worked with, upgraded, removed, purged.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assemble } from '../../scripts/dist/assemble.mjs';
import { makeDeb, noCompression } from '../../scripts/dist/deb.mjs';
import { readFuses } from '../../scripts/dist/runtime-files.mjs';
import type { Stand } from '../../stand/start.ts';
import {
  electronBin,
  lastSignedIs,
  logIn,
  ownEnv,
  pulled,
  type Window,
} from '../support/electron-app.ts';
import {
  copyStation,
  forget,
  may,
  ordinaryUser,
  startScript,
  type OrdinaryUser,
} from '../support/ordinary-user.ts';
import { confirmAll, held, openByTicket, sign } from './hand.ts';
import { ALMATY, actsOf, clean, expect, officerOf, one, standOfThisFile, test } from './house.ts';

const theStand = standOfThisFile();
const HOME = '/opt/kualik';
const STATION = '/etc/kualik/station.json';
const [OLD, NEW] = ['0.0.1', '0.0.2'];

const installed = (): string =>
  spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Abbrev}${Version}', 'kualik'], {
    encoding: 'utf8',
  }).stdout.trim();

/** Why this machine is not one on which the package may come and go; null when it is. */
function whyNot(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root installs packages';
  if (spawnSync('dpkg-deb', ['--version']).status !== 0) return 'no dpkg here';
  if (installed() !== '') return 'a kualik package of this machine would be replaced';
  if (fs.existsSync('/etc/kualik')) return 'the station file of this machine would be lost';
  const homes = fs.readdirSync('/home').filter((name) => name !== 'kualik-pkg');
  const used = homes.find((name) => fs.existsSync(`/home/${name}/.config/kualik-workstation`));
  return used === undefined ? null : `purging would take the data of ${used}`;
}

const dpkg = (...args: string[]) =>
  spawnSync('dpkg', ['--force-unsafe-io', ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });

function mustDpkg(...args: string[]): void {
  const { status, stderr } = dpkg(...args);
  expect(status, stderr).toBe(0);
}

test('installed, worked with, upgraded, not downgraded, removed and purged', async ({ open }) => {
  test.setTimeout(300_000);
  const why = whyNot();
  test.skip(why !== null, `SKIPPED, the package is not proved: ${String(why)}`);
  const stand = theStand();
  const user = ordinaryUser('kualik-pkg');
  test.skip(
    user === null || !may(user, 'unshare', '--user', 'true'),
    'SKIPPED: no user, no sandbox',
  );
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-package-'));
  try {
    const packed = await test.step('pack', () => pack(place));
    await test.step('install', () => install(packed.old, user!, stand, place));
    const start = startScript(path.join(place, 'start.sh'), user!, `${HOME}/kualik`);
    const userDir = path.join(user!.home, '.config', 'kualik-workstation');
    const openIt = () =>
      open(stand, { executablePath: start, args: [], userDir, userDirFound: true });

    const ticket = await test.step('main job', async () => {
      const window = await openIt();
      await sandboxIsOn(window, packed.marked);
      const done = await mainJob(window, stand);
      await expect.poll(window.stderr, { message: 'self-test' }).toContain('"package-whole"');
      await window.close();
      return done;
    });
    await test.step('switches and variables that open the program are refused', async () => {
      for (const given of [
        '--remote-debugging-port=0',
        '--remote-debugging-pipe',
        '--disable-web-security',
        '--use-fake-device-for-media-stream',
        '--use-file-for-fake-video-capture=/tmp/x.y4m',
        '--use-fake-ui-for-media-stream',
        '--js-flags=--expose-gc',
        '--user-data-dir=/tmp/x',
        '--host-rules=MAP * 127.0.0.1',
      ])
        expect(await endOf(start, [given]), given).toMatchObject({ code: 4 });
      for (const name of ['NODE_TLS_REJECT_UNAUTHORIZED', 'ELECTRON_DISABLE_SANDBOX']) {
        const { code, log } = await endOf(start, [], undefined, { [name]: '0' });
        expect(code, name).toBe(4);
        expect(log, 'said in words').toContain(`«${name}»`);
      }
      const { code } = await endOf(start, ['--check-policy']);
      expect(code, 'the positive control').toBe(0);
    });
    await test.step('a certificate or library that others may write is no trust', async () => {
      const { tlsCaFile } = JSON.parse(fs.readFileSync(STATION, 'utf8')) as Stand['config'];
      fs.chmodSync(tlsCaFile, 0o666);
      const { code, log } = await endOf(start, ['--check-policy']);
      expect(code).toBe(2);
      expect(log).toMatch(/station\.json:\d+: tlsCaFile: .*root/);
      expect(log).toContain(`go-w ${tlsCaFile}`);
      expect(await endOf(start, []), 'nor does it start').toMatchObject({ code: 2 });
      fs.chmodSync(tlsCaFile, 0o644);
    });
    await test.step('upgrade keeps the data of the user', async () => {
      mustDpkg('-i', packed.fresh);
      expect(installed()).toBe(`ii ${NEW}`);
      const { page, close } = await openIt();
      await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
      await page.getByTestId('rail-outbox').click();
      await expect(page.getByTestId(`outbox-row-${ticket}`)).toHaveAttribute(
        'data-state',
        'accepted',
      );
      await page.getByTestId('rail-settings').click();
      await expect(page.getByTestId('settings-page')).toContainText(NEW);
      await close();
    });
    await test.step('downgrade is refused', () => {
      const { status, stderr } = dpkg('-i', packed.old);
      expect(status).not.toBe(0);
      expect(stderr).toContain('a downgrade is refused');
      expect(installed()).toBe(`ii ${NEW}`);
      expect(fs.existsSync(`${HOME}/kualik`)).toBe(true);
    });
    await test.step('a damaged package does not go on', async () => {
      fs.appendFileSync(`${HOME}/resources/models/emotion.onnx`, 'x');
      expect(dpkg('--verify', 'kualik').stdout).toContain('models/emotion.onnx');
      const damaged = 'resources/models/emotion.onnx'; // the last that is said
      const { log } = await endOf(start, [], damaged);
      expect(log).toContain('"package-damaged"');
      expect(log).toContain(damaged);
    });
    await test.step('removing keeps the data, purging takes it', () => {
      mustDpkg('-r', 'kualik');
      expect(fs.existsSync(HOME)).toBe(false);
      expect(fs.existsSync(STATION)).toBe(true);
      expect(fs.readdirSync(userDir).length).toBeGreaterThan(0);
      mustDpkg('-P', 'kualik');
      expect(fs.existsSync(userDir)).toBe(false);
      expect(fs.existsSync('/etc/kualik')).toBe(false);
      expect(installed()).toBe('');
    });
  } finally {
    if (installed() !== '') dpkg('-P', 'kualik');
    fs.rmSync('/etc/kualik', { recursive: true, force: true });
    fs.rmSync(place, { recursive: true, force: true });
    if (user !== null) forget(user);
  }
});

/**
 * Two versions for this test, whose only difference from what is shipped is one fuse: shown on the second,
 * which is packed for users too. So both runs of the packer are compared file by file as well.
 */
async function pack(place: string) {
  const dist = path.dirname(await electronBin());
  const make = async (version: string, inspectable: boolean) => {
    const payload = path.join(place, `${version}-${inspectable ? 'test' : 'users'}`);
    const made = await assemble({
      ...{ platform: 'linux', dist, payload, version, inspectable },
      devRuntime: true,
    });
    const deb = path.join(place, `kualik_${version}_amd64.deb`);
    if (inspectable) await makeDeb({ payload, version, out: deb, compression: noCompression });
    const list = fs.readFileSync(path.join(payload, 'resources/payload.json'), 'utf8');
    const { files } = JSON.parse(list) as { files: Record<string, string> };
    return { deb, made, files, fuses: await readFuses(made.program) };
  };
  const old = await make(OLD, true);
  const fresh = await make(NEW, true);
  const users = await make(NEW, false);
  const differs = Object.keys(users.files).filter(
    (name) => users.files[name] !== fresh.files[name],
  );
  expect(Object.keys(users.files)).toEqual(Object.keys(fresh.files));
  expect(differs, 'two runs give the same but for the one fuse').toEqual(['kualik']);
  expect(fresh.fuses).toEqual({ ...users.fuses, EnableNodeCliInspectArguments: true });
  expect(users.fuses).toMatchObject({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    OnlyLoadAppFromAsar: true,
    GrantFileProtocolExtraPrivileges: false,
  });
  for (const { made } of [old, fresh, users]) fs.rmSync(made.payload, { recursive: true });
  return { old: old.deb, fresh: fresh.deb, marked: users.made.marked };
}

/** Installs, looks at rights and libraries, and puts a station file where only root writes. */
function install(deb: string, user: OrdinaryUser, stand: Stand, place: string): void {
  mustDpkg('-i', deb);
  expect(installed()).toBe(`ii ${OLD}`);
  expect(dpkg('--verify', 'kualik').stdout).toBe('');
  const sandbox = fs.statSync(`${HOME}/chrome-sandbox`);
  expect([sandbox.mode & 0o7777, sandbox.uid]).toEqual([0o4755, 0]);
  const open = execFileSync('find', [
    HOME,
    '(',
    '-not',
    '-user',
    'root',
    '-o',
    '-perm',
    '/022',
    ')',
  ]);
  expect(open.toString(), 'who is not root writes none of it (a link has no rights)').toBe('');
  const natives = execFileSync('find', [HOME, '-name', '*.node', '-o', '-name', '*.so*'], {
    encoding: 'utf8',
  });
  const files = [`${HOME}/kualik`, ...natives.trim().split('\n')];
  expect(files.length).toBeGreaterThan(8);
  for (const file of files)
    expect(spawnSync('ldd', [file], { encoding: 'utf8' }).stdout, file).not.toContain('not found');
  expect(fs.realpathSync('/usr/bin/kualik')).toBe(`${HOME}/kualik`);
  expect(fs.existsSync('/usr/share/icons/hicolor/256x256/apps/kualik.png')).toBe(true);

  fs.chmodSync(place, 0o755);
  const changes = { stationId: 'station-installed' };
  copyStation(STATION, path.join(place, 'pki'), user, stand, changes, path.dirname(STATION));
}

async function sandboxIsOn({ app }: Window, marked: boolean): Promise<void> {
  const seen = await app.evaluate(({ app: running, BrowserWindow }) => ({
    packaged: running.isPackaged,
    noSandbox: running.commandLine.hasSwitch('no-sandbox'),
    renderer: BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
    title: BrowserWindow.getAllWindows()[0]!.getTitle(),
    uid: process.getuid?.() ?? -1,
  }));
  expect(seen).toMatchObject({ packaged: true, noSandbox: false });
  expect(seen.uid, 'not root').not.toBe(0);
  expect(seen.title).toBe(marked ? 'Kuälik – DEV RUNTIME' : 'Kuälik');
  const status = fs.readFileSync(`/proc/${seen.renderer}/status`, 'utf8');
  expect(status, 'system calls of the renderer are filtered').toMatch(/^Seccomp:\s+2$/m);
  const limits = fs.readFileSync(`/proc/${seen.renderer}/limits`, 'utf8');
  expect(limits, 'nor does it leave its memory at a crash').toMatch(/^Max core file size +1 +1 /m);
  const opened = await app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    let ever = false; // what is closed again at once would have been open too
    webContents.once('devtools-opened', () => (ever = true));
    webContents.openDevTools({ mode: 'detach' });
    await new Promise((wait) => setTimeout(wait, 500));
    return ever || webContents.isDevToolsOpened();
  });
  expect(opened, 'tools of developers').toBe(false);
}

/** Approves a case, measured and signed in the package; resolves its ticket once the node has taken it. */
async function mainJob({ page }: Window, stand: Stand): Promise<string> {
  const { dossier } = await one(stand, { region: ALMATY, stage: 'pending' }, clean);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  await openByTicket(page, dossier.ticket);
  await held(page);
  await expect(page.getByTestId('photo-stage').locator('img').first()).toBeVisible();
  await confirmAll(page);
  await page.getByTestId('action-approve').click();
  await page.getByTestId('statement-sha').waitFor();
  await sign(page, stand.pin);
  await lastSignedIs(page, 'accepted');
  const [act] = await actsOf(stand, dossier.applicationId);
  expect(act).toMatchObject({ kind: 'kualik/approval', stationId: 'station-installed' });
  return dossier.ticket;
}

/** Starts without a driver; ends with the program, or when its log says `until`. */
function endOf(
  start: string,
  args: string[],
  until?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: unknown; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(start, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...ownEnv(), ...env },
    });
    let log = '';
    const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
      if (until !== undefined && log.includes(until)) process.kill(-child.pid!, 'SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(limit);
      resolve({ code, log });
    });
  });
}
