// A scripted bridge: answers channels from the fixtures after a short wait, as the core would.
import type { Bridge } from '../../../src/shared/contract/channels.ts';
import { answersR1 } from './fixtures/answers-r1.ts';
import { answersR2 } from './fixtures/answers-r2.ts';
import { answersBatch } from './fixtures/batch.ts';
import { answersRegister } from './fixtures/register.ts';
import { answersServices } from './fixtures/services.ts';
import { answersStock } from './fixtures/stock.ts';
import { answersUpdates } from './fixtures/updates.ts';
import { listeners } from './pushes.ts';

const answers: Record<string, ((request: never) => unknown) | undefined> = {
  ...answersR1,
  ...answersR2,
  ...answersRegister,
  ...answersServices,
  ...answersBatch,
  ...answersStock,
  ...answersUpdates,
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
