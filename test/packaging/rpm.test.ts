// The RPM package: what is in it is the payload, whose it is, and that rpm installs, upgrades and goes not back.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../../scripts/dist/assemble.mjs';
import { makeRpm } from '../../scripts/dist/rpm.mjs';
import { resolveElectron } from '../../scripts/electron-runtime.mjs';

const place = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-rpm-'));
const files: Record<string, Record<string, string>> = {};
const [OLD, NEW] = ['0.0.1', '0.0.2'];
const fileOf = (version: string): string => path.join(place, `${version}.rpm`);

beforeAll(async () => {
  const { bin } = (await resolveElectron()) as { bin: string };
  for (const version of [OLD, NEW]) {
    const payload = path.join(place, version);
    const dist = path.dirname(bin);
    await assemble({ platform: 'linux', dist, payload, version, devRuntime: true });
    await makeRpm({ payload, version, out: fileOf(version), quick: true });
    const list = fs.readFileSync(path.join(payload, 'resources/payload.json'), 'utf8');
    files[version] = (JSON.parse(list) as { files: Record<string, string> }).files;
    fs.rmSync(payload, { recursive: true });
  }
}, 240_000);
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

const ask = (...args: string[]): string =>
  execFileSync('rpm', ['-qp', ...args, fileOf(NEW)], { encoding: 'utf8' });

describe('the RPM package', () => {
  it('holds the payload, byte by byte, of root and writable for nobody else', () => {
    const rows = ask('--dump').trim().split('\n');
    const seen = new Map(
      rows.map((row) => {
        const [name = '', , , sha256, mode = '', user, group] = row.split(' ');
        expect([user, group], name).toEqual(['root', 'root']);
        const link = mode.startsWith('0120');
        expect(link || (Number.parseInt(mode, 8) & 0o022) === 0, `${name} ${mode}`).toBe(true);
        return [name, { sha256, mode }];
      }),
    );
    for (const [name, sha256] of Object.entries(files[NEW]!))
      expect(seen.get(`/opt/kualik/${name}`)?.sha256, name).toBe(sha256);
    expect(seen.get('/opt/kualik/chrome-sandbox')?.mode).toBe('0104755');
    for (const name of ['/usr/share/applications/kualik.desktop', '/usr/bin/kualik', '/etc/kualik'])
      expect(seen.has(name), name).toBe(true);
  });

  it('asks for the libraries by the names of Red Hat systems', () => {
    expect(ask('--requires').split('\n')).toEqual(
      expect.arrayContaining(['gtk3', 'nss', 'pcsc-lite-libs']),
    );
    expect(ask('--requires')).toMatch(/^libc\.so\.6\(GLIBC_2\.\d+\)\(64bit\)$/m);
  });

  it('is installed, upgraded, not downgraded and erased by rpm in a root of its own', () => {
    const root = path.join(place, 'root');
    fs.mkdirSync(root);
    const rpm = (...args: string[]) =>
      spawnSync('rpm', ['--root', root, ...args], { encoding: 'utf8' });
    const bare = ['--nodeps', '--noscripts']; // the root holds no other package and no shell
    const installed = (): string => rpm('-q', 'kualik').stdout.trim();
    expect(rpm('-U', ...bare, fileOf(OLD))).toMatchObject({ status: 0 });
    const station = path.join(root, 'etc/kualik/station.json');
    fs.writeFileSync(station, '{}');
    expect(rpm('-U', ...bare, fileOf(NEW))).toMatchObject({ status: 0 });
    expect(installed()).toBe(`kualik-${NEW}-1.x86_64`);
    const back = rpm('-U', ...bare, fileOf(OLD));
    expect(back.status).not.toBe(0);
    expect(back.stderr).toContain('newer');
    expect(installed()).toBe(`kualik-${NEW}-1.x86_64`);
    expect(rpm('-e', ...bare, 'kualik')).toMatchObject({ status: 0 });
    expect(fs.existsSync(path.join(root, 'opt/kualik'))).toBe(false);
    expect(fs.existsSync(station), 'the station file stays').toBe(true);
  });
});
