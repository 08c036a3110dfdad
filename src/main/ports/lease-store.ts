// Cards this counter may hand over with a dead line, and claims it gave up before the node was told.
import type { Lease } from '../domain/case-facts.ts';

export interface LeaseDocument {
  readonly issueLeaseId: string;
  readonly since: string;
  readonly until: string;
  /** As the node signed it. */
  readonly body: Uint8Array;
  readonly cms: Uint8Array;
  readonly takenAt: string;
}

export interface LeasedCard {
  readonly applicationId: string;
  readonly lease: Lease;
}

export interface LeaseStore {
  /** The newest document; null = none. */
  document(): LeaseDocument | null;
  /** Takes the place of the document and of all cards held under it. A claim once dropped stays dropped. */
  keep(document: LeaseDocument, cards: readonly LeasedCard[]): void;
  cards(): LeasedCard[];
  /** The claim of this card under the lease. */
  find(applicationId: string): Lease | null;
  /** Cards not handed over yet, and promised ones. */
  counts(): { readonly cards: number; readonly promised: number };
  /** From now on nothing is signed under these claims, whatever the node answers; it is to be told. */
  drop(claims: readonly { readonly applicationId: string; readonly leaseId: string }[]): void;
  /** Dropped, and the node has not said that it knows. */
  dropped(): string[];
  /** The node has no such claim of ours. The document goes with its last card. */
  forget(leaseIds: readonly string[]): void;
}
