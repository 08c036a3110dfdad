// The measuring process's side of the port: one answer for each call, each checked before it leaves.
import { payloadOf, type PortLike } from '../../../shared/kernel/port-like.ts';
import type { Imaging } from '../../ports/imaging.ts';
import {
  imagingReplies,
  imagingRequest,
  type ImagingMessage,
  type ImagingRequest,
} from './protocol.ts';

export interface ServeOptions {
  readonly imaging: Imaging;
  readonly port: PortLike;
  /** A call's answer does not fit the protocol: an engine's bug. Paths only, never values. */
  readonly onMisfit: (call: string, where: string) => void;
  /** A request does not fit: the process should end. */
  readonly onFault: (error: unknown) => void;
}

/** A picture that swells the process this far in one call must not push the machine into swapping. */
const HARD_RSS = 1_500_000_000;
const WATCH_MS = 250;

/** Starts serving and says that it is ready; returns the function that stops it. */
export function serveImaging({ imaging, port, onMisfit, onFault }: ServeOptions): () => void {
  const post = (message: ImagingMessage): void => port.postMessage(message);
  let stopped = false;

  const answer = (request: ImagingRequest): Promise<unknown> => {
    switch (request.call) {
      case 'probe':
        return imaging.probe(request.bytes, request.mime, 'now');
      case 'portrait':
        return imaging.measurePortrait(request.bytes, 'now');
      case 'signature':
        return imaging.measureSignature(request.bytes, 'now');
      case 'faces':
        return imaging.compareFaces(request.bytes, request.other, 'now');
      case 'render':
        return imaging.render(request.bytes, request.request);
    }
  };

  /** The answer as the core will take it; a misfit is told here, where its place can be seen. */
  const fitting = (call: ImagingRequest['call'], result: unknown): unknown => {
    const parsed = imagingReplies[call].safeParse(result);
    if (parsed.success) return parsed.data;
    onMisfit(call, parsed.error.issues.map(({ path }) => path.join('.')).join(' '));
    return call === 'probe'
      ? { ok: false, problem: 'unreadable', width: null, height: null }
      : { ok: false, failure: 'unreadable' };
  };

  port.on('message', (message) => {
    if (stopped) return;
    const parsed = imagingRequest.safeParse(payloadOf(message));
    if (!parsed.success)
      return onFault(new Error('a request of the core does not fit the protocol'));
    const { id, call } = parsed.data;
    answer(parsed.data)
      .then((result) => {
        if (stopped) return;
        post({ kind: 'reply', id, result: fitting(call, result), rss: process.memoryUsage.rss() });
      })
      .catch(onFault);
  });
  port.start?.();
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > HARD_RSS) onFault(new Error('too much memory'));
  }, WATCH_MS);
  post({ kind: 'ready', engine: imaging.engine() ?? 'none' });
  return () => {
    stopped = true;
    clearInterval(watch);
  };
}
