// The one door to the core: typed calls and pushes; nothing else touches window.kualik.
import type {
  Bridge,
  ChannelName,
  Push,
  ReplyOf,
  RequestOf,
  ResultOf,
} from '../../shared/contract/channels.ts';

declare global {
  interface Window {
    readonly kualik: Bridge;
  }
}

export type { ChannelName, Push, ReplyOf, RequestOf, ResultOf };

/** Any refusal as the screens show it: a code with the values its text needs. */
export interface AnyRefusal {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Asks the core; an expected "no" is a value. A broken bridge is told as the refusal `incident`. */
export async function call<N extends ChannelName>(
  name: N,
  request: RequestOf<N>,
): Promise<ResultOf<N>> {
  try {
    return await window.kualik.call(name, request);
  } catch {
    // A bug across the border must not leave the screen waiting for ever.
    return { ok: false, refusal: { code: 'incident', params: { number: '–' } } } as ResultOf<N>;
  }
}

const lastRevision = new Map<Push['topic'], number>();
const listeners = new Set<(message: Push) => void>();
let stop: (() => void) | null = null;

/** A gap in the revisions of `cases` means something was missed: read everything again (ids null). */
export function withoutGap(message: Push, previous: number | undefined): Push {
  const gap = previous !== undefined && message.revision > previous + 1;
  return gap && message.topic === 'cases' ? { ...message, ids: null } : message;
}

/** Subscribes to pushes; returns the way to stop. */
export function onPush(listener: (message: Push) => void): () => void {
  listeners.add(listener);
  stop ??= window.kualik.on((message) => {
    const known = withoutGap(message, lastRevision.get(message.topic));
    lastRevision.set(message.topic, message.revision);
    for (const each of [...listeners]) each(known);
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stop?.();
      stop = null;
    }
  };
}
