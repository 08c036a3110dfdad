// How the cache file stands, for the morning card and the diagnostics: counts and settings, no row.

export interface CacheFacts {
  readonly schemaVersion: number;
  readonly sqlite: string;
  readonly cipher: string;
  readonly journalMode: string;
  readonly synchronous: number;
  readonly foreignKeys: number;
  /** Bytes. */
  readonly pageSize: number;
  readonly pages: number;
  readonly freePages: number;
  /** By table. */
  readonly rows: Readonly<Record<string, number>>;
}

/** How many rows of each kind: nothing that tells one from another. */
export interface CacheCounts {
  readonly journal: Readonly<Record<string, number>>;
  /** By kind and state: `approval queued`. */
  readonly outbox: Readonly<Record<string, number>>;
  /** By service and how it ended: `gbdfl answered`. */
  readonly outages: Readonly<Record<string, number>>;
}

export interface CacheHealth {
  facts(): CacheFacts;
  counts(): CacheCounts;
  /**
   * Looks through the file piece by piece, the faults of each: what can be breathed between. Every page read is
   * authenticated by the cipher. Pictures are left out: each is held against its hash whenever it is read.
   */
  check(): Iterable<number>;
}
