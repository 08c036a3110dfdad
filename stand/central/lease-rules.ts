// Who may have a card: the pure decision of the node over its newest claim, without clock or tables.

/** How a claim ended; `expired` only says that readers of the feed were told. */
export type LeaseEnd = 'released' | 'expired' | 'decided' | 'moved' | 'broken';

export interface LeaseFacts {
  readonly officerIin: string;
  readonly stationId: string;
  readonly untilMs: number;
  readonly ended: LeaseEnd | null;
}
export interface Claimant {
  readonly officerIin: string;
  readonly stationId: string;
}

/** `unsettled`: time is over, and the holder has not told what became of the card. */
export type Standing = 'free' | 'own' | 'held' | 'unsettled';

/**
 * Strict where things are handed over: what a vanished station may have signed is known only when it
 * tells, so time alone frees nothing. A decision on an application is only a promise of bytes: not strict.
 */
export function standingOf(
  lease: LeaseFacts | null,
  who: Claimant,
  nowMs: number,
  strict: boolean,
): Standing {
  if (lease === null || (lease.ended !== null && lease.ended !== 'expired')) return 'free';
  if (isOf(lease, who)) return 'own';
  if (lease.ended === null && lease.untilMs > nowMs) return 'held';
  return strict ? 'unsettled' : 'free';
}

export const isOf = (lease: LeaseFacts, who: Claimant): boolean =>
  lease.officerIin === who.officerIin && lease.stationId === who.stationId;

export type HandOverVerdict =
  'accepted' | 'lease-missing' | 'lease-expired' | 'claimed-by-other' | 'lease-unsettled';

/**
 * Whether a hand-over signed at `atMs` counts, whenever it arrives. One signed in time under a claim
 * that a head broke counts too while nobody else came: the card has left, and nobody can issue it twice.
 */
export function handOverVerdict(
  lease: LeaseFacts | null,
  who: Claimant,
  atMs: number,
  nowMs: number,
  skewMs: number,
): HandOverVerdict {
  if (lease === null) return 'lease-missing';
  if (!isOf(lease, who)) {
    const standing = standingOf(lease, who, nowMs, true);
    if (standing === 'held') return 'claimed-by-other';
    return standing === 'unsettled' ? 'lease-unsettled' : 'lease-expired';
  }
  if (lease.ended === 'released' || lease.ended === 'decided') return 'lease-missing';
  if (lease.ended === 'moved') return 'lease-expired';
  return atMs <= lease.untilMs + skewMs ? 'accepted' : 'lease-expired';
}
