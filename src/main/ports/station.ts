// What the station knows before anybody logs in: the administrator's file, settings, the pre-log-in journal.
import type { TrustPurpose } from '../../shared/central/trust-list.ts';
import type { StationStart } from '../../shared/contract/core-messages.ts';
import type { JournalEntry } from './journal.ts';

/** What the administrator's file says, its certificate files read. */
export type StationConfig = StationStart;

export interface Settings {
  readonly language: 'ru' | 'kk';
  readonly theme: 'light' | 'dark' | 'contrast';
  readonly density: 'comfortable' | 'compact';
  readonly zoomPercent: number;
}

/** The newest trust list taken: a station never goes back behind it. */
export interface KeptTrustList {
  readonly list: Uint8Array;
  readonly signature: Uint8Array;
  readonly etag: string | null;
  readonly version: number;
  readonly sha256: string;
}

/** A revocation answer as it came (Base64 DER); verified again whenever it is used. */
export interface KeptAnswer {
  readonly certSha256: string;
  readonly purpose: TrustPurpose;
  readonly kind: 'ocsp' | 'crl';
  readonly der: string;
  readonly delta: string | null;
  readonly at: string;
}

export interface StationFiles {
  readSettings(): Settings;
  writeSettings(settings: Settings): void;
  /** Rows that happened while no cache was open (refused log-ins); they move into the next one opened. */
  keepForJournal(entry: JournalEntry): void;
  readForJournal(): JournalEntry[];
  /** Called once the rows are safe in a journal. */
  clearForJournal(): void;
  readTrustList(): KeptTrustList | null;
  writeTrustList(kept: KeptTrustList): void;
  readAnswers(): KeptAnswer[];
  writeAnswers(kept: readonly KeptAnswer[]): void;
  /** Bytes this user may still write beside his data. */
  freeBytes(): number;
  /** Cache files from outside, no key needed: `plain` = not encrypted, `torn` = no whole pages. */
  caches(): readonly { readonly file: string; readonly fault: 'plain' | 'torn' | null }[];
}
