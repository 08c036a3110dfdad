// When a failure of an outside service is an outage of cl. 12: judged from probes alone, a gap proves nothing.
import {
  PROBE_LIMIT_MS,
  type OutsideServices,
  type ServiceProbe,
} from '../../shared/central/services.ts';

export interface WatchRule {
  readonly thresholdMs: number;
  /** Longer between two probes and nobody was watching: the time starts anew. */
  readonly gapMs: number;
}

export const watchRule = (given: OutsideServices): WatchRule => ({
  thresholdMs: given.thresholdMinutes * 60_000,
  gapMs: given.probeSeconds * 3_000 + PROBE_LIMIT_MS,
});

/**
 * What one watcher's probes prove. `silent`: no probe, or none of late. `failing`: every probe from
 * `since` to `until` failed, none of them further apart than a gap.
 */
export type Seen =
  | { readonly state: 'silent' }
  | { readonly state: 'up'; readonly at: string }
  | {
      readonly state: 'failing';
      readonly since: string;
      readonly until: string;
      readonly probes: number;
    };

const ms = (at: string): number => Date.parse(at);

/** The unbroken run of failures at the end of `probes` (in order of time); empty after an answer. */
export function failingRun(probes: readonly ServiceProbe[], rule: WatchRule): ServiceProbe[] {
  const run: ServiceProbe[] = [];
  for (const probe of probes.toReversed()) {
    const next = run[0];
    if (probe.ok || (next !== undefined && ms(next.at) - ms(probe.at) > rule.gapMs)) break;
    run.unshift(probe);
  }
  return run;
}

/** `probes` in order of time; those from the future (a clock set back) prove nothing. */
export function seenFrom(probes: readonly ServiceProbe[], now: number, rule: WatchRule): Seen {
  const past = probes.filter(({ at }) => ms(at) <= now + rule.gapMs);
  const last = past.at(-1);
  if (last === undefined || now - ms(last.at) > rule.gapMs) return { state: 'silent' };
  if (last.ok) return { state: 'up', at: last.at };
  const run = failingRun(past, rule);
  return { state: 'failing', since: run[0]?.at ?? last.at, until: last.at, probes: run.length };
}

export type By = 'own' | 'node' | 'both';
/** `disputed`: the other watcher is answered. `cut-off`: this station reaches nothing, the node neither. */
export type Doubt = 'disputed' | 'cut-off' | 'one-probe';

export interface Judged {
  readonly state: 'unknown' | 'up' | 'failing' | 'outage';
  /** Of the failure: the first failed probe. */
  readonly since: string | null;
  readonly by: By | null;
  /** Why a failure is not counted as the service's own. */
  readonly doubt: Doubt | null;
}

const isFailing = (seen: Seen): seen is Extract<Seen, { state: 'failing' }> =>
  seen.state === 'failing';
const lasted = (seen: Extract<Seen, { state: 'failing' }>): number =>
  ms(seen.until) - ms(seen.since);

/** Who failed more than once in a row; where nobody did, who failed at all. */
function byOf(own: Seen, node: Seen): By | null {
  for (const least of [2, 1]) {
    const [a, b] = [own, node].map((seen) => isFailing(seen) && seen.probes >= least);
    if (a === true || b === true) return a !== b ? (a === true ? 'own' : 'node') : 'both';
  }
  return null;
}

const earliest = (runs: readonly { readonly since: string }[]): string | null =>
  runs.map(({ since }) => since).sort()[0] ?? null;

/**
 * A failure of more than the threshold, proved by probes from end to end. It must lie with the service
 * (cl. 12: "по причинам, связанным с работой систем"): what another watcher reaches just now, or what a
 * station misses that reaches nothing at all, is a failure of a network between.
 */
export function judge(own: Seen, node: Seen, cutOff: boolean, rule: WatchRule): Judged {
  const runs = [own, node].filter(isFailing);
  const up = own.state === 'up' || node.state === 'up';
  if (runs.length === 0)
    return { state: up ? 'up' : 'unknown', since: null, by: null, doubt: null };
  const lost = cutOff && !isFailing(node);
  const long = runs.filter((run) => lasted(run) > rule.thresholdMs);
  const by = byOf(own, node);
  const since = earliest(long.length > 0 ? long : runs);
  if (up || lost) return { state: 'failing', since, by, doubt: up ? 'disputed' : 'cut-off' };
  // A single lost packet is no failure yet; the time is counted from it all the same.
  if (runs.every(({ probes }) => probes < 2))
    return { state: 'failing', since, by, doubt: 'one-probe' };
  return { state: long.length > 0 ? 'outage' : 'failing', since, by, doubt: null };
}

/** True when nothing answers here: every service asked from this station failed, and the node is not reached. */
export const isCutOff = (lineDead: boolean, own: readonly Seen[]): boolean =>
  lineDead && own.every((seen) => seen.state !== 'up');

/** An outage that was recorded and not ended. */
export interface OpenOutage {
  readonly since: string;
  /** The last probe that proved it. */
  readonly until: string;
}

export type OutageStep =
  | { readonly step: 'goes-on'; readonly until: string }
  /** `answered`: a probe succeeded at `at`. `unwatched`: nobody watched after `at`. */
  | { readonly step: 'ends'; readonly how: 'answered' | 'unwatched'; readonly at: string }
  | { readonly step: 'waits' };

/**
 * What the newest probes make of an outage on record. Probes of a station that is cut off prove nothing
 * more of the service: it may have answered everybody else meanwhile.
 */
export function nextOfOutage(
  open: OpenOutage,
  own: Seen,
  node: Seen,
  cutOff: boolean,
  rule: WatchRule,
): OutageStep {
  const answers = [own, node].flatMap((seen) => (seen.state === 'up' ? [seen.at] : []));
  const answered = answers.sort()[0];
  if (answered !== undefined) return { step: 'ends', how: 'answered', at: answered };
  const runs = (cutOff ? [node] : [own, node]).filter(isFailing);
  if (runs.length === 0) return { step: 'waits' };
  const joined = runs.filter(({ since }) => ms(since) - ms(open.until) <= rule.gapMs);
  if (joined.length === 0) return { step: 'ends', how: 'unwatched', at: open.until };
  const until =
    joined
      .map((run) => run.until)
      .sort()
      .at(-1) ?? open.until;
  return { step: 'goes-on', until: until > open.until ? until : open.until };
}
