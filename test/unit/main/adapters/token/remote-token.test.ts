// The core's side of the token process over a real message channel: limits, lost ports, late answers.
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createRemoteToken } from '../../../../../src/main/adapters/token/remote-token.ts';
import { serveToken } from '../../../../../src/main/adapters/token/serve-token.ts';
import { openPkcs11Token } from '../../../../../src/main/adapters/token/pkcs11-token.ts';
import type { TokenPresence, TokenPresenceEvent } from '../../../../../src/main/ports/token.ts';

const key = { moduleId: 'm', serial: 's', keyId: '01', certSha256: 'ab'.repeat(32) };
const pin = { initialized: true, countLow: false, finalTry: false, locked: false } as const;
const pinState = { ...pin, mustChange: false, minLength: 4, maxLength: 16 };
const proved = { ok: true, pin: pinState, pinAlways: false, factoryPin: false } as const;

const open: MessagePort[] = [];
afterEach(() => open.splice(0).forEach((port) => port.close()));
function channel(): { core: MessagePort; token: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  return { core: port1, token: port2 };
}
interface Asked {
  id: number;
  call: string;
}

describe('the remote token', () => {
  it('answers not-running before a port is attached and after an orderly end', async () => {
    const lost: string[] = [];
    const remote = createRemoteToken({ onLost: (reason) => lost.push(reason) });
    expect(await remote.listTokens()).toEqual({ ok: false, refusal: { code: 'not-running' } });
    remote.attach(channel().core);
    const waiting = remote.sign({ ...key, pin: '1234', tbs: Uint8Array.of(1) });
    remote.detach();
    expect(await waiting).toEqual({ ok: false, refusal: { code: 'not-running' } });
    expect(lost).toEqual([]);
  });

  it('gives up after its limit, tells the shell once, and hears no late answer', async () => {
    const { core, token } = channel();
    const lost: string[] = [];
    const remote = createRemoteToken({ limits: { signMs: 30 }, onLost: (r) => lost.push(r) });
    const events: TokenPresenceEvent[] = [];
    remote.onPresence((event) => events.push(event));
    remote.attach(core);
    token.on('message', ({ id }: Asked) => {
      const result = { ...proved, signature: Uint8Array.of(9) };
      setTimeout(() => token.postMessage({ kind: 'reply', id, result }), 60);
    });
    const signing = remote.sign({ ...key, pin: '1234', tbs: Uint8Array.of(1) });
    const listing = remote.listTokens();
    expect(await signing).toEqual({ ok: false, refusal: { code: 'timeout' } });
    // Other calls of the same stuck process are lost with it.
    expect(await listing).toEqual({ ok: false, refusal: { code: 'timeout' } });
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(lost).toEqual(['timeout']);
    expect(events).toEqual([{ type: 'process-lost', reason: 'timeout', moduleId: '' }]);
    expect(await remote.listTokens()).toMatchObject({ refusal: { code: 'not-running' } });
  });

  it('hears nothing more from a port it gave up, not even rubbish or a removal', async () => {
    const port = Object.assign(new EventEmitter(), { postMessage: () => undefined });
    const lost: string[] = [];
    const remote = createRemoteToken({ limits: { listMs: 10 }, onLost: (r) => lost.push(r) });
    remote.attach(port);
    const events: TokenPresenceEvent[] = [];
    expect(await remote.listTokens()).toMatchObject({ refusal: { code: 'timeout' } });
    remote.onPresence((event) => events.push(event));
    const gone = { moduleId: 'm', serial: '1', label: 'one' };
    port.emit('message', { kind: 'present', tokens: [gone] });
    port.emit('message', 'rubbish');
    port.emit('close');
    expect(events).toEqual([]);
    expect(lost).toEqual(['timeout']);
  });

  it('answers crashed when the port closes, and works again on a new port', async () => {
    const first = channel();
    const lost: string[] = [];
    const remote = createRemoteToken({ onLost: (reason) => lost.push(reason) });
    remote.attach(first.core);
    const waiting = remote.listTokens();
    first.token.close();
    expect(await waiting).toEqual({ ok: false, refusal: { code: 'crashed' } });
    expect(lost).toEqual(['crashed']);
    const second = channel();
    remote.attach(second.core);
    second.token.on('message', ({ id }: Asked) => {
      second.token.postMessage({
        kind: 'reply',
        id,
        result: { ok: true, tokens: [], modules: [] },
      });
    });
    expect(await remote.listTokens()).toEqual({ ok: true, tokens: [], modules: [] });
  });

  it.each([
    ['a message of no kind', () => 'hello'],
    ['an answer of the wrong shape', (id: number) => ({ kind: 'reply', id, result: { ok: true } })],
    [
      'an unknown refusal',
      (id: number) => ({ kind: 'reply', id, result: { ok: false, refusal: { code: 'fine' } } }),
    ],
  ])('treats %s as a crash', async (_, reply) => {
    const { core, token } = channel();
    const remote = createRemoteToken();
    remote.attach(core);
    token.on('message', ({ id }: Asked) => token.postMessage(reply(id)));
    expect(await remote.provePin({ ...key, pin: '1234' })).toMatchObject({
      refusal: { code: 'crashed' },
    });
  });

  it('unwraps Electron’s message events', async () => {
    const listeners: ((message: unknown) => void)[] = [];
    const remote = createRemoteToken();
    remote.attach({
      on: (event: string, listener: (message: unknown) => void) =>
        event === 'message' ? listeners.push(listener) : 0,
      postMessage: (message) => {
        const { id } = message as Asked;
        const data = { kind: 'reply', id, result: proved };
        for (const listener of listeners) listener({ data, ports: [] });
      },
    });
    expect(await remote.provePin({ ...key, pin: '1234' })).toEqual(proved);
  });
});

describe('a process that had a PIN', () => {
  const answering = (token: MessagePort, said: string[]): void => {
    token.on('message', ({ id, call }: Asked) => {
      said.push(call);
      const signed = { ...proved, signature: Uint8Array.of(9) };
      const listed = { ok: true, tokens: [], modules: [] };
      token.postMessage({ kind: 'reply', id, result: call === 'list' ? listed : signed });
    });
  };
  const request = { ...key, pin: '1234', tbs: Uint8Array.of(1) };

  it('is replaced after a moment of quiet, once for a batch; calls wait for the new one', async () => {
    let spent = 0;
    const remote = createRemoteToken({ limits: { spentMs: 40 }, onSpent: () => (spent += 1) });
    const first: string[] = [];
    const one = channel();
    remote.attach(one.core);
    answering(one.token, first);
    for (let i = 0; i < 5; i += 1) expect(await remote.sign(request)).toMatchObject({ ok: true });
    expect(spent).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(spent).toBe(1);
    expect(remote.state()).toBe('renewing');
    const waiting = remote.sign(request);
    const second: string[] = [];
    const two = channel();
    answering(two.token, second);
    remote.attach(two.core);
    expect(await waiting).toMatchObject({ ok: true });
    expect([first.length, second.length]).toEqual([5, 1]);
  });

  it('is replaced at lock at once, but not under an open call', async () => {
    let spent = 0;
    const remote = createRemoteToken({ onSpent: () => (spent += 1) });
    const { core, token } = channel();
    remote.attach(core);
    const signing = remote.sign(request);
    remote.renew();
    expect(spent).toBe(0);
    answering(token, []);
    expect(await signing).toMatchObject({ ok: true });
    expect(spent).toBe(1);
    expect(remote.state()).toBe('renewing');
  });

  it('is replaced at once when the token failed or was pulled out under a call', async () => {
    let spent = 0;
    const remote = createRemoteToken({ onSpent: () => (spent += 1) });
    for (const code of ['token-removed', 'module-failed', 'token-failed']) {
      const { core, token } = channel();
      remote.attach(core);
      token.on('message', ({ id }: Asked) =>
        token.postMessage({ kind: 'reply', id, result: { ok: false, refusal: { code } } }),
      );
      expect(await remote.sign(request)).toMatchObject({ refusal: { code } });
      expect(remote.state()).toBe('renewing');
    }
    expect(spent).toBe(3);
  });

  it('a listing alone does not spend it', async () => {
    let spent = 0;
    const remote = createRemoteToken({ limits: { spentMs: 5 }, onSpent: () => (spent += 1) });
    const { core, token } = channel();
    remote.attach(core);
    answering(token, []);
    await remote.listTokens();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(spent).toBe(0);
  });
});

describe('a process that was replaced or says nothing', () => {
  const told = (remote: ReturnType<typeof createRemoteToken>): TokenPresenceEvent[] => {
    const events: TokenPresenceEvent[] = [];
    remote.onPresence((event) => events.push(event));
    return events;
  };
  const until = async (check: () => boolean): Promise<void> => {
    while (!check()) await new Promise((resolve) => setTimeout(resolve, 2));
  };

  it('tells a token that was pulled out while no process looked', async () => {
    const remote = createRemoteToken({ onSpent: () => undefined });
    const events = told(remote);
    const one = channel();
    remote.attach(one.core);
    const there = { moduleId: 'm', serial: '1', label: 'one' };
    one.token.postMessage({ kind: 'present', tokens: [there] });
    await until(() => remote.state() === 'ready');
    remote.renew();
    const two = channel();
    remote.attach(two.core);
    two.token.postMessage({ kind: 'present', tokens: [] });
    await until(() => events.length === 4);
    expect(events.map(({ type }) => type)).toEqual([
      'inserted',
      'process-ready',
      'removed',
      'process-ready',
    ]);
  });

  it('lost again before its first word: the token it had is counted as gone', async () => {
    const limits = { startMs: 60, silentMs: 60 };
    const remote = createRemoteToken({ limits });
    const events = told(remote);
    const one = channel();
    remote.attach(one.core);
    one.token.postMessage({
      kind: 'present',
      tokens: [{ moduleId: 'm', serial: '1', label: 'one' }],
    });
    await until(() => remote.state() === 'timeout');
    expect(events.map(({ type }) => type)).not.toContain('removed');
    remote.attach(channel().core);
    await until(() => remote.state() === 'timeout');
    expect(events.map(({ type }) => type)).toContain('removed');
  });

  it('is given up when it shows no sign of life, also before its first word', async () => {
    const lost: string[] = [];
    const limits = { startMs: 60, silentMs: 60 };
    const remote = createRemoteToken({ limits, onLost: (reason) => lost.push(reason) });
    remote.attach(channel().core);
    await until(() => lost.length > 0);
    expect(remote.state()).toBe('timeout');
    const alive = channel();
    remote.attach(alive.core);
    const beat = setInterval(() => alive.token.postMessage({ kind: 'present', tokens: [] }), 10);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(lost).toEqual(['timeout']);
    clearInterval(beat);
    await until(() => lost.length > 1);
  });
});

describe('the token process', () => {
  it('tells what was inserted and removed', async () => {
    const { core, token } = channel();
    let present: TokenPresence[] = [];
    const real = await openPkcs11Token([]);
    const served = { ...real, present: () => present };
    const fail = (error: unknown) => expect(error).toBeUndefined();
    const stop = serveToken({ token: served, port: token, pollMs: 5, onFault: fail });
    const remote = createRemoteToken();
    const events: TokenPresenceEvent[] = [];
    remote.attach(core);
    const heard = (count: number) =>
      new Promise<void>((resolve) => {
        const off = remote.onPresence((event) => {
          events.push(event);
          if (events.length === count) {
            off();
            resolve();
          }
        });
      });
    const one = { moduleId: 'm', serial: '1', label: 'one' };
    await heard(1);
    const inserted = heard(2);
    present = [one];
    await inserted;
    const swapped = heard(4);
    present = [{ ...one, serial: '2' }];
    await swapped;
    stop();
    expect(events.map((e) => ('token' in e ? [e.type, e.token.serial] : e))).toEqual([
      { type: 'process-ready', moduleId: '' },
      ['inserted', '1'],
      ['removed', '1'],
      ['inserted', '2'],
    ]);
  });

  it('says nothing of a request it does not understand: it may hold a PIN', async () => {
    const { core, token } = channel();
    const faults: unknown[] = [];
    const real = await openPkcs11Token([]);
    const stop = serveToken({ token: real, port: token, onFault: (e) => faults.push(e) });
    core.postMessage({ id: 1, call: 'sign', request: { ...key, pin: '7391846' } });
    core.postMessage({ id: 2, call: 'list' });
    await new Promise<void>((resolve) =>
      core.on('message', ({ kind }: { kind: string }) => kind === 'reply' && resolve()),
    );
    stop();
    expect(faults).toHaveLength(1);
    expect(String((faults[0] as Error).stack)).not.toContain('7391846');
  });
});
