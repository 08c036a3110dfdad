// Imaging in this very process, without walls: what the measuring process serves, and what quick tests use.
import type { Imaging, MeasureResult } from '../../ports/imaging.ts';
import type { Engines } from './engines.ts';
import { sharpImageProbe } from './sharp-image-probe.ts';

export interface LocalImagingOptions {
  /** A call failed on its bytes; names of errors only, messages may quote the picture. */
  readonly onFault?: (call: string, error: unknown) => void;
}

/** Runs the engines' calls; what they throw is the failure `unreadable`, a probe's is that verdict. */
export function localImaging(engines: Engines, { onFault }: LocalImagingOptions = {}): Imaging {
  const run = async <T>(call: string, work: () => Promise<T>): Promise<MeasureResult<T>> => {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      onFault?.(call, error);
      return { ok: false, failure: 'unreadable' };
    }
  };
  const { faces } = engines;
  const noModels = { ok: false, failure: 'no-models' } as const;
  return {
    engine: () => engines.version,
    whenReady: () => Promise.resolve(engines.version),
    async probe(bytes, expectedMime) {
      const result = await run('probe', () => engines.probe(bytes, expectedMime));
      return result.ok
        ? result.value
        : { ok: false, problem: 'unreadable', width: null, height: null };
    },
    measurePortrait: async (bytes) =>
      faces === null ? noModels : run('portrait', () => faces.measure(bytes)),
    measureSignature: (bytes) => run('signature', () => engines.measureSignature(bytes)),
    compareFaces: async (one, other) =>
      faces === null ? noModels : run('faces', () => faces.compare(one, other)),
    render: (bytes, request) =>
      run('render', async () => ({
        // sharp's WebAssembly lends memory that is shared and cannot be sent: a copy of our own.
        bytes: new Uint8Array(await engines.render(bytes, request)),
        mime: 'image/png',
      })),
  };
}

/** Looks at pictures in this process and measures nothing: its engine is never known. */
export function probeOnly(): Imaging {
  const notRunning = async () => ({ ok: false, failure: 'not-running' }) as const;
  const { probe } = sharpImageProbe();
  return {
    engine: () => null,
    whenReady: () => Promise.resolve(null),
    probe,
    measurePortrait: notRunning,
    measureSignature: notRunning,
    compareFaces: notRunning,
    render: notRunning,
  };
}
