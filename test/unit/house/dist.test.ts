// The packer's choices: run-time packages of one platform only, the oldest C library, fixed rights, honest parts list.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bundledInScreens, runtimePackages } from '../../../scripts/dist/closure.mjs';
import { settle, writeManifest } from '../../../scripts/dist/hashes.mjs';
import { takeRuntime } from '../../../scripts/dist/runtime-files.mjs';
import { billOfMaterials } from '../../../scripts/dist/sbom.mjs';
import { neededGlibc } from '../../../scripts/dist/system-libraries.mjs';

const places: string[] = [];
const folder = (): string => {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-dist-'));
  places.push(made);
  return made;
};
afterEach(() => {
  for (const each of places.splice(0)) fs.rmSync(each, { recursive: true, force: true });
});

const lock = {
  '': { dependencies: { a: '1', react: '1', sharp: '1' } },
  'node_modules/a': { version: '1.0.0', license: 'MIT', dependencies: { b: '2', shared: '1' } },
  'node_modules/a/node_modules/b': { version: '2.0.0', license: 'MIT' },
  'node_modules/b': { version: '1.0.0', license: 'MIT' },
  'node_modules/react': { version: '19.0.0', dependencies: { scheduler: '1', shared: '1' } },
  'node_modules/scheduler': { version: '1.0.0' },
  'node_modules/shared': { version: '1.0.0' },
  'node_modules/sharp': {
    version: '1.0.0',
    optionalDependencies: { '@img/sharp-wasm32': '1', '@img/sharp-win32-x64': '1', gone: '1' },
  },
  'node_modules/@img/sharp-wasm32': { version: '1.0.0' },
  'node_modules/@img/sharp-win32-x64': { version: '1.0.0' },
};

describe('runtimePackages', () => {
  const names = (platform: string): string[] =>
    runtimePackages(platform, lock).map(({ place }: { place: string }) => place);

  it('follows nested versions and takes the codec of the platform alone', () => {
    expect(names('linux')).toContain('node_modules/a/node_modules/b');
    expect(names('linux')).not.toContain('node_modules/b');
    expect(names('linux')).toContain('node_modules/@img/sharp-wasm32');
    expect(names('linux')).not.toContain('node_modules/@img/sharp-win32-x64');
    expect(names('win32')).toContain('node_modules/@img/sharp-win32-x64');
    expect(names('win32')).not.toContain('node_modules/@img/sharp-wasm32');
  });

  it('leaves inside the screens only what nothing else needs', () => {
    const bundled = runtimePackages('linux', lock)
      .filter((each: { bundled: boolean }) => each.bundled)
      .map(({ name }: { name: string }) => name);
    expect(bundled).toEqual(['react', 'scheduler']);
  });

  it('names as bundled only what package.json has', () => {
    const { dependencies } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of bundledInScreens) expect(Object.keys(dependencies)).toContain(name);
  });
});

describe('takeRuntime', () => {
  const runtime = (marked: boolean): string => {
    const dist = folder();
    fs.mkdirSync(path.join(dist, 'locales'));
    fs.mkdirSync(path.join(dist, 'resources'));
    for (const name of ['electron', 'LICENSE', 'version', 'locales/ru.pak', 'locales/de.pak'])
      fs.writeFileSync(path.join(dist, name), name);
    fs.writeFileSync(path.join(dist, 'resources/default_app.asar'), 'x');
    if (marked) fs.writeFileSync(path.join(dist, 'DEV-ONLY'), 'x');
    return dist;
  };
  const take = (dist: string, devRuntime: boolean) => {
    const payload = path.join(folder(), 'payload');
    return { payload, ...takeRuntime({ dist, payload, platform: 'linux', devRuntime }) };
  };

  it('refuses the runtime for development, and takes its mark along where it is wanted', () => {
    expect(() => take(runtime(true), false)).toThrow(/not packaged for users/);
    const trial = take(runtime(true), true);
    expect(trial.marked).toBe(true);
    expect(fs.existsSync(path.join(trial.payload, 'DEV-ONLY'))).toBe(true);
  });

  it('takes two languages and nobody else’s program', () => {
    const { payload, marked } = take(runtime(false), true);
    expect(marked).toBe(false);
    expect(fs.readdirSync(path.join(payload, 'locales'))).toEqual(['ru.pak']);
    expect(fs.readdirSync(path.join(payload, 'resources'))).toEqual([]);
    expect(fs.existsSync(path.join(payload, 'kualik'))).toBe(true);
  });
});

describe('what a package says of itself', () => {
  it('lists every file but the list, and changes with any of them', () => {
    const payload = folder();
    fs.mkdirSync(path.join(payload, 'resources'));
    fs.writeFileSync(path.join(payload, 'a'), 'one');
    const first = writeManifest(payload, { version: '1.0.0' });
    expect(writeManifest(payload, { version: '1.0.0' })).toEqual(first);
    fs.writeFileSync(path.join(payload, 'a'), 'two');
    expect(writeManifest(payload, { version: '1.0.0' }).hash).not.toBe(first.hash);
    expect(first.count).toBe(1);
  });

  it('takes the rights of others away whatever the machine is used to', () => {
    const place = folder();
    fs.writeFileSync(path.join(place, 'data'), 'x');
    fs.writeFileSync(path.join(place, 'program'), 'x');
    fs.chmodSync(path.join(place, 'data'), 0o666);
    fs.chmodSync(path.join(place, 'program'), 0o777);
    settle(place, 1_000_000_000);
    const of = (name: string) => fs.statSync(path.join(place, name));
    expect([of('data').mode & 0o777, of('program').mode & 0o777]).toEqual([0o644, 0o755]);
    expect(of('data').mtimeMs).toBe(1_000_000_000_000);
  });

  it('asks for the newest C library any of its programs asks for, texts left aside', () => {
    const payload = folder();
    const elf = (text: string) => Buffer.concat([Buffer.from('\x7fELF'), Buffer.from(text)]);
    fs.writeFileSync(path.join(payload, 'a'), elf('\0GLIBC_2.4\0GLIBC_2.34\0'));
    fs.writeFileSync(path.join(payload, 'b.node'), elf('\0GLIBC_2.17\0'));
    fs.writeFileSync(path.join(payload, 'c.txt'), 'GLIBC_2.99');
    expect(neededGlibc(payload)).toBe('2.34');
  });

  it('names each part with its hash, the same on every run', () => {
    const packages = runtimePackages('linux');
    const bill = (date: number) =>
      billOfMaterials({ packages, version: '1.0.0', runtime: '45.0.0', platform: 'linux', date });
    expect(bill(1)).toBe(bill(1));
    const { components } = JSON.parse(bill(1)) as {
      components: { name: string; 'bom-ref': string; purl?: string; hashes?: unknown[] }[];
    };
    const refs = components.map((each) => each['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    const undici = components.find(({ name }) => name === 'undici');
    expect(undici?.purl).toMatch(/^pkg:npm\/undici@6\./);
    expect(undici?.hashes).toHaveLength(1);
  });
});
