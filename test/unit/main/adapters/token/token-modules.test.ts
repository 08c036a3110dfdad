// Several modules at once: one token through two of them, one that hangs, one that crashed.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { isFactoryPin } from '../../../../../src/main/adapters/token/factory-pins.ts';
import { mergeTokens } from '../../../../../src/main/adapters/token/merge-tokens.ts';
import { rememberTries } from '../../../../../src/main/adapters/token/remember-tries.ts';
import { createTokenModules } from '../../../../../src/main/adapters/token/token-modules.ts';
import type { TokenView } from '../../../../../src/main/ports/token.ts';

const pin = {
  initialized: true,
  countLow: false,
  finalTry: false,
  locked: false,
  mustChange: false,
  minLength: 4,
  maxLength: 16,
};
const view = (moduleId: string, serial: string, hashes: readonly string[]): TokenView => ({
  moduleId,
  serial,
  label: '',
  model: '',
  manufacturer: '',
  pin,
  certificates: hashes.map((hash, i) => ({
    keyId: `0${i + 1}`,
    certSha256: hash.repeat(64),
    der: Uint8Array.of(0x30),
    kind: 'rsa',
  })),
});
const seen = (tokens: readonly TokenView[]): string[] =>
  mergeTokens(tokens).map(({ moduleId, serial }) => `${moduleId}:${serial}`);

describe('one token through two modules', () => {
  it('is listed once, through the first module, whatever order its certificates have', () => {
    const opensc = view('opensc', '00ab', ['a', 'b']);
    const vendor = view('vendor', 'AB', ['b', 'a']);
    expect(seen([opensc, vendor])).toEqual(['opensc:00ab']);
    expect(seen([vendor, opensc])).toEqual(['vendor:AB']);
  });

  it('is known by its serial where it holds no certificate', () => {
    expect(seen([view('a', '00AB 12', []), view('b', 'ab12', [])])).toEqual(['a:00AB 12']);
    expect(seen([view('a', '', []), view('b', '', [])])).toEqual(['a:', 'b:']);
  });

  it('two tokens stay two: other certificates under one serial, or one module', () => {
    expect(seen([view('a', '1', ['a']), view('b', '1', ['b'])])).toEqual(['a:1', 'b:1']);
    expect(seen([view('a', '1', ['a']), view('a', '2', ['a'])])).toEqual(['a:1', 'a:2']);
  });
});

const ports: MessagePort[] = [];
const beats: NodeJS.Timeout[] = [];
afterEach(() => {
  ports.splice(0).forEach((port) => port.close());
  beats.splice(0).forEach(clearInterval);
});

/** A module's process that answers every listing with these tokens. */
function healthy(moduleId: string, tokens: readonly TokenView[]): MessagePort {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  port2.on('message', ({ id }: { id: number }) => {
    const modules = [{ moduleId, title: moduleId, state: 'ready' }];
    port2.postMessage({ kind: 'reply', id, result: { ok: true, tokens, modules } });
  });
  const beat = (): void => port2.postMessage({ kind: 'present', tokens: [] });
  beat();
  beats.push(setInterval(beat, 20));
  return port1;
}
function silent(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  return port1;
}

describe('several modules', () => {
  const modules = [
    { id: 'bad', title: 'Bad' },
    { id: 'good', title: 'Good' },
  ];
  const token = view('good', '7', ['c']);

  it('one that hangs is shown as starting, then as hung; the other lists its tokens', async () => {
    const lost: string[] = [];
    const tokens = createTokenModules({
      modules,
      patienceMs: 20,
      limits: { startMs: 120, silentMs: 120 },
      onLost: (id, reason) => lost.push(`${id} ${reason}`),
    });
    tokens.attach('bad', silent());
    tokens.attach('good', healthy('good', [token]));
    const first = await tokens.listTokens();
    expect(first).toMatchObject({ tokens: [{ serial: '7' }] });
    expect(first).toMatchObject({ modules: [{ state: 'starting' }, { state: 'ready' }] });
    while (!lost.includes('bad timeout')) await new Promise((go) => setTimeout(go, 5));
    tokens.attach('bad', silent());
    const began = performance.now();
    const second = await tokens.listTokens();
    expect(performance.now() - began).toBeLessThan(100);
    expect(second).toMatchObject({
      tokens: [{ serial: '7' }],
      modules: [{ moduleId: 'bad', state: 'hung' }, { state: 'ready' }],
    });
    tokens.detach();
  });

  it('one that crashed is shown so until it answers again', async () => {
    const tokens = createTokenModules({ modules });
    tokens.attach('good', healthy('good', [token]));
    const port = healthy('bad', []);
    tokens.attach('bad', port);
    await tokens.listTokens();
    const gone = new Promise<void>((resolve) =>
      tokens.onPresence(({ type }) => type === 'process-lost' && resolve()),
    );
    port.close();
    await gone;
    expect(await tokens.listTokens()).toMatchObject({ modules: [{ state: 'crashed' }, {}] });
    tokens.attach('bad', healthy('bad', []));
    await new Promise<void>((resolve) =>
      tokens.onPresence((event) => event.type === 'process-ready' && resolve()),
    );
    expect(await tokens.listTokens()).toMatchObject({ modules: [{ state: 'ready' }, {}] });
    tokens.detach();
  });

  it('a PIN goes to the token’s own module alone, and to none that is not configured', async () => {
    const tokens = createTokenModules({ modules });
    const heard: unknown[] = [];
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    port2.on('message', (message) => heard.push(message));
    tokens.attach('bad', port1);
    const key = { serial: '7', keyId: '01', certSha256: 'c'.repeat(64), pin: '483920' };
    expect(await tokens.provePin({ ...key, moduleId: 'other' })).toMatchObject({
      refusal: { code: 'module-missing' },
    });
    expect(await tokens.provePin({ ...key, moduleId: 'good' })).toMatchObject({
      refusal: { code: 'not-running' },
    });
    await new Promise((go) => setTimeout(go, 20));
    expect(heard).toEqual([]);
    tokens.detach();
  });
});

describe('tries left', () => {
  const wrong = { ok: false, refusal: { code: 'pin-incorrect' } } as const;

  it('a wrong PIN is remembered where the module does not say it, until a good one', () => {
    const tries = rememberTries();
    tries.note('a', wrong);
    expect(tries.shown('a', pin)).toMatchObject({ countLow: true });
    expect(tries.shown('b', pin)).toMatchObject({ countLow: false });
    tries.note('a', { ok: false, refusal: { code: 'token-removed' } });
    expect(tries.shown('a', pin)).toMatchObject({ countLow: true });
    tries.note('a', { ok: true });
    expect(tries.shown('a', pin)).toMatchObject({ countLow: false });
  });

  it('is forgotten with the lock: whoever unblocks the token gives all tries back', () => {
    const tries = rememberTries();
    tries.note('a', wrong);
    tries.shown('a', { ...pin, locked: true });
    expect(tries.shown('a', pin)).toMatchObject({ countLow: false });
  });
});

describe('factory PINs', () => {
  it.each(['1234567890', '12345678', '123456', '11111111'])('%s is one', (value) => {
    expect(isFactoryPin(value)).toBe(true);
  });
  it.each(['482915', '904817', ''])('%s is none', (value) => {
    expect(isFactoryPin(value)).toBe(false);
  });
});
