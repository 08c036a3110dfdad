// One encrypted cache of one officer on this station: everything a transaction may touch together.
import type { IssueLeasesReply } from '../../shared/central/issue-lease.ts';
import type { NodeConfig, OfficerProfile } from '../../shared/central/messages.ts';
import type { Place } from '../../shared/contract/place.ts';
import type { CacheHealth } from './cache-health.ts';
import type { CaseStore } from './case-store.ts';
import type { CustodyStore } from './custody-store.ts';
import type { DraftStore } from './draft-store.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { Journal } from './journal.ts';
import type { LeaseStore } from './lease-store.ts';
import type { MeasureStore } from './measure-store.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { OutageStore } from './outage-store.ts';
import type { PictureStore } from './picture-store.ts';
import type { RegisterStore } from './register-store.ts';

/** Small named values of the cache. */
export interface MetaValues {
  readonly cursor: number;
  readonly officer: OfficerProfile;
  readonly config: NodeConfig;
  readonly lastSyncAt: string;
  readonly firstSyncDone: boolean;
  /** Latest time seen here by the node's clock, and the node's clock minus ours; milliseconds. */
  readonly clockSeen: { readonly highestMs: number; readonly driftMs: number | null };
  /** Where the officer was, for the way back behind the lock; null after a log-in. */
  readonly place: Place | null;
  /** Leases of the point as the node told last; `at` by our clock. */
  readonly pointLeases: { readonly at: string; readonly leases: IssueLeasesReply['leases'] };
}

export interface Meta {
  find<K extends keyof MetaValues>(key: K): MetaValues[K] | null;
  set<K extends keyof MetaValues>(key: K, value: MetaValues[K]): void;
}

export interface Store {
  /** Reads, decides and writes in one synchronous step; never awaits; rolls back when `work` throws. */
  transaction<T>(work: () => T): T;
  readonly cases: CaseStore;
  readonly outbox: OutboxStore;
  readonly journal: Journal;
  readonly pictures: PictureStore;
  readonly measures: MeasureStore;
  readonly evidence: EvidenceStore;
  readonly register: RegisterStore;
  readonly custody: CustodyStore;
  readonly leases: LeaseStore;
  readonly outages: OutageStore;
  readonly drafts: DraftStore;
  readonly health: CacheHealth;
  readonly meta: Meta;
  close(): void;
}

export type OpenFailure = 'wrong-key' | 'damaged' | 'newer-version' | 'binding-missing';

export interface StoreOpener {
  /** `file` is created when absent; `key` is 32 random bytes. */
  open(
    file: string,
    key: Uint8Array,
  ): { ok: true; store: Store } | { ok: false; failure: OpenFailure };
}
