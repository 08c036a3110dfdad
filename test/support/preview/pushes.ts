// Pushes of the scripted bridge, for fixtures that change something.
import type { Push } from '../../../src/shared/contract/channels.ts';

export const listeners = new Set<(message: Push) => void>();
let revision = 0;

/** Sends one push with the next revision to every listening screen. */
export function pushAll(make: (revision: number) => Push): void {
  revision += 1;
  const message = make(revision);
  for (const listener of listeners) listener(message);
}
