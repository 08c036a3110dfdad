// While a PIN opens a desk the node is asked as well, for seconds: a token taken away in that time opens nothing.
import type { Desk, SessionKey } from './desk.ts';

/**
 * Runs `work`; `gone` answers whether the token of this key was removed since. Without a session to lock,
 * nobody else listens to that.
 */
export async function whileThere<T>(
  { deps }: Desk,
  { moduleId, serial }: Pick<SessionKey, 'moduleId' | 'serial'>,
  work: (gone: () => boolean) => Promise<T>,
): Promise<T> {
  let removed = false;
  const end = deps.token.onPresence((event) => {
    removed ||=
      event.type === 'removed' &&
      event.token.moduleId === moduleId &&
      event.token.serial === serial;
  });
  try {
    return await work(() => removed);
  } finally {
    end();
  }
}
