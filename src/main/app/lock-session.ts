// Lock, unlock and log-out: nothing of a case answers while the screen is locked.
import type { RefusalOf } from '../../shared/contract/channels.ts';
import type { LOCK_REASONS, SessionDto } from '../../shared/contract/session.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { journal, type Desk, type OpenDesk } from './desk.ts';
import { prove } from './log-in.ts';
import { readSession } from './read-session.ts';

const tell = (desk: Desk): SessionDto => {
  const session = readSession(desk);
  desk.deps.push({ topic: 'session', session });
  return session;
};

/** Locks at once; a second reason does not replace the first. */
export function lock(desk: Desk, because: (typeof LOCK_REASONS)[number]): SessionDto {
  const { session } = desk;
  if (session !== null && session.locked === null) {
    session.locked = because;
    journal(desk as OpenDesk, 'locked', null, { because });
  }
  return tell(desk);
}

/** The same key and its PIN again; with the line there, a new session at the node comes with it. */
export async function unlock(
  desk: Desk,
  pin: string,
): Promise<Result<SessionDto, RefusalOf<'session.unlock'>>> {
  const { session } = desk;
  if (session === null) return no('signed-out');
  const proved = await prove(desk, session.key, pin);
  if (!proved.ok) {
    journal(desk as OpenDesk, 'log-in-refused', null, { code: proved.refusal.code, unlock: true });
    // A node that refuses a session does not keep the officer from the own cache.
    if (!isNodeRefusal(proved.refusal.code))
      return no(proved.refusal.code as 'pin-incorrect', proved.refusal.params);
  } else if (proved.value !== null) {
    desk.deps.node.useSession(proved.value.token);
    session.officer = proved.value.officer;
    session.config = proved.value.config;
  }
  session.locked = null;
  journal(desk as OpenDesk, 'unlocked', null, {});
  desk.wake();
  return ok(tell(desk));
}

const isNodeRefusal = (code: string): boolean =>
  [
    'officer-unknown',
    'certificate-refused',
    'node-untrusted',
    'node-malformed',
    'forbidden',
  ].includes(code);

/** Closes the cache; what is signed and unsent stays in it and is counted on the log-in screen. */
export function logOut(desk: Desk): SessionDto {
  const { session } = desk;
  if (session !== null) {
    journal(desk as OpenDesk, 'log-out', null, {});
    desk.deps.vault.setUnsent(session.cacheFile, session.store.outbox.counts().waiting);
    desk.session = null;
    desk.deps.node.useSession(null);
    session.store.close();
    desk.line.state = 'unknown';
    desk.line.because = null;
    desk.line.syncing = null;
  }
  return tell(desk);
}
