// Opens the closed cache again behind the lock, and brings what went on meanwhile into it.
import { workingCalendar } from '../domain/calendar.ts';
import { wholeConfig } from '../domain/kept-config.ts';
import type { Store } from '../ports/store.ts';
import { sweepDrafts } from './case-draft.ts';
import { record } from './case-record.ts';
import { journal, type AsleepSession, type Desk, type OpenDesk, type OpenSession } from './desk.ts';
import { seeClock } from './keep-asleep.ts';
import type { NodeSession } from './log-in.ts';
import { recoverAfterCrash } from './recover.ts';
import { takeBeats } from './watch-services.ts';

/**
 * The desk is open again, and unlocked. `session`: what the node answered, null without a line.
 * @throws when the cache has lost its officer; then it is closed and the desk sleeps on.
 */
export function wakeUp(
  desk: Desk,
  asleep: AsleepSession,
  store: Store,
  entered: NodeSession | null,
): void {
  const officer = entered?.officer ?? store.meta.find('officer');
  const known = entered?.config ?? store.meta.find('config');
  if (officer === null || known === null) {
    store.close();
    throw new Error('the cache has no officer');
  }
  const config = wholeConfig(known);
  seeClock(desk);
  const session: OpenSession = {
    store,
    cacheFile: asleep.cacheFile,
    officer,
    config,
    calendar: workingCalendar(config.calendars),
    key: asleep.key,
    openedAt: desk.deps.clock.now(),
    locked: null,
  };
  Object.assign(desk, { session, asleep: null });
  try {
    enterAgain(desk as OpenDesk, asleep, entered);
  } catch (error) {
    // A full disk: nobody works on a cache that cannot be written; locked it stays.
    Object.assign(desk, { session: null, asleep });
    store.close();
    throw error;
  }
  desk.deps.files.clearForJournal(); // only now are the rows safe in the cache
  desk.deps.log('cache-opened', {});
}

function enterAgain(desk: OpenDesk, asleep: AsleepSession, entered: NodeSession | null): void {
  const { store } = desk.session;
  store.transaction(() => {
    if (entered !== null) {
      store.meta.set('officer', entered.officer);
      store.meta.set('config', entered.config);
    }
    for (const row of desk.deps.files.readForJournal()) store.journal.append(row);
    recoverAfterCrash(desk);
    takeClock(desk, asleep);
    takeClaims(desk, asleep);
    takeBeats(desk, asleep.beats);
    sweepDrafts(desk);
    journal(desk, 'unlocked', null, { reopened: true });
  });
}

/** Hours behind the lock were seen: a clock put back meanwhile went back (issue leases, ADR 0025). */
function takeClock({ session }: OpenDesk, { highestMs, driftMs }: AsleepSession): void {
  if (!session.officer.roles.includes('issuer')) return;
  const seen = session.store.meta.find('clockSeen');
  if (highestMs > (seen?.highestMs ?? 0))
    session.store.meta.set('clockSeen', { highestMs, driftMs });
}

/** The answers of the node to renewals; one about an older claim changes nothing. */
function takeClaims(desk: OpenDesk, { claims }: AsleepSession): void {
  const { cases } = desk.session.store;
  for (const { applicationId, lease, changed, lapsed } of claims) {
    if (!changed && !lapsed) continue;
    const stored = cases.find(applicationId);
    if (stored?.state.lease?.leaseId !== lease.leaseId) continue;
    if (!lapsed) record(desk, stored, { type: 'claim-renewed', lease });
    else if (record(desk, stored, { type: 'claim-lapsed' }) !== null)
      journal(desk, 'released', stored.dossier.ticket, { lapsed: true });
  }
}
