// Behind the lock: what still needs the cache, and its closing when nothing does (ADR 0030).
import { batchForgotten } from './batch-desk.ts';
import type { AsleepSession, OpenDesk } from './desk.ts';
import { nowText } from './desk.ts';
import { dropIntent } from './drop-intent.ts';
import { readClock, saidAt } from './lease-clock.ts';
import { readSession } from './read-session.ts';

/**
 * Why the cache has to stay open behind the lock: signed acts the node has not answered, or claims of cards
 * given up here that the node has not heard of. Both are promises that only this cache knows.
 */
export function stillNeeded({
  session: { store },
}: OpenDesk): 'acts-wait' | 'claims-return' | null {
  if (store.outbox.counts().waiting > 0) return 'acts-wait';
  return store.leases.dropped().length > 0 ? 'claims-return' : null;
}

/** Closes the cache of a locked session at once. Nothing may be working on it. */
export function fallAsleep(desk: OpenDesk): void {
  const { session, deps } = desk;
  const { store, config, locked, cacheFile, key } = session;
  if (locked === null) throw new Error('an open desk does not fall asleep');
  try {
    store.transaction(() => {
      dropIntents(desk);
      if (session.officer.roles.includes('issuer')) readClock(desk);
    });
    deps.vault.setUnsent(cacheFile, 0);
  } catch (error) {
    // A full disk does not keep the cache open: intents are dropped at the unlocking, the clock is in `asleep`.
    deps.log('cache-closing-not-kept', { kind: error instanceof Error ? error.name : '?' });
  }
  const seen = store.meta.find('clockSeen');
  const asleep: AsleepSession = {
    cacheFile,
    key,
    locked,
    shown: readSession(desk),
    claims: claimsOf(desk),
    leaseMinutes: config.leaseMinutes,
    services: config.outsideServices,
    beats: [],
    toldAt: new Map(),
    highestMs: Math.max(seen?.highestMs ?? 0, Date.parse(saidAt(desk))),
    driftMs: seen?.driftMs ?? null,
  };
  batchForgotten(desk);
  Object.assign(desk, { session: null, asleep });
  store.close();
  deps.log('cache-closed', { because: locked });
}

/** The window that showed them is gone: a statement nobody can see any more is never signed. */
function dropIntents(desk: OpenDesk): void {
  const { outbox, cases } = desk.session.store;
  for (const { id, state, applicationId } of outbox.open()) {
    if (state !== 'intended') continue;
    const stored = cases.find(applicationId);
    if (stored?.state.intent?.actId === id) dropIntent(desk, stored, id);
    else outbox.update(id, { state: 'dropped', stateAt: nowText(desk) });
  }
}

/** Those the sync rounds make longer; cards of an issue lease grow older with it and wait for the officer. */
function claimsOf({ session: { store } }: OpenDesk): AsleepSession['claims'] {
  return store.cases.held().flatMap((applicationId) => {
    const lease = store.cases.find(applicationId)?.state.lease ?? null;
    if (lease === null || store.leases.find(applicationId)?.leaseId === lease.leaseId) return [];
    return [{ applicationId, lease, changed: false, lapsed: false }];
  });
}
