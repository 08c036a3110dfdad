// What a counter may do under a claim or an issue lease: the clock it trusts, and how it settles with the node.
import type { Lease } from './case-facts.ts';

/** A clock put back further than this is not trusted: time that is over must stay over. */
export const CLOCK_SLACK_MS = 2 * 60_000;

export interface ClockReading {
  readonly nowMs: number;
  /** Node's clock minus ours: of this run, else as kept; null = never known. */
  readonly driftMs: number | null;
  /** Latest corrected time ever seen at this cache; null = none. */
  readonly highestMs: number | null;
}

export type TrustedClock =
  { readonly ok: true; readonly nowMs: number } | { readonly ok: false; readonly behindMs: number };

/** Our clock by the node's; not trusted when it stands before what was seen already. */
export function trustedClock({ nowMs, driftMs, highestMs }: ClockReading): TrustedClock {
  const corrected = nowMs + (driftMs ?? 0);
  const behindMs = (highestMs ?? corrected) - corrected;
  return behindMs > CLOCK_SLACK_MS ? { ok: false, behindMs } : { ok: true, nowMs: corrected };
}

export type HandOverBar = 'clock-went-back' | 'claim-over';

/** Why a hand-over may not be prepared or signed under this claim just now; null = it may. */
export function handOverBar(lease: Lease, clock: TrustedClock): HandOverBar | null {
  if (!clock.ok) return 'clock-went-back';
  return Date.parse(lease.until) > clock.nowMs ? null : 'claim-over';
}

/** Last third of its time, or past it: the node is asked for more. */
export const renewalDue = (untilMs: number, nowMs: number, hours: number): boolean =>
  untilMs - nowMs <= (hours * 3_600_000) / 3;

interface Held {
  readonly applicationId: string;
  readonly leaseId: string;
}

export interface SettlementInput {
  /** What the node holds for us. */
  readonly told: readonly Held[];
  readonly wanted: readonly string[];
  /** Claims of our issue lease, and of cards on the counter or promised, as they were before the question. */
  readonly leased: readonly Held[];
  readonly atCounter: readonly Held[];
  /** Claims known now: one may have been given while the node was asked. */
  readonly known: ReadonlySet<string>;
  /** Applications that a claim is being asked for. */
  readonly claiming: ReadonlySet<string>;
  /** Cards on the counter or promised: another counter's wish cannot be met. */
  readonly busy: ReadonlySet<string>;
}

export interface Settlement {
  /** To the node: nothing was signed under these claims. First dropped here for good: nothing ever will be. */
  readonly giveBack: readonly Held[];
  /** Those of them that another counter wants. */
  readonly wished: readonly Held[];
  /** No longer ours by the node's word: broken, decided, or moved. */
  readonly gone: readonly Held[];
}

/**
 * Compares what the node holds for us with what we know of. A claim we do not know of was granted in an
 * answer that was lost: it is returned, unless its answer may still be on its way.
 */
export function settle(input: SettlementInput): Settlement {
  const { told, known, claiming, busy } = input;
  const wanted = new Set(input.wanted);
  const wished = input.leased.filter(
    ({ applicationId }) => wanted.has(applicationId) && !busy.has(applicationId),
  );
  const strangers = told.filter(
    ({ applicationId, leaseId }) => !known.has(leaseId) && !claiming.has(applicationId),
  );
  const still = new Set(told.map(({ leaseId }) => leaseId));
  return {
    wished,
    giveBack: [
      ...strangers.map(({ applicationId, leaseId }) => ({ applicationId, leaseId })),
      ...wished,
    ],
    gone: [...input.leased, ...input.atCounter].filter(({ leaseId }) => !still.has(leaseId)),
  };
}
