// Evidence the node added to accepted acts: a time-stamp and what was known of the certificate.

/** What was read out of verified evidence; the bytes stand beside it. */
export interface EvidenceFacts {
  readonly timeStampedAt: string;
  /** Common name of the time-stamp authority. */
  readonly tsa: string;
  /** Which answer proved the certificate at acceptance; null = none came (yet). */
  readonly revocation: 'ocsp' | 'crl' | null;
}

export interface Evidence {
  readonly actId: string;
  readonly timeStamp: Uint8Array;
  readonly ocsp: Uint8Array | null;
  readonly crl: Uint8Array | null;
  readonly deltaCrl: Uint8Array | null;
  readonly facts: EvidenceFacts;
}

export interface EvidenceStore {
  find(actId: string): Evidence | null;
  /** Accepted acts that have none and are due to be asked for, oldest first. */
  due(now: string, limit: number): string[];
  keep(evidence: Evidence): void;
  /** None yet: asked again at this time. */
  waitUntil(actId: string, nextTryAt: string): void;
  /** How often was asked in vain. */
  attempts(actId: string): number;
  /** What came proves nothing; not asked again. */
  refuse(actId: string, code: string): void;
}
