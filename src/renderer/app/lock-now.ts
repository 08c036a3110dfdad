// Locks the screen at once: the lock key and the button on the top line do the same.
import { call } from '../shared/bridge.ts';
import { allKept } from '../shared/state/keep.ts';
import { setSession } from '../shared/state/session.ts';

export const lockNow = async (): Promise<void> => {
  await allKept();
  const answer = await call('session.lock', {});
  if (answer.ok) setSession(answer.value);
};
