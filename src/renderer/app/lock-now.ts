// Locks the screen at once: the lock key and the button on the top line do the same.
import { call } from '../shared/bridge.ts';
import { setSession } from '../shared/state/session.ts';

export const lockNow = async (): Promise<void> => {
  const answer = await call('session.lock', {});
  if (answer.ok) setSession(answer.value);
};
