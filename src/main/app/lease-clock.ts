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
