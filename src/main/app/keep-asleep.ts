// What goes on while the cache is closed, in memory alone: claims are made longer, services asked, the clock seen.
import { MOST_PROBES } from '../../shared/central/services.ts';
import { isPassing, leaseOf, renewalDue } from './claim-case.ts';
import { noteLine, type Desk } from './desk.ts';
import { probeOwn } from './watch-services.ts';

/** The latest time by the node's clock: one that is put back behind the lock is found at the counter. */
export function seeClock({ asleep, deps }: Desk): void {
  if (asleep === null) return;
  asleep.driftMs = deps.node.clockDriftMs() ?? asleep.driftMs;
  const now = deps.clock.now().getTime() + (asleep.driftMs ?? 0);
  asleep.highestMs = Math.max(asleep.highestMs, now);
}

/** As the rounds do with the cache open: an officer at lunch does not lose the case he works on. */
export async function keepClaims(desk: Desk): Promise<void> {
  const { asleep, deps } = desk;
  if (asleep === null || !deps.node.hasSession()) return;
  for (const claim of asleep.claims) {
    const now = deps.clock.now().getTime() + (asleep.driftMs ?? 0);
    if (claim.lapsed || !renewalDue(claim.lease, asleep.leaseMinutes, now)) continue;
    const answer = await deps.node.renewClaim(claim.applicationId);
    if (desk.asleep !== asleep) return;
    noteLine(desk, answer.ok ? null : answer.failure);
    if (answer.ok) {
      claim.lease = leaseOf(answer.value);
      claim.changed = true;
    } else {
      if (answer.failure.kind !== 'refused' || isPassing(answer.failure.code)) return;
      claim.lapsed = true;
    }
  }
}

/** Own probes of outside services; they are judged when the cache opens again. */
export async function probeAsleep(desk: Desk): Promise<void> {
  const { asleep } = desk;
  if (asleep === null) return;
  const own = await probeOwn(desk, asleep.services);
  if (desk.asleep !== asleep) return;
  asleep.probes.push(...own);
  const most = MOST_PROBES * Math.max(1, asleep.services.services.length);
  if (asleep.probes.length > most) asleep.probes.splice(0, asleep.probes.length - most);
}
