// What goes on while the cache is closed, in memory alone: claims are made longer, services asked, the clock seen.
import { MOST_PROBES } from '../../shared/central/services.ts';
import { isPassing, leaseOf, renewalDue } from './claim-case.ts';
import { noteLine, type AsleepSession, type Beat, type Desk, type ToldProbe } from './desk.ts';
import { askServices, isQuiet } from './watch-services.ts';

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

/** A day at the usual beat; behind a longer lock the oldest go first. */
const MOST_BEATS = 24 * MOST_PROBES;

/** The watch over outside services goes on; it is judged when the cache opens again. */
export async function watchAsleep(desk: Desk): Promise<void> {
  const { asleep } = desk;
  if (asleep === null) return;
  const beat = await askServices(desk, asleep.services);
  if (desk.asleep !== asleep) return;
  const { beats } = asleep;
  beats.push({ ...beat, told: newsOf(beat, asleep.toldAt) });
  if (beats.length <= MOST_PROBES) return;
  // Nothing is learnt of an answer between answers; one after a failure ends an outage and stays.
  const idle = beats.findIndex((each, i) => i > 0 && isQuiet(each) && isQuiet(beats[i - 1]!));
  if (idle > 0 && idle < beats.length - 1) beats.splice(idle, 1);
  else if (beats.length > MOST_BEATS) beats.shift();
}

/**
 * The node tells its newest hour each time: what an earlier beat has is not kept again. One whose clock was
 * put back is heard from its newest on.
 */
function newsOf({ told }: Beat, toldAt: AsleepSession['toldAt']): readonly ToldProbe[] {
  const newest = new Map(told.map(({ code, probe }) => [code, probe.at])); // oldest first: the last stays
  const news = told.filter(({ code, probe }) => {
    const before = toldAt.get(code) ?? '';
    return probe.at > before || (newest.get(code) ?? '') < before;
  });
  for (const [code, at] of newest) toldAt.set(code, at);
  return news;
}
