// Sends what the officer does to the encrypted cache at once: one call on its way, of each thing only the newest waits.

const waiting = new Map<string, () => Promise<unknown>>();
let working: Promise<void> | null = null;

async function work(): Promise<void> {
  for (;;) {
    const next = waiting.entries().next().value;
    if (next === undefined) break;
    waiting.delete(next[0]);
    await next[1]();
  }
  working = null;
}

/** `send` must not throw; a younger one of the same name takes the place of one that waits. */
export function keepLater(name: string, send: () => Promise<unknown>): void {
  waiting.set(name, send);
  working ??= work();
}

const MOST_MS = 500;

/** Before the officer locks or leaves: the last words are in the cache, or the core does not answer. */
export async function allKept(): Promise<void> {
  if (working === null) return;
  await Promise.race([working, new Promise((done) => setTimeout(done, MOST_MS))]);
}
