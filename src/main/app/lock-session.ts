// Lock, unlock and log-out: nothing of a case answers while the screen is locked, and the cache is closed.
import { NODE_REFUSALS } from '../../shared/central/messages.ts';
import type { RefusalOf } from '../../shared/contract/channels.ts';
import type { LOCK_REASONS, SessionDto } from '../../shared/contract/session.ts';
import { no, ok, type No, type Result } from '../../shared/kernel/result.ts';
import { workingCalendar } from '../domain/calendar.ts';
import { batchForgotten } from './batch-desk.ts';
import { journal, nowText, type Desk, type OpenDesk, type SessionKey } from './desk.ts';
import { keyFault } from './key-standing.ts';
import { prove, refusedLogIn, worksHere, type NodeSession } from './log-in.ts';
import { openCache, type Secrets } from './open-cache.ts';
import { readSession } from './read-session.ts';
import { whileThere } from './token-stays.ts';
import { wakeUp } from './wake-up.ts';

const tell = (desk: Desk): SessionDto => {
  const session = readSession(desk);
  desk.deps.push({ topic: 'session', session });
  return session;
};

/** A full disk keeps no screen open, no officer logged in, and does not hide that a PIN was wrong. */
function onDisk(desk: Desk, keep: () => void): void {
  try {
    keep();
  } catch (error) {
    desk.deps.log('lock-not-journaled', { kind: error instanceof Error ? error.name : '?' });
  }
}

/** Locks at once; a second reason does not replace the first. */
export function lock(desk: Desk, because: (typeof LOCK_REASONS)[number]): SessionDto {
  const { session } = desk;
  if (session !== null && session.locked === null) {
    session.locked = because;
    desk.deps.token.renew(); // no log-in and no PIN outlives the lock
    desk.deps.camera.close();
    desk.rendered.clear();
    onDisk(desk, () => journal(desk as OpenDesk, 'locked', null, { because }));
    desk.wake(); // the loop closes the cache as soon as nothing needs it
  }
  return tell(desk);
}

/**
 * The same key and its PIN again; with the line there, a new session at the node comes with it. A cache that
 * was closed behind the lock is opened as at the log-in.
 */
export async function unlock(
  desk: Desk,
  secrets: Secrets,
): Promise<Result<SessionDto, RefusalOf<'session.unlock'>>> {
  const before = desk.session ?? desk.asleep;
  if (before === null) return no('signed-out');
  const required = desk.deps.updates.required();
  // A session that was open on the hard date goes on until its time is over.
  if (
    required !== null &&
    (before.locked === 'update-required' || before.locked === 'session-too-long')
  )
    return no('update-required', { version: required });
  const fault = keyFault(desk, before.key.certificate);
  if (fault !== null) {
    refusedUnlock(desk, 'key-unusable');
    return no('key-unusable', { reason: fault });
  }
  return whileThere(desk, before.key, (gone) => proveAndOpen(desk, before.key, secrets, gone));
}

async function proveAndOpen(
  desk: Desk,
  key: SessionKey,
  secrets: Secrets,
  gone: () => boolean,
): Promise<Result<SessionDto, RefusalOf<'session.unlock'>>> {
  const proved = await prove(desk, key, secrets.pin);
  if ((desk.session ?? desk.asleep)?.key !== key) return no('signed-out');
  if (!proved.ok) {
    refusedUnlock(desk, proved.refusal.code);
    // The PIN is proved: a node that refuses a session does not keep the officer from the own cache.
    if (!isOfNode(proved.refusal.code))
      return no(proved.refusal.code as 'pin-incorrect', proved.refusal.params);
  }
  const entered = proved.ok ? proved.value : null;
  if (entered !== null && !worksHere(desk, entered.officer)) {
    refusedUnlock(desk, 'other-place');
    return no('other-place');
  }
  const opened = await opening(desk, key, secrets, entered, gone);
  if (!opened.ok) return opened;
  desk.wake();
  return ok(tell(desk));
}

/** While the PIN was proved the cache may have been closed, or the officer logged out. */
async function opening(
  desk: Desk,
  key: SessionKey,
  secrets: Secrets,
  entered: NodeSession | null,
  gone: () => boolean,
): Promise<Result<null, RefusalOf<'session.unlock'>>> {
  const { asleep } = desk;
  if (asleep !== null) {
    const opened = await openCache(desk, key, secrets, false);
    if (desk.asleep !== asleep || gone()) {
      if (opened.ok) opened.value.store.close();
      if (desk.asleep === asleep) return tokenGone(desk);
      return desk.session?.key === key ? ok(null) : no('signed-out');
    }
    if (!opened.ok) {
      const { code } = opened.refusal;
      refusedUnlock(desk, code);
      // Nobody makes a new cache behind a lock.
      return no(code === 'line-dead-first-log-in' ? 'cache-damaged' : code);
    }
    if (entered !== null) desk.deps.node.useSession(entered.token);
    wakeUp(desk, asleep, opened.value.store, entered);
    return ok(null);
  }
  const { session } = desk;
  if (session === null) return no('signed-out');
  if (gone()) return tokenGone(desk);
  if (entered !== null) {
    desk.deps.node.useSession(entered.token);
    session.officer = entered.officer;
    session.config = entered.config;
    session.calendar = workingCalendar(entered.config.calendars);
    session.store.meta.set('officer', session.officer);
    session.store.meta.set('config', session.config);
  }
  session.openedAt = desk.deps.clock.now();
  session.locked = null;
  journal(desk as OpenDesk, 'unlocked', null, {});
  return ok(null);
}

/** The PIN was right, and then the token was pulled out: who has gone opens no desk. */
function tokenGone(desk: Desk): No<'token-absent'> {
  refusedUnlock(desk, 'token-absent');
  return no('token-absent');
}

/** Into the journal, or beside it while the cache is closed. */
function refusedUnlock(desk: Desk, code: string): void {
  onDisk(desk, () =>
    desk.session === null
      ? refusedLogIn(desk, code, { unlock: true })
      : journal(desk as OpenDesk, 'log-in-refused', null, { code, unlock: true }),
  );
}

const isOfNode = (code: string): boolean =>
  (NODE_REFUSALS as readonly string[]).includes(code) ||
  code === 'node-untrusted' ||
  code === 'node-malformed';

/** Closes the cache; what is signed and unsent stays in it and is counted on the log-in screen. */
export function logOut(desk: Desk): SessionDto {
  const { session, asleep } = desk;
  if (session === null && asleep === null) return tell(desk);
  onDisk(desk, () => {
    if (session === null) return keepLogOut(desk);
    journal(desk as OpenDesk, 'log-out', null, {});
    desk.deps.vault.setUnsent(session.cacheFile, session.store.outbox.counts().waiting);
  });
  desk.session = null;
  desk.asleep = null;
  desk.deps.camera.close();
  desk.rendered.clear();
  desk.deps.token.renew();
  void desk.deps.node.closeSession(); // the token of the session is worth nothing from now on
  desk.deps.node.useSession(null);
  session?.store.close();
  batchForgotten(desk);
  desk.line.state = 'unknown';
  desk.line.because = null;
  desk.line.syncing = null;
  return tell(desk);
}

/** Behind a closed cache the row waits in the station's file until one opens. */
function keepLogOut(desk: Desk): void {
  desk.deps.files.keepForJournal({
    at: nowText(desk),
    officer: '',
    kind: 'log-out',
    ticket: null,
    details: { behindLock: true },
  });
}
