// The time leases are judged by: our clock corrected by the node's, and never one that went back.
import type { Lease } from '../domain/case-facts.ts';
import {
  handOverBar,
  trustedClock,
  type HandOverBar,
  type TrustedClock,
} from '../domain/issue-lease.ts';
import { journal, type OpenDesk } from './desk.ts';

/** Reads the clock and keeps the latest time seen. Call inside a transaction. */
export function readClock(desk: OpenDesk): TrustedClock {
  const { meta } = desk.session.store;
  const kept = meta.find('clockSeen');
  const driftMs = desk.deps.node.clockDriftMs() ?? kept?.driftMs ?? null;
  const highestMs = kept?.highestMs ?? null;
  const clock = trustedClock({ nowMs: desk.deps.clock.now().getTime(), driftMs, highestMs });
  if (clock.ok && clock.nowMs > (highestMs ?? 0))
    meta.set('clockSeen', { highestMs: clock.nowMs, driftMs });
  return clock;
}

const NOTED_MS = 60_000;

/** Each round, also with a dead line: hours in which nobody opened a card are seen as well. */
export function noteClock(desk: OpenDesk): void {
  const { store, officer } = desk.session;
  if (!officer.roles.includes('issuer')) return;
  const kept = store.meta.find('clockSeen');
  const driftMs = desk.deps.node.clockDriftMs() ?? kept?.driftMs ?? 0;
  const ahead = desk.deps.clock.now().getTime() + driftMs - (kept?.highestMs ?? 0);
  if (ahead > NOTED_MS) store.transaction(() => readClock(desk));
}

/**
 * What a statement about a card says of its time: our clock by the node's, which holds it against its own.
 * By ours alone a card would be handed over and the act refused wherever the clocks differ by minutes.
 */
export function saidAt(desk: OpenDesk): string {
  const kept = desk.session.store.meta.find('clockSeen');
  const driftMs = desk.deps.node.clockDriftMs() ?? kept?.driftMs ?? 0;
  return new Date(desk.deps.clock.now().getTime() + driftMs).toISOString();
}

/** The node answered just now: its clock is the truth, also where ours stood ahead before. */
export function setClock(desk: OpenDesk): void {
  const driftMs = desk.deps.node.clockDriftMs();
  if (driftMs === null) return;
  const highestMs = desk.deps.clock.now().getTime() + driftMs;
  desk.session.store.meta.set('clockSeen', { highestMs, driftMs });
}

/** Whether a hand-over may be prepared or signed under this claim. Call inside a transaction. */
export function barOf(desk: OpenDesk, lease: Lease, ticket: string | null): HandOverBar | null {
  const clock = readClock(desk);
  if (!clock.ok)
    journal(desk, 'clock-went-back', ticket, { minutes: Math.round(clock.behindMs / 60_000) });
  return handOverBar(lease, clock);
}
