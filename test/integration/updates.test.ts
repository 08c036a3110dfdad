// Updates from node and share: fetched on after a cut, judged by hash, remembered against replay; the copy to install.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeUpdates } from '../../src/main/adapters/central/https-update-source.ts';
import { shareUpdates } from '../../src/main/adapters/system/share-updates.ts';
import { updateFolder } from '../../src/main/adapters/system/update-folder.ts';
import { updateKeeper, type UpdateKeeper } from '../../src/main/app/update-keeper.ts';
import type { UpdateSource } from '../../src/main/ports/updates.ts';
import { openPglite } from '../../stand/central/database-pglite.ts';
import { startTestNode, testAuthorities, type TestNode } from '../support/central/test-node.ts';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-updates-'));
const release = path.join(dir, 'release'); // what the maker's command fills
const key = path.join(dir, 'update.pem');
const name = 'kualik_1.3.0_amd64.deb';
const content = randomBytes(3_000_000);
let publicKey: string;
let node: TestNode;
let caPem: string;
let station = 0;

/** The maker's own command, as it is called for a release. */
const maker = (...args: string[]): string =>
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/update.ts', ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
const publish = (sequence: number, version = '1.3.0', ...rest: string[]): string =>
  maker(
    ...['manifest', '--key', key, '--out', release, '--ring', 'all'],
    ...['--sequence', String(sequence), '--version', version, ...rest, path.join(dir, name)],
  );

beforeAll(async () => {
  fs.writeFileSync(path.join(dir, name), content);
  publicKey = /stations: (\S+)/.exec(maker('keygen', '--key', key))![1]!;
  ({ caPem } = await testAuthorities());
  node = await startTestNode({
    database: (await openPglite(null)).database,
    updatesDir: release,
  });
});
afterAll(async () => {
  await node?.close();
  fs.rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => {
  station += 1;
  fs.rmSync(release, { recursive: true, force: true });
});

const folder = () => path.join(dir, `station-${station}`);
const fromNode = (url = node.node.url): UpdateSource =>
  nodeUpdates({ url, caPem, stationId: 'station-1' });
const keeper = (source: UpdateSource, installed = '1.2.0', now = new Date()): UpdateKeeper =>
  updateKeeper({
    settings: { source: 'node', keys: [publicKey], ring: 'all', target: 'linux-x64-deb' },
    installed,
    source,
    folder: updateFolder(folder()),
    clock: { now: () => now },
    log: () => undefined,
    changed: () => undefined,
  });
const check = (one: UpdateKeeper) => one.check(new AbortController().signal);
const held = () => fs.readdirSync(folder()).sort();

/** Passes everything on, and cuts the line once when so many bytes came from the node. */
async function cutting(after: number): Promise<{ url: string; got(): number; close(): void }> {
  let [got, cut] = [0, false];
  const far = Number(new URL(node.node.url).port);
  const server = net.createServer((near) => {
    const up = net.connect(far, '127.0.0.1');
    const end = () => (near.destroy(), up.destroy());
    near.on('data', (bytes) => up.write(bytes)).on('close', end).on('error', end);
    up.on('close', end).on('error', end).on('data', (bytes) => {
      got += bytes.length;
      near.write(bytes);
      if (!cut && got > after) {
        cut = true;
        near.end(() => end());
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as net.AddressInfo;
  return { url: `https://127.0.0.1:${port}`, got: () => got, close: () => server.close() };
} // prettier-ignore

describe('from the node', () => {
  it('a download that was cut goes on where it stopped, and is whole', async () => {
    publish(1);
    const line = await cutting(1_000_000);
    try {
      const one = keeper(fromNode(line.url));
      expect(await check(one)).toBe(false);
      expect(one.state()).toMatchObject({ state: 'fetching', version: '1.3.0', file: null });
      const [part] = held();
      const came = fs.statSync(path.join(folder(), part!)).size;
      expect(part).toMatch(/\.part$/);
      expect(came).toBeGreaterThan(500_000);
      expect(await check(one)).toBe(true);
      const whole = path.join(folder(), name);
      expect(one.state()).toMatchObject({ state: 'ready', file: { path: whole, size: 3_000_000 } });
      expect(fs.readFileSync(whole).equals(content)).toBe(true);
      expect(fs.statSync(whole).mode & 0o077).toBe(0);
      // What had come was not asked for again.
      expect(line.got()).toBeLessThan(content.length + 400_000);
    } finally {
      line.close();
    }
  });

  it('a file that is not as signed is refused and does not stay', async () => {
    publish(1);
    const changed = Buffer.from(content);
    changed[1_500_000]! ^= 1;
    fs.writeFileSync(path.join(release, name), changed);
    const one = keeper(fromNode());
    await check(one);
    expect(one.state()).toMatchObject({ state: 'refused', refused: 'wrong-file', file: null });
    expect(held()).toEqual(['seen.json']);
    expect(() =>
      maker('verify', release, '--public', publicKey, '--ring', 'all', '--target', 'linux-x64-deb', '--installed', '1.2.0'),
    ).toThrow(/changed/);
  }); // prettier-ignore

  it('with nothing published or no line there is nothing to tell, and what is ready stays ready', async () => {
    const one = keeper(fromNode());
    expect(await check(one)).toBe(true);
    expect(one.state()).toMatchObject({ state: 'none', refused: null });
    const away = keeper(fromNode('https://127.0.0.1:1'));
    expect(await check(away)).toBe(false);
    expect(away.state()).toMatchObject({ state: 'unreachable', checkedAt: null });
  });
});

describe('from a share', () => {
  it('is the same folder; a file that grows behind the manifest fills no disk', async () => {
    publish(1);
    const one = keeper(shareUpdates(release));
    await check(one);
    expect(one.state()).toMatchObject({ state: 'ready', version: '1.3.0' });
    station += 1;
    fs.appendFileSync(path.join(release, name), 'more');
    const other = keeper(shareUpdates(release));
    await check(other);
    expect(other.state()).toMatchObject({ refused: 'wrong-file' });
    expect(held()).toEqual(['seen.json']);
    expect(await check(keeper(shareUpdates(path.join(dir, 'away'))))).toBe(false);
  });

  it('keeps the package of before for the way back, and no older one', async () => {
    for (const [i, version] of ['1.3.0', '1.4.0', '1.5.0'].entries()) {
      const file = path.join(dir, `kualik_${version}_amd64.deb`);
      fs.writeFileSync(file, version);
      maker(
        ...['manifest', '--key', key, '--out', release, '--ring', 'all'],
        ...['--sequence', String(i + 1), '--version', version, file],
      );
      await check(keeper(shareUpdates(release)));
      fs.utimesSync(path.join(folder(), path.basename(file)), i + 1, i + 1);
    }
    expect(held()).toEqual(['kualik_1.4.0_amd64.deb', 'kualik_1.5.0_amd64.deb', 'seen.json']);
    fs.writeFileSync(path.join(dir, name), content);
  });

  it('an older manifest is a replay after a restart too', async () => {
    publish(5);
    const old = fs.readFileSync(path.join(release, 'kualik-update.json'));
    publish(6, '1.3.0');
    await check(keeper(shareUpdates(release)));
    fs.writeFileSync(path.join(release, 'kualik-update.json'), old);
    const restarted = keeper(shareUpdates(release));
    await check(restarted);
    expect(restarted.state()).toMatchObject({ state: 'refused', refused: 'replay' });
  });

  it('the hard date holds without a line and over a restart, until a newer manifest takes it back', async () => {
    const [day, from] = [86_400_000, Date.now() + 86_400_000];
    publish(1, '1.3.0', '--minimum', '1.3.0', '--minimum-from', new Date(from).toISOString());
    const one = keeper(shareUpdates(release));
    await check(one);
    expect(one.required()).toBeNull();
    expect(one.state().minimum?.version).toBe('1.3.0');
    const away = shareUpdates(path.join(dir, 'away'));
    const later = new Date(from + day);
    expect(keeper(away, '1.2.0', later).required()).toBe('1.3.0');
    expect(keeper(away, '1.3.0', later).required()).toBeNull();
    publish(2);
    const mended = keeper(shareUpdates(release), '1.2.0', later);
    await check(mended);
    expect(mended.required()).toBeNull();
  });
});

describe('the copy that is installed', () => {
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);
  const shelf = path.join(dir, 'shelf');
  beforeAll(() => {
    publish(1);
    fs.cpSync(release, shelf, { recursive: true });
  });
  async function ready(now?: () => Date): Promise<UpdateKeeper> {
    const one = updateKeeper({
      settings: { source: 'node', keys: [publicKey], ring: 'all', target: 'linux-x64-deb' },
      installed: '1.2.0',
      source: shareUpdates(shelf),
      folder: updateFolder(folder()),
      clock: { now: now ?? (() => new Date()) },
      log: () => undefined,
      changed: () => undefined,
    });
    await check(one);
    expect(one.state().state).toBe('ready');
    return one;
  }

  it('is made anew, closed to others, and stays what it is when the download is changed', async () => {
    const one = await ready();
    const got = await one.stage();
    if (!got.ok) throw new Error(got.code);
    fs.writeFileSync(one.state().file!.path, 'something else');
    const { file, sha256 } = got.staged;
    expect(fs.readFileSync(file).equals(content)).toBe(true);
    expect(sha256).toBe(one.state().file!.sha256);
    expect(got.version).toBe('1.3.0');
    expect(fs.statSync(file).mode & 0o777).toBe(0o400);
    expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('is not made of a file changed since the download, nor of one that is gone', async () => {
    for (const spoil of [
      (file: string) => fs.writeFileSync(file, Buffer.alloc(content.length, 7)),
      (file: string) => fs.appendFileSync(file, 'x'),
      (file: string) => fs.truncateSync(file, 1000),
      (file: string) => fs.rmSync(file),
    ]) {
      station += 1;
      const one = await ready();
      spoil(one.state().file!.path);
      expect(await one.stage()).toEqual({ ok: false, code: 'update-not-ready' });
      expect(one.state()).toMatchObject({ state: 'refused', refused: 'wrong-file' });
      expect(fs.existsSync(path.join(folder(), 'install'))).toBe(false);
    }
  });

  it('is not made under a manifest that ran out meanwhile', async () => {
    let now = new Date();
    const one = await ready(() => now);
    now = days(31);
    expect(await one.stage()).toEqual({ ok: false, code: 'update-not-ready' });
    expect(one.state()).toMatchObject({ state: 'refused', refused: 'expired' });
  });

  it('is refused where others may write, and a folder put there before is not followed', async () => {
    const one = await ready();
    fs.chmodSync(folder(), 0o777);
    expect(await one.stage()).toEqual({ ok: false, code: 'update-folder-open' });
    fs.chmodSync(folder(), 0o700);
    const elsewhere = path.join(dir, 'elsewhere');
    fs.mkdirSync(elsewhere);
    fs.rmSync(path.join(folder(), 'install'), { recursive: true, force: true });
    fs.symlinkSync(elsewhere, path.join(folder(), 'install'));
    expect(await one.stage()).toMatchObject({ ok: true });
    expect(fs.readdirSync(elsewhere)).toEqual([]);
  });

  it('what became of it is told at the next start: updated, failed, or another hand', async () => {
    const one = await ready();
    await one.stage();
    one.begun('1.3.0');
    expect(one.state().outcome).toBeNull();
    const after = (installed: string, now = new Date()) =>
      keeper(shareUpdates(shelf), installed, now).state().outcome;
    const begun = { from: '1.2.0', to: '1.3.0' };
    expect(after('1.2.0')).toMatchObject({ state: 'failed', ...begun });
    expect(fs.existsSync(path.join(folder(), 'install'))).toBe(true);
    expect(after('1.3.0')).toMatchObject({ state: 'updated', ...begun });
    expect(fs.existsSync(path.join(folder(), 'install'))).toBe(false);
    expect(after('1.3.0', days(8))).toBeNull();
    expect(after('1.4.0')).toBeNull();
    one.begun(null);
    expect(after('1.2.0')).toBeNull();
  });
});
