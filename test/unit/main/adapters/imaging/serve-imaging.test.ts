// The measuring process's side of the port: faults of engines become failures, and only own memory leaves.
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Engines } from '../../../../../src/main/adapters/imaging/engines.ts';
import { localImaging } from '../../../../../src/main/adapters/imaging/local-imaging.ts';
import { serveImaging } from '../../../../../src/main/adapters/imaging/serve-imaging.ts';
import type { PortLike } from '../../../../../src/shared/kernel/port-like.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const engines: Engines = {
  version: 'e1',
  probe: async () => {
    throw new Error('no');
  },
  faces: null,
  measureSignature: async () => ({ kind: 'signature', engine: 'e1', values: NaN }) as never,
  async render() {
    const shared = new Uint8Array(new SharedArrayBuffer(64), 16, PNG.length);
    shared.set(PNG);
    return shared;
  },
};

function serve() {
  const events = new EventEmitter();
  const faults: string[] = [];
  const misfits: string[] = [];
  const posted: unknown[] = [];
  const port: PortLike = {
    postMessage: (message) => {
      posted.push(message);
      events.emit('posted');
    },
    on: (event: string, listener: (message: unknown) => void) => events.on(event, listener),
  };
  const stop = serveImaging({
    imaging: localImaging(engines),
    port,
    onMisfit: (call, where) => misfits.push(`${call}: ${where}`),
    onFault: (error) => faults.push(String(error)),
  });
  const ask = (request: object): Promise<{ result: Record<string, unknown> }> =>
    new Promise((resolve) => {
      events.once('posted', () => resolve(posted.at(-1) as never));
      events.emit('message', request);
    });
  return { ask, faults, misfits, posted, stop, events };
}

const bytes = Uint8Array.of(1);

describe('serving', () => {
  it('says that it is ready, with the version of its engines', () => {
    const { posted, stop } = serve();
    expect(posted).toEqual([{ kind: 'ready', engine: 'e1' }]);
    stop();
  });

  it('answers what engines throw, lack or get wrong as failures', async () => {
    const { ask, misfits, faults, stop } = serve();
    expect((await ask({ id: 1, call: 'probe', bytes, mime: 'image/png' })).result).toEqual({
      ok: false,
      problem: 'unreadable',
      width: null,
      height: null,
    });
    const noModels = { ok: false, failure: 'no-models' };
    expect((await ask({ id: 2, call: 'portrait', bytes })).result).toEqual(noModels);
    const wrong = await ask({ id: 3, call: 'signature', bytes });
    expect(wrong).toMatchObject({ id: 3, result: { ok: false, failure: 'unreadable' } });
    expect(misfits[0]).toContain('signature: value.values');
    expect(faults).toEqual([]);
    stop();
  });

  it('sends rendered bytes in memory of their own, never in a decoder’s shared memory', async () => {
    const { ask, stop } = serve();
    const { result } = await ask({
      id: 1,
      call: 'render',
      bytes,
      request: { rendering: 'signature-ink' },
    });
    const { bytes: sent } = result['value'] as { bytes: Uint8Array };
    expect([...sent]).toEqual(PNG);
    expect(sent.buffer).toBeInstanceOf(ArrayBuffer);
    expect(sent.buffer.byteLength).toBe(PNG.length);
    stop();
  });

  it('ends at a request that is none', () => {
    const { faults, stop, events } = serve();
    events.emit('message', { id: 1, call: 'open-a-file', path: '/etc/passwd' });
    expect(faults).toHaveLength(1);
    stop();
  });
});
