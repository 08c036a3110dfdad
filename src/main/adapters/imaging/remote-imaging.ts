// The core's side of the measuring process: one call at a time, limits, and a new process for a lost one.
import { payloadOf, type PortLike } from '../../../shared/kernel/port-like.ts';
import type { PictureVerdict } from '../../ports/image-probe.ts';
import type { Imaging, Urgency } from '../../ports/imaging.ts';
import { createCallQueue } from './call-queue.ts';
import {
  imagingMessage,
  imagingReplies,
  type ImagingCall,
  type ImagingRequest,
} from './protocol.ts';

export interface RemoteImagingLimits {
  /** Longest time of each call, ms; the process is lost with the call that misses it. */
  readonly callMs: Readonly<Record<ImagingCall, number>>;
  /** Longest wait for a process to come up (it reads 40 MB of models); then waiting calls give up. */
  readonly startMs: number;
  /** Above this the process is replaced between two calls, bytes. */
  readonly rss: number;
}

/** Some fifty times what a call takes on a station of the weakest kind. */
export const IMAGING_LIMITS: RemoteImagingLimits = {
  callMs: { probe: 10_000, portrait: 15_000, signature: 10_000, faces: 15_000, render: 10_000 },
  startMs: 30_000,
  rss: 700_000_000,
};

/** `not-started`: it never said that it is ready. */
export type ImagingLost = 'timeout' | 'crashed' | 'memory' | 'not-started';

export interface RemoteImagingOptions {
  readonly limits?: Partial<RemoteImagingLimits>;
  /** The process hangs, is gone or has grown: the shell kills it, starts another and calls `attach`. */
  readonly onLost?: (reason: ImagingLost) => void;
}

export interface RemoteImaging extends Imaging {
  attach(port: PortLike): void;
  /** Orderly end: open calls answer `not-running`, `onLost` is not called. */
  detach(): void;
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;
type Failure = 'time' | 'died' | 'not-running';

interface Job {
  readonly call: ImagingCall;
  readonly urgency: Urgency;
  readonly request: Unnumbered<ImagingRequest>;
  /** A parsed answer, or why there is none. */
  readonly settle: (result: unknown, failure: Failure | null) => void;
  again: boolean;
}

/** Not attached at first: calls wait for `attach`, at most `startMs`. */
export function createRemoteImaging(options: RemoteImagingOptions = {}): RemoteImaging {
  const limits = { ...IMAGING_LIMITS, ...options.limits };
  const queue = createCallQueue<Job>();
  const readied = new Set<(engine: string | null) => void>();
  let port: PortLike | null = null;
  let up = false;
  let answered = 0;
  let running: { readonly job: Job; readonly id: number; readonly timer: NodeJS.Timeout } | null =
    null;
  let patience: NodeJS.Timeout | null = null;
  let engine: string | null = null;
  let ended = false;
  /** No process came up in time: nobody waits again until one does. */
  let hopeless = false;
  let lastId = 0;

  const tellReady = (known: string | null): void => {
    for (const listener of readied) listener(known);
    readied.clear();
  };

  const giveUp = (): void => {
    hopeless = true;
    for (const job of queue.drain()) job.settle(null, 'not-running');
    tellReady(null);
  };

  /** While calls wait for a process that is not up; it must not be for ever. */
  const wait = (): void => {
    patience ??= setTimeout(() => {
      patience = null;
      if (port !== null) lose('timeout');
      giveUp();
    }, limits.startMs);
    patience.unref();
  };

  const dropPort = (): void => {
    const gone = port;
    port = null;
    up = false;
    gone?.close?.();
  };

  /**
   * A call that misses its limit has failed. One that dies is asked once more when others were answered
   * by that process before it: what they left behind may have killed it. Then it has failed too.
   */
  const lose = (reason: ImagingLost): void => {
    const last = running;
    const told = up ? reason : 'not-started';
    running = null;
    dropPort();
    if (last !== null) {
      clearTimeout(last.timer);
      const { job } = last;
      if (reason === 'timeout') job.settle(null, 'time');
      else if (job.again || answered === 0) job.settle(null, 'died');
      else {
        job.again = true;
        queue.putBack(job);
      }
    }
    if (queue.length > 0) wait();
    options.onLost?.(told);
  };

  const pump = (): void => {
    if (port === null || !up || running !== null) return;
    const job = queue.next();
    if (job === null) return;
    lastId += 1;
    const timer = setTimeout(() => lose('timeout'), limits.callMs[job.call]);
    running = { job, id: lastId, timer };
    port.postMessage({ ...job.request, id: lastId });
  };

  const hear = (message: unknown): void => {
    const parsed = imagingMessage.safeParse(payloadOf(message));
    if (!parsed.success) return lose('crashed');
    const said = parsed.data;
    if (said.kind === 'ready') {
      if (patience !== null) clearTimeout(patience);
      patience = null;
      up = true;
      hopeless = false;
      engine = said.engine;
      tellReady(engine);
      return pump();
    }
    if (running?.id !== said.id) return;
    const result = imagingReplies[running.job.call].safeParse(said.result);
    if (!result.success) return lose('crashed');
    const { job, timer } = running;
    clearTimeout(timer);
    running = null;
    answered += 1;
    job.settle(result.data, null);
    if (said.rss > limits.rss) return lose('memory');
    pump();
  };

  /** The answer's shape was checked by `imagingReplies` for this very call. */
  const ask = <T>(
    request: Unnumbered<ImagingRequest>,
    urgency: Urgency,
    otherwise: (failure: Failure) => T,
  ): Promise<T> =>
    new Promise((resolve) => {
      if (ended || hopeless) return resolve(otherwise('not-running'));
      const settle: Job['settle'] = (result, failure) =>
        resolve(failure === null ? (result as T) : otherwise(failure));
      queue.add({ call: request.call, urgency, request, settle, again: false });
      if (!up) wait();
      pump();
    });

  const failed = (failure: Failure) => ({ ok: false, failure }) as const;
  const unreadable = { ok: false, problem: 'unreadable', width: null, height: null } as const;
  // A copy in memory of its own: a view of a shared pool would carry its neighbours along.
  const own = (bytes: Uint8Array) => new Uint8Array(bytes);

  return {
    engine: () => engine,
    whenReady: () =>
      new Promise((resolve) => {
        if (engine !== null || ended || hopeless) return resolve(engine);
        readied.add(resolve);
        wait();
      }),
    probe: (bytes, mime, urgency) =>
      ask<PictureVerdict | null>({ call: 'probe', bytes: own(bytes), mime }, urgency, (failure) =>
        failure === 'not-running' ? null : unreadable,
      ),
    measurePortrait: (bytes, urgency) =>
      ask({ call: 'portrait', bytes: own(bytes) }, urgency, failed),
    measureSignature: (bytes, urgency) =>
      ask({ call: 'signature', bytes: own(bytes) }, urgency, failed),
    compareFaces: (one, other, urgency) =>
      ask({ call: 'faces', bytes: own(one), other: own(other) }, urgency, failed),
    render: (bytes, request) => ask({ call: 'render', bytes: own(bytes), request }, 'now', failed),
    attach(next) {
      if (running !== null) {
        clearTimeout(running.timer);
        queue.putBack(running.job);
        running = null;
      }
      dropPort();
      port = next;
      up = false;
      answered = 0;
      next.on('message', (message) => {
        if (port === next) hear(message);
      });
      next.on('close', () => {
        if (port === next) lose('crashed');
      });
      next.start?.();
      wait();
    },
    detach() {
      ended = true;
      dropPort();
      if (patience !== null) clearTimeout(patience);
      patience = null;
      if (running !== null) {
        clearTimeout(running.timer);
        running.job.settle(null, 'not-running');
        running = null;
      }
      giveUp();
    },
  };
}
