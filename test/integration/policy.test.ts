// What the administrator's policy fixes is obeyed: kinds of keys, the idle lock, the language, the one proxy.
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StationFixed } from '../../src/shared/contract/core-messages.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { logInAs, startWorkstation, until, type Workstation } from '../support/workstation.ts';

let stand: Stand;
const open: Workstation[] = [];
const proxies: http.Server[] = [];

beforeAll(async () => {
  stand = await startStand({ people: 5 });
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
  for (const one of proxies.splice(0)) {
    one.closeAllConnections();
    one.close();
  }
});
afterAll(() => stand?.stop());

let shift = 0;
const start = async (fixed: StationFixed): Promise<Workstation> => {
  shift = 0;
  const clock = { now: () => new Date(Date.now() + shift) };
  const desk = await startWorkstation(stand, { fixed, clock });
  open.push(desk);
  return desk;
};

/** A real CONNECT proxy; `lets` says whether it opens tunnels. Answers its address and what was asked of it. */
async function startProxy(lets: boolean): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = http.createServer((_request, response) => response.writeHead(500).end());
  server.on('connect', (request, client: net.Socket) => {
    asked.push(request.url ?? '');
    client.on('error', () => undefined);
    if (!lets) return void client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const [host, port] = (request.url ?? '').split(':');
    const far = net.connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      far.pipe(client).pipe(far);
    });
    far.on('error', () => client.destroy());
    client.on('close', () => far.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  proxies.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('kinds of keys', () => {
  it('names forbidden ones before they are chosen and lets them not log in; others work', async () => {
    const desk = await start({ keyAlgorithms: ['gost'] });
    await until(async () => (await desk.get('session.tokens', {})).tokens.length > 0, 'tokens');
    const { tokens } = await desk.get('session.tokens', {});
    const rsa = tokens
      .flatMap(({ certificates }) => certificates)
      .filter(({ algorithm }) => algorithm === 'rsa');
    expect(rsa.length).toBeGreaterThan(0);
    expect(new Set(rsa.map(({ unusable }) => unusable))).toEqual(new Set(['algorithm-forbidden']));
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({
      ok: false,
      refusal: { code: 'key-unusable', params: { reason: 'algorithm-forbidden' } },
    });
    const other = await start({ keyAlgorithms: ['rsa', 'ec'] });
    expect((await logInAs(other, stand, 'reviewer-almaty')).ok).toBe(true);
  });
});

describe('the place', () => {
  it('lets in officers of its own region and point only, on a dead line too', async () => {
    const own = await start({ region: '750000000' });
    expect((await logInAs(own, stand, 'reviewer-almaty')).ok).toBe(true);
    for (const place of [{ region: '710000000' }, { registrationPoint: '710000000-01' }]) {
      const foreign = await start(place);
      expect(await logInAs(foreign, stand, 'reviewer-almaty')).toMatchObject({
        ok: false,
        refusal: { code: 'other-place' },
      });
      expect((await foreign.get('session.read', {})).state).toBe('signed-out');
    }
    await own.call('session.logOut', {});
    await own.stop();
    open.splice(open.indexOf(own), 1);
    const moved = await startWorkstation(stand, {
      fixed: { region: '710000000' },
      userDir: own.userDir,
      nodeUrl: 'https://127.0.0.1:9',
    });
    open.push(moved);
    expect(await logInAs(moved, stand, 'reviewer-almaty')).toMatchObject({
      refusal: { code: 'other-place' },
    });
  });
});

describe('limits', () => {
  it('locks after the station’s minutes when they are fewer than the node’s', async () => {
    const desk = await start({ lockAfterMinutes: 2 });
    expect((await logInAs(desk, stand, 'reviewer-almaty')).ok).toBe(true);
    expect((await desk.get('session.read', {})).lockAfterMinutes).toBe(2);
    shift = 121_000;
    await until(
      async () => (await desk.get('session.read', {})).lockedBecause === 'idle',
      'the idle lock',
    );
  });

  it('never stretches the node’s', async () => {
    const desk = await start({ lockAfterMinutes: 60 });
    expect((await logInAs(desk, stand, 'reviewer-almaty')).ok).toBe(true);
    expect((await desk.get('session.read', {})).lockAfterMinutes).toBeLessThan(60);
  });
});

describe('the language', () => {
  it('is the policy’s, whoever asks for another; what else is changed stands', async () => {
    const desk = await start({ language: 'kk' });
    expect((await desk.get('settings.read', {})).language).toBe('kk');
    const after = await desk.get('settings.write', { language: 'ru', theme: 'dark' });
    expect([after.language, after.theme]).toEqual(['kk', 'dark']);
  });
});

describe('the proxy', () => {
  it('carries every connection to the node through a tunnel', async () => {
    const proxy = await startProxy(true);
    const desk = await start({ proxyUrl: proxy.url });
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({
      ok: true,
      value: { offline: false },
    });
    expect(new Set(proxy.asked)).toContain(new URL(stand.config.nodeUrl).host);
  });

  it('that refuses, or is not there, means no line; nothing goes round it', async () => {
    const refusing = await startProxy(false);
    const desk = await start({ proxyUrl: refusing.url });
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({ ok: false });
    expect(refusing.asked.length).toBeGreaterThan(0);
    expect(await desk.get('line.read', {})).toMatchObject({
      state: 'offline',
      because: 'unreachable',
    });
    const absent = await start({ proxyUrl: 'http://127.0.0.1:9' });
    expect(await logInAs(absent, stand, 'reviewer-almaty')).toMatchObject({ ok: false });
    expect((await absent.get('line.read', {})).state).toBe('offline');
  });
});
