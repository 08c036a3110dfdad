// The audit journal: append-only, hash-chained, kept in the same file and transaction as what it tells of.
import type { JournalKind, JournalRow } from '../../shared/contract/journal.ts';

export interface JournalEntry {
  readonly at: string;
  readonly officer: string;
  readonly kind: JournalKind;
  readonly ticket: string | null;
  /** Codes and numbers only: never names, IINs, PINs. */
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

export interface Journal {
  append(entry: JournalEntry): void;
  page(filter: {
    kinds: readonly JournalKind[];
    text: string;
    before: number | null;
    limit: number;
  }): { rows: JournalRow[]; next: number | null };
  /** Recomputes every hash; `brokenAt` is the first row that does not hold. */
  verify(): { ok: boolean; rows: number; brokenAt: number | null };
}
