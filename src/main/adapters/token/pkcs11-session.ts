// One short stay on a token: session, one log-in, work, log-out; nothing stays open behind it.
import { ckrOf } from './ckr.ts';
import type { Handle, LoadedModule, SlotToken } from './pkcs11-module.ts';

/**
 * Runs `work` in a session of its own and closes every session of the slot, whatever happened. While
 * a log-in is held, or when `work` begins to hold it, no session but the own one of a look is closed.
 */
export function inSession<T>(
  module: LoadedModule,
  token: SlotToken,
  work: (session: Handle) => T,
): T {
  const { api, p11 } = module;
  const beside = module.holds === true;
  // A stray session would keep an earlier log-in alive and C_Login would prove nothing.
  if (!beside) quietly(() => api.C_CloseAllSessions(token.slot));
  const session = api.C_OpenSession(token.slot, p11.CKF_SERIAL_SESSION);
  try {
    return work(session);
  } finally {
    if (beside) quietly(() => api.C_CloseSession(session));
    else if (module.holds !== true) endSession(module, token, session);
  }
}

/** Log-out; nothing stays open on the slot. */
export function endSession({ api }: LoadedModule, token: SlotToken, session: Handle): void {
  quietly(() => api.C_Logout(session));
  quietly(() => api.C_CloseSession(session));
  quietly(() => api.C_CloseAllSessions(token.slot));
}

const ALREADY_LOGGED_IN = 0x100;

/**
 * C_Login as the user. An "already logged in" answer does not look at the PIN, so it is no proof:
 * log out and ask once more; the PIN itself is never tried twice.
 */
export function logIn({ api, p11 }: LoadedModule, session: Handle, pin: string): void {
  try {
    api.C_Login(session, p11.CKU_USER, pin);
  } catch (error) {
    if (ckrOf(error) !== ALREADY_LOGGED_IN) throw error;
    api.C_Logout(session);
    api.C_Login(session, p11.CKU_USER, pin);
  }
}

/** Tidying on a token that may be gone: the first error is the one that matters. */
function quietly(step: () => void): void {
  try {
    step();
  } catch (error) {
    if (ckrOf(error) === null) throw error;
  }
}
