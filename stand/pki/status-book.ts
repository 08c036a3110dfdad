// What the training CA knows of its certificates: revoked ones and those it never heard of; all others are good.
import type { RevocationReason } from '../../src/shared/cades/revocation.ts';

export interface BookEntry {
  readonly at: Date;
  readonly reason: RevocationReason;
}

export interface StatusBook {
  /** By serial number, lower-case hex. */
  readonly revoked: ReadonlyMap<string, BookEntry>;
  readonly unknown: ReadonlySet<string>;
}
