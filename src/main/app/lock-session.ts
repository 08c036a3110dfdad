// Lock, unlock and log-out: nothing of a case answers while the screen is locked.
import { NODE_REFUSALS } from '../../shared/central/messages.ts';
import type { RefusalOf } from '../../shared/contract/channels.ts';
import type { LOCK_REASONS, SessionDto } from '../../shared/contract/session.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { workingCalendar } from '../domain/calendar.ts';
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
    desk.deps.token.renew(); // no log-in and no PIN outlives the lock
    desk.deps.camera.close();
    desk.rendered.clear();
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
  const required = desk.deps.updates.required();
  // A session that was open on the hard date goes on until its time is over.
  if (
    required !== null &&
    (session.locked === 'update-required' || session.locked === 'session-too-long')
  )
    return no('update-required', { version: required });
  const proved = await prove(desk, session.key, pin);
  if (!proved.ok) {
    journal(desk as OpenDesk, 'log-in-refused', null, { code: proved.refusal.code, unlock: true });
    // The PIN is proved: a node that refuses a session does not keep the officer from the own cache.
    if (!isOfNode(proved.refusal.code))
      return no(proved.refusal.code as 'pin-incorrect', proved.refusal.params);
  } else if (proved.value !== null) {
    desk.deps.node.useSession(proved.value.token);
    session.officer = proved.value.officer;
    session.config = proved.value.config;
    session.calendar = workingCalendar(proved.value.config.calendars);
    session.store.meta.set('officer', session.officer);
    session.store.meta.set('config', session.config);
  }
  session.openedAt = desk.deps.clock.now();
  session.locked = null;
  journal(desk as OpenDesk, 'unlocked', null, {});
  desk.wake();
  return ok(tell(desk));
}

const isOfNode = (code: string): boolean =>
  (NODE_REFUSALS as readonly string[]).includes(code) ||
  code === 'node-untrusted' ||
  code === 'node-malformed';

/** Closes the cache; what is signed and unsent stays in it and is counted on the log-in screen. */
export function logOut(desk: Desk): SessionDto {
  const { session } = desk;
  if (session !== null) {
    journal(desk as OpenDesk, 'log-out', null, {});
    desk.deps.vault.setUnsent(session.cacheFile, session.store.outbox.counts().waiting);
    desk.session = null;
    desk.deps.camera.close();
    desk.rendered.clear();
    desk.deps.token.renew();
    void desk.deps.node.closeSession(); // the token of the session is worth nothing from now on
    desk.deps.node.useSession(null);
    session.store.close();
    desk.line.state = 'unknown';
    desk.line.because = null;
    desk.line.syncing = null;
  }
  return tell(desk);
}
