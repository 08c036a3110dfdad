// The Windows installers under Wine, with a stand-in for Electron: installed, upgraded, not downgraded, uninstalled, signed.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import asar from '@electron/asar';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../../scripts/dist/assemble.mjs';
import { brand } from '../../scripts/dist/brand.mjs';
import { makeMsi } from '../../scripts/dist/msi.mjs';
import { makeNsis } from '../../scripts/dist/nsis.mjs';
import { readFuses } from '../../scripts/dist/runtime-files.mjs';
import { signer, signFile } from '../../scripts/dist/sign.mjs';
import { windowsFolders } from '../../scripts/dist/windows-natives.mjs';
import { standInRuntime } from '../../scripts/dist/windows-runtime.mjs';
import { windowsNode } from './windows-node.ts';
import { startWine, type Wine } from './wine.ts';

const place = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-windows-'));
const [OLD, NEW] = ['0.0.1', '0.0.2'];
const EXIT_NEWER = 1638 & 0xff;
const setup = (version: string): string => path.join(place, `setup-${version}.exe`);
const msi = (version: string): string => path.join(place, `kualik-${version}.msi`);
const payload = (version: string): string => path.join(place, `payload-${version}`);
const cert = path.join(place, 'signer.pem');
let wine: Wine;
let program = '';
let userData = '';

/** A throw-away signer whose key is a file, or goes into a token. */
function makeSigner(): NonNullable<ReturnType<typeof signer>> {
  const key = path.join(place, 'signer.key');
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        key,
        '-out',
        cert,
        '-days',
        '2',
      ],
      ...['-subj', '/CN=Test Signer', '-addext', 'extendedKeyUsage=codeSigning'],
    ],
    { stdio: 'ignore' },
  );
  return signer({ KUALIK_SIGN_CERT: cert, KUALIK_SIGN_KEY: key })!;
}

const verified = (file: string): string =>
  spawnSync('osslsigncode', ['verify', '-CAfile', cert, '-in', file], { encoding: 'utf8' }).stdout;

beforeAll(async () => {
  const who = makeSigner();
  const dist = standInRuntime(path.join(place, 'stand-in'));
  for (const version of [OLD, NEW]) {
    const made = await assemble({
      ...{ platform: 'win32', dist, payload: payload(version), version },
      foldersElsewhere: windowsFolders(),
      finish: async ({ program: exe, asarHash }: { program: string; asarHash: string }) => {
        await brand(exe, { version, asarHash });
        signFile(exe, who);
      },
    });
    const { hash } = made;
    await makeNsis({ payload: payload(version), version, out: setup(version), quick: true });
    await makeMsi({ payload: payload(version), version, hash, out: msi(version) });
  }
  wine = startWine(path.join(place, 'wine'));
  program = path.join(wine.c, 'Program Files', 'Kualik');
  const [me] = fs.readdirSync(path.join(wine.c, 'users')).filter((name) => name !== 'Public');
  userData = path.join(wine.c, 'users', me!, 'AppData', 'Roaming', 'kualik-workstation');
}, 600_000);
afterAll(() => {
  wine?.stop();
  fs.rmSync(place, { recursive: true, force: true });
});

/** Every file of the payload stands there unchanged, and nothing of an older one. */
function expectInstalled(version: string, besides: readonly string[] = []): void {
  const names = (folder: string): string[] =>
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .sort();
  const wanted = names(payload(version));
  expect(names(program)).toEqual([...wanted, ...besides].sort());
  for (const name of wanted) {
    const same = fs
      .readFileSync(path.join(program, name))
      .equals(fs.readFileSync(path.join(payload(version), name)));
    expect(same, name).toBe(true);
  }
}

function leaveUserData(): string {
  fs.mkdirSync(userData, { recursive: true });
  fs.writeFileSync(path.join(userData, 'cache.db'), 'cache');
  const station = path.join(wine.c, 'ProgramData', 'Kualik', 'station.json');
  fs.mkdirSync(path.dirname(station), { recursive: true });
  fs.writeFileSync(station, '{}');
  return station;
}

describe('the setup program', () => {
  it('installs, upgrades without leftovers, refuses to go back, uninstalls, purges; all silent', () => {
    expect(wine.run(setup(OLD), '/S')).toBe(0);
    expectInstalled(OLD, ['uninstall.exe']);
    const station = leaveUserData();
    fs.writeFileSync(path.join(program, 'resources', 'gone-in-the-new.dll'), 'x');
    expect(wine.run(setup(NEW), '/S')).toBe(0);
    expectInstalled(NEW, ['uninstall.exe']);
    expect(wine.run(setup(OLD), '/S')).toBe(EXIT_NEWER);
    expectInstalled(NEW, ['uninstall.exe']);
    const menu = path.join(wine.c, 'ProgramData/Microsoft/Windows/Start Menu/Programs/Kuälik.lnk');
    expect(fs.existsSync(menu)).toBe(true);
    expect(wine.run(path.join(program, 'uninstall.exe'), '/S')).toBe(0);
    expect([program, menu].filter((file) => fs.existsSync(file))).toEqual([]);
    expect(
      [station, userData].every((file) => fs.existsSync(file)),
      'data stay',
    ).toBe(true);
    expect(wine.run(setup(NEW), '/S')).toBe(0);
    expect(wine.run(path.join(program, 'uninstall.exe'), '/S', '/PURGE')).toBe(0);
    expect([program, station, userData].filter((file) => fs.existsSync(file))).toEqual([]);
  }, 300_000);
});

describe('the MSI', () => {
  it('installs, upgrades, refuses to go back, uninstalls, purges when asked; all silent', () => {
    const stationFolder = path.join(wine.c, 'ProgramData', 'Kualik');
    fs.rmSync(stationFolder, { recursive: true, force: true });
    expect(wine.run('msiexec', '/i', msi(OLD), '/qn')).toBe(0);
    expectInstalled(OLD);
    expect(fs.existsSync(stationFolder)).toBe(true);
    leaveUserData();
    expect(wine.run('msiexec', '/i', msi(NEW), '/qn')).toBe(0);
    expectInstalled(NEW);
    expect(wine.run('msiexec', '/i', msi(OLD), '/qn')).not.toBe(0);
    expectInstalled(NEW);
    expect(wine.run('msiexec', '/x', msi(NEW), '/qn')).toBe(0);
    expect(fs.existsSync(path.join(program, 'kualik.exe'))).toBe(false);
    expect(fs.existsSync(path.join(userData, 'cache.db'))).toBe(true);
    expect(fs.existsSync(path.join(stationFolder, 'station.json'))).toBe(true);
    expect(wine.run('msiexec', '/i', msi(NEW), '/qn')).toBe(0);
    expect(wine.run('msiexec', '/x', msi(NEW), 'PURGE=1', '/qn')).toBe(0);
    const left = [program, stationFolder, userData].filter((file) => fs.existsSync(file));
    expect(left).toEqual([]);
  }, 300_000);

  it('takes the right to write beside the station file from users, after the folder is made', () => {
    // Wine has no rights to look at: what Windows is told to do is read out of the file.
    const table = (name: string): string[][] =>
      execFileSync('msiinfo', ['export', msi(NEW), name], { encoding: 'utf8' })
        .split(/\r?\n/)
        .map((row) => row.split('\t'));
    const actions = table('CustomAction').filter(([name]) => name?.startsWith('lockStation'));
    expect(actions.map(([, , , target]) => target)).toEqual([
      expect.stringContaining('/setowner *S-1-5-32-544'),
      expect.stringContaining('/reset'),
      expect.stringContaining('*S-1-5-32-545:(OI)(CI)RX'),
    ]);
    const sequence = new Map(
      table('InstallExecuteSequence').map(([name, , at]) => [name, Number(at)] as const),
    );
    for (const [name] of actions)
      expect(sequence.get(name)).toBeGreaterThan(sequence.get('CreateFolders')!);
  });
});

describe('the program for Windows', () => {
  const exe = (): string => path.join(payload(NEW), 'kualik.exe');

  it('carries our name, version, icon and the hash of its archive', () => {
    const { entries } = NtExecutableResource.from(
      NtExecutable.from(fs.readFileSync(exe()), { ignoreCert: true }),
    );
    const [info] = Resource.VersionInfo.fromEntries(entries);
    expect(info?.getStringValues({ lang: 1033, codepage: 1200 })).toMatchObject({
      ProductName: 'Kuälik',
      FileVersion: NEW,
    });
    expect(Resource.IconGroupEntry.fromEntries(entries)[0]?.icons).toHaveLength(4);
    const integrity = entries.find(({ type }) => type === 'INTEGRITY');
    const text = Buffer.from(integrity!.bin).toString('utf8');
    expect(JSON.parse(text)).toMatchObject([{ file: 'resources\\app.asar', alg: 'sha256' }]);
  });

  it('has the fuses of a release, with the archive checked', async () => {
    expect(await readFuses(exe())).toMatchObject({
      RunAsNode: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
    });
  });

  it('is signed; a changed byte breaks the signature', () => {
    expect(verified(exe())).toContain('Signature verification: ok');
    const changed = path.join(place, 'changed.exe');
    const bytes = fs.readFileSync(exe());
    bytes[bytes.length >> 3]! ^= 1;
    fs.writeFileSync(changed, bytes);
    expect(verified(changed)).not.toContain('Signature verification: ok');
  });

  it('brings natives for Windows only', () => {
    const natives = fs
      .readdirSync(payload(NEW), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.node'));
    expect(natives).toHaveLength(4);
    for (const name of natives)
      expect(
        fs
          .readFileSync(path.join(payload(NEW), name))
          .subarray(0, 2)
          .toString(),
        name,
      ).toBe('MZ');
  });
});

describe('the natives for Windows', () => {
  it('do their work in a Node for Windows: encrypted database, picture, net, token library', () => {
    const app = path.join(place, 'app');
    const resources = path.join(payload(NEW), 'resources');
    // What Electron reads out of the archive lies in a folder here; add-ons come from beside it.
    asar.extractAll(path.join(resources, 'app.asar'), app);
    const answer = path.join(place, 'natives.json');
    const script = path.join(app, 'natives.cjs');
    fs.copyFileSync(path.join(import.meta.dirname, 'windows-natives.cjs'), script);
    // As "Z:…" Wine shows this machine's files; without a console Node has no output there, so a file tells.
    wine.run(windowsNode(), script, `Z:${resources}`, `Z:${answer}`);
    expect(JSON.parse(fs.readFileSync(answer, 'utf8'))).toEqual({
      platform: 'win32',
      sqlite: { cipher: 'chacha20', read: 'Қазақ' },
      sharp: { format: 'jpeg', width: 16, height: 8 },
      net: { inputs: 1, outputs: 1 },
      token: 'function',
    });
  }, 120_000);
});

describe('signing', () => {
  it('works with the key in a token, for programs and for installers', () => {
    const tokens = path.join(place, 'tokens');
    const conf = path.join(place, 'softhsm2.conf');
    const pinFile = path.join(place, 'pin');
    fs.mkdirSync(tokens);
    fs.writeFileSync(conf, `directories.tokendir = ${tokens}\nobjectstore.backend = file\n`);
    fs.writeFileSync(pinFile, '1234');
    const env = { ...process.env, SOFTHSM2_CONF: conf };
    const softhsm = (...args: string[]) =>
      execFileSync('softhsm2-util', args, { env, stdio: 'ignore' });
    softhsm('--init-token', '--free', '--label', 'build', '--pin', '1234', '--so-pin', '1234');
    const key = path.join(place, 'signer.key');
    softhsm(
      '--import',
      key,
      '--token',
      'build',
      '--label',
      'signer',
      '--id',
      '01',
      '--pin',
      '1234',
    );
    const who = signer({
      KUALIK_SIGN_CERT: cert,
      KUALIK_SIGN_KEY: 'pkcs11:token=build;object=signer;type=private',
      KUALIK_SIGN_MODULE: '/usr/lib/softhsm/libsofthsm2.so',
      KUALIK_SIGN_PIN_FILE: pinFile,
    });
    process.env['SOFTHSM2_CONF'] = conf;
    try {
      for (const file of [setup(OLD), msi(OLD)]) {
        expect(verified(file)).not.toContain('Signature verification: ok');
        expect(signFile(file, who)).toBe(true);
        expect(verified(file), file).toContain('Signature verification: ok');
      }
    } finally {
      delete process.env['SOFTHSM2_CONF'];
    }
  }, 60_000);

  it('says that nobody signs, and refuses half a configuration', () => {
    expect(signer({})).toBeNull();
    expect(signFile('unused', null)).toBe(false);
    expect(() => signer({ KUALIK_SIGN_KEY: 'key.pem' })).toThrow(/belong together/);
  });
});
