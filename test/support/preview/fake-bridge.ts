// A scripted bridge: answers channels from the fixtures after a short wait, as the core would.
import type { Bridge, Push } from '../../../src/shared/contract/channels.ts';
import { answersR1 } from './fixtures/answers-r1.ts';
import { answersR2 } from './fixtures/answers-r2.ts';

const listeners = new Set<(message: Push) => void>();
let revision = 0;

/** Pushes to the screens, for fixtures that change something. */
export function pushAll(make: (revision: number) => Push): void {
  revision += 1;
  const message = make(revision);
  for (const listener of listeners) listener(message);
}

const answers: Record<string, ((request: never) => unknown) | undefined> = {
  ...answersR1,
  ...answersR2,
};

export const fakeBridge: Bridge = {
  async call(name, request) {
    await new Promise((done) => setTimeout(done, 8));
    const answer = answers[name];
    if (answer === undefined) return { ok: false, refusal: { code: 'incident' } } as never;
    return (await answer(request as never)) as never;
  },
  on(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
