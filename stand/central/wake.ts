// Wake-ups of the long polls: whoever changed the feed calls, everybody who waits looks again.

export interface Wake {
  call(): void;
  /** Resolves at the next call, after `ms`, or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Lets all go and never holds anybody again. */
  close(): void;
}

export function createWake(): Wake {
  const waiting = new Set<() => void>();
  let closed = false;
  const call = () => {
    for (const go of [...waiting]) go();
  };
  return {
    call,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (closed || signal.aborted) return resolve();
        const go = () => {
          waiting.delete(go);
          clearTimeout(timer);
          signal.removeEventListener('abort', go);
          resolve();
        };
        const timer = setTimeout(go, ms);
        waiting.add(go);
        signal.addEventListener('abort', go);
      }),
    close() {
      closed = true;
      call();
    },
  };
}
