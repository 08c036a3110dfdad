// The token in a process of its own: a hang, a death, a fresh start; the screen's events; no PIN left behind.
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRemoteToken, type RemoteToken } from '../../src/main/adapters/token/remote-token.ts';
import type { PortLike } from '../../src/shared/kernel/port-like.ts';
import type { TokenPresenceEvent } from '../../src/main/ports/token.ts';
import { childScript } from '../support/child-script.ts';
import { makeSoftTokens, PIN, type SoftTokens } from '../support/soft-token.ts';

const tbs = Buffer.from('signed attributes');
let soft: SoftTokens;
const children: ChildProcess[] = [];

beforeAll(async () => {
  soft = await makeSoftTokens(new Date(), { main: [{ keyId: '01', kind: 'ec-p256' }] });
});
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => soft.dispose());

/** Starts a token process; resolves once it answers. */
async function start(remote: RemoteToken): Promise<ChildProcess> {
  const { file, execArgv } = childScript('token-process');
  const child = fork(file, {
    execArgv,
    serialization: 'advanced',
    env: { ...process.env, SOFTHSM2_CONF: soft.softhsmConf },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  const port: PortLike = {
    postMessage: (message) => {
      if (child.connected) child.send(message as object);
    },
    on: (event: string, listener: (message: unknown) => void) =>
      child.on(event === 'close' ? 'exit' : 'message', listener),
  };
  child.send({ type: 'start', modules: [soft.module] });
  // The first presence event says that the module is open.
  await once(child, 'message');
  remote.attach(port);
  return child;
}

const request = () => ({ ...soft.key('main', '01').ref, pin: PIN, tbs });

describe('a token process', () => {
  it('signs; killed in the middle it is "crashed"; a new one signs again', async () => {
    const lost: string[] = [];
    const remote = createRemoteToken({ onLost: (reason) => lost.push(reason) });
    const first = await start(remote);
    expect(await remote.sign(request())).toMatchObject({ ok: true });
    first.kill('SIGSTOP');
    const waiting = remote.sign(request());
    first.kill('SIGKILL');
    expect(await waiting).toEqual({ ok: false, refusal: { code: 'crashed' } });
    expect(await remote.sign(request())).toMatchObject({ refusal: { code: 'not-running' } });
    await start(remote);
    expect(await remote.sign(request())).toMatchObject({ ok: true });
    expect(lost).toEqual(['crashed']);
  });

  it('that hangs is given up after the limit; what it says later is not heard', async () => {
    const lost: string[] = [];
    const limits = { signMs: 200 };
    const remote = createRemoteToken({ limits, onLost: (reason) => lost.push(reason) });
    const child = await start(remote);
    child.kill('SIGSTOP');
    expect(await remote.sign(request())).toEqual({ ok: false, refusal: { code: 'timeout' } });
    const late = once(child, 'message');
    child.kill('SIGCONT');
    await late;
    expect(lost).toEqual(['timeout']);
    expect(await remote.listTokens()).toMatchObject({ refusal: { code: 'not-running' } });
  });

  it('tells removal and insertion, and prints nothing', async () => {
    const remote = createRemoteToken();
    const child = await start(remote);
    const printed: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk));
    const events: TokenPresenceEvent[] = [];
    remote.onPresence((event) => events.push(event));
    const next = (type: TokenPresenceEvent['type']) =>
      new Promise<void>((resolve) => {
        const off = remote.onPresence((event) => {
          if (event.type !== type) return;
          off();
          resolve();
        });
      });
    await next('process-ready');
    const removed = next('removed');
    soft.remove('main');
    await removed;
    expect(await remote.sign(request())).toMatchObject({ refusal: { code: 'token-absent' } });
    const inserted = next('inserted');
    soft.insert('main');
    await inserted;
    expect(await remote.provePin({ ...request(), pin: '9999999' })).toMatchObject({
      refusal: { code: 'pin-incorrect' },
    });
    expect(await remote.sign(request())).toMatchObject({ ok: true });
    expect(events.map((e) => e.type)).toEqual(['inserted', 'process-ready', 'removed', 'inserted']);
    expect(Buffer.concat(printed).toString('utf8')).toBe('');
  });
});

describe('the entry of the process', () => {
  it('serves the port that comes with the start message', async () => {
    const parent = new EventEmitter();
    Object.assign(process, { parentPort: parent });
    await import('../../src/main/adapters/token/entry.ts');
    const { port1, port2 } = new MessageChannel();
    const remote = createRemoteToken();
    remote.attach(port1);
    parent.emit('message', { data: { type: 'start', modules: [soft.module] }, ports: [port2] });
    expect(await remote.sign(request())).toMatchObject({ ok: true });
    const listing = await remote.listTokens();
    expect(listing.ok && listing.tokens.map((t) => t.label)).toEqual(['main']);
    remote.detach();
    port2.close();
  });
});
