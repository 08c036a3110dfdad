// The core's side of the measuring process against a hand-made port: order, limits, second chances, endings.
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createRemoteImaging,
  IMAGING_LIMITS,
  type ImagingLost,
} from '../../../../../src/main/adapters/imaging/remote-imaging.ts';
import type { PortLike } from '../../../../../src/shared/kernel/port-like.ts';

const bytes = Uint8Array.of(1, 2, 3);
const GOOD = { ok: true, mime: 'image/png', width: 3, height: 4 };
const NO_MODELS = { ok: false, failure: 'no-models' };

interface Sent {
  readonly id: number;
  readonly call: string;
  readonly mime?: string;
}

function aPort() {
  const events = new EventEmitter();
  const sent: Sent[] = [];
  const port: PortLike = {
    postMessage: (message) => void sent.push(message as Sent),
    on: (event: string, listener: (message: unknown) => void) => events.on(event, listener),
  };
  return {
    port,
    sent,
    ready: (engine = 'e1') => events.emit('message', { kind: 'ready', engine }),
    reply: (result: unknown, rss = 1) =>
      events.emit('message', { kind: 'reply', id: sent.at(-1)?.id, result, rss }),
    say: (message: unknown) => events.emit('message', message),
    close: () => events.emit('close'),
  };
}

function setUp() {
  const lost: ImagingLost[] = [];
  const remote = createRemoteImaging({ onLost: (reason) => lost.push(reason) });
  const attach = (engine?: string) => {
    const one = aPort();
    remote.attach(one.port);
    one.ready(engine);
    return one;
  };
  return { remote, lost, attach };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('remote imaging', () => {
  it('has one call on its way; the officer goes first, looks before measures', async () => {
    const { remote, attach } = setUp();
    const answers = [
      remote.probe(bytes, 'first', 'ahead'),
      remote.measureSignature(bytes, 'ahead'),
      remote.probe(bytes, 'second', 'ahead'),
      remote.measurePortrait(bytes, 'now'),
      remote.probe(bytes, 'third', 'now'),
    ];
    const one = attach();
    expect(one.sent).toHaveLength(1);
    for (let at = 0; at < 5; at++) one.reply(one.sent.at(-1)?.call === 'probe' ? GOOD : NO_MODELS);
    expect(one.sent.map(({ call, mime }) => mime ?? call)).toEqual([
      'third',
      'portrait',
      'first',
      'second',
      'signature',
    ]);
    expect(await Promise.all(answers)).toEqual([GOOD, NO_MODELS, GOOD, NO_MODELS, GOOD]);
  });

  it('tells the engine once the process says it, and waits for it', async () => {
    const { remote, attach } = setUp();
    expect(remote.engine()).toBeNull();
    const known = remote.whenReady();
    attach('p1 s1');
    expect(await known).toBe('p1 s1');
    expect(remote.engine()).toBe('p1 s1');
  });

  it('gives up a call at its limit and asks the waiting ones in the next process', async () => {
    const { remote, lost, attach } = setUp();
    const first = attach();
    const hanging = remote.measurePortrait(bytes, 'ahead');
    const waiting = remote.probe(bytes, 'image/png', 'ahead');
    vi.advanceTimersByTime(IMAGING_LIMITS.callMs.portrait);
    expect(await hanging).toEqual({ ok: false, failure: 'time' });
    expect(lost).toEqual(['timeout']);
    const second = attach();
    first.reply(GOOD); // what a lost process says later is not heard
    second.reply(GOOD);
    expect(await waiting).toEqual(GOOD);
  });

  it('asks a call that died once more if the process had answered others, then never again', async () => {
    const { remote, lost, attach } = setUp();
    const first = attach();
    const good = remote.probe(bytes, 'image/png', 'ahead');
    first.reply(GOOD);
    await good;
    const poison = remote.measureSignature(bytes, 'ahead');
    const other = remote.measureSignature(bytes, 'ahead');
    first.close();
    const second = attach();
    expect(second.sent).toHaveLength(1);
    second.close();
    expect(await poison).toEqual({ ok: false, failure: 'died' });
    const third = attach();
    third.reply(NO_MODELS);
    expect(await other).toEqual(NO_MODELS);
    expect(lost).toEqual(['crashed', 'crashed']);
    expect(third.sent).toHaveLength(1);
  });

  it('a probe that kills a fresh process makes the picture unreadable', async () => {
    const { remote, attach } = setUp();
    const one = attach();
    const probe = remote.probe(bytes, 'image/png', 'now');
    one.close();
    expect(await probe).toEqual({ ok: false, problem: 'unreadable', width: null, height: null });
  });

  it.each([
    ['no message of ours', { kind: 'else' }],
    ['an answer of another shape', { kind: 'reply', id: 1, result: { ok: true }, rss: 1 }],
    ['a picture that is none', { kind: 'reply', id: 1, result: { ok: true, value: {} }, rss: 1 }],
  ])('takes %s for a lost process', async (_what, message) => {
    const { remote, lost, attach } = setUp();
    const one = attach();
    const answer = remote.render(bytes, { rendering: 'signature-ink' });
    one.say(message);
    expect(await answer).toEqual({ ok: false, failure: 'died' });
    expect(lost).toEqual(['crashed']);
  });

  it('replaces a process that has grown, between two calls', async () => {
    const { remote, lost, attach } = setUp();
    const one = attach();
    const fat = remote.probe(bytes, 'image/png', 'now');
    const next = remote.probe(bytes, 'image/png', 'now');
    one.reply(GOOD, IMAGING_LIMITS.rss + 1);
    expect(await fat).toEqual(GOOD);
    expect(lost).toEqual(['memory']);
    expect(one.sent).toHaveLength(1);
    attach().reply(GOOD);
    expect(await next).toEqual(GOOD);
  });

  it('does not wait for ever for a process that does not come up, and makes no verdict of it', async () => {
    const { remote, lost, attach } = setUp();
    const silent = aPort();
    remote.attach(silent.port);
    const probe = remote.probe(bytes, 'image/png', 'now');
    const ready = remote.whenReady();
    vi.advanceTimersByTime(IMAGING_LIMITS.startMs);
    expect(await probe).toBeNull();
    expect(await ready).toBeNull();
    expect(lost).toEqual(['not-started']);
    // Until one comes up nobody waits again.
    expect(await remote.measureSignature(bytes, 'now')).toMatchObject({ failure: 'not-running' });
    const one = attach();
    const later = remote.probe(bytes, 'image/png', 'now');
    one.reply(GOOD);
    expect(await later).toEqual(GOOD);
  });

  it('answers everything at its orderly end and tells nobody of a loss', async () => {
    const { remote, lost, attach } = setUp();
    attach();
    const open = remote.measureSignature(bytes, 'now');
    const waiting = remote.probe(bytes, 'image/png', 'now');
    remote.detach();
    expect(await open).toEqual({ ok: false, failure: 'not-running' });
    expect(await waiting).toBeNull();
    expect(await remote.probe(bytes, 'image/png', 'now')).toBeNull();
    expect(await remote.whenReady()).toBe('e1');
    expect(lost).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sends copies: a view does not carry its neighbours along', () => {
    const { remote, attach } = setUp();
    const one = attach();
    void remote.probe(new Uint8Array(64).subarray(8, 12), 'image/png', 'now');
    const { bytes: sent } = one.sent[0] as unknown as { bytes: Uint8Array };
    expect([sent.length, sent.buffer.byteLength]).toEqual([4, 4]);
  });
});
