// One encrypted cache of one officer on this station: everything a transaction may touch together.
import type { NodeConfig, OfficerProfile } from '../../shared/central/messages.ts';
import type { CaseStore } from './case-store.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { Journal } from './journal.ts';
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
  readonly outages: OutageStore;
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
