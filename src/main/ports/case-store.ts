// The cached cases: record (as the node says), state (as our facts say) and the columns lists are read by.
import type { Dossier, Head } from '../../shared/central/application.ts';
import type { IssuanceRow } from '../../shared/contract/issuance.ts';
import type { MonitoringDto } from '../../shared/contract/settings.ts';
import type {
  CaseFlag,
  CaseStage,
  QueueCounts,
  QueueQuery,
  QueueView,
} from '../../shared/contract/queue.ts';
import type { CaseFact } from '../domain/case-facts.ts';
import type { CaseState } from '../domain/case-machine.ts';
import type { SignatureVerdict } from '../domain/rules.ts';

export interface StoredCase {
  readonly applicationId: string;
  readonly seq: number;
  readonly dossier: Dossier;
  /** SHA-256 (hex) of the dossier's RFC 8785 bytes. */
  readonly dossierSha256: string;
  readonly head: Head;
  readonly state: CaseState;
  /** Our own check of the applicant's CMS; null until it was made. */
  readonly signature: SignatureVerdict | null;
}

export interface DamagedCase {
  readonly applicationId: string;
  readonly seq: number;
  readonly ticket: string | null;
  readonly receivedAt: string;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Columns of the lists, computed from a stored case by the use cases. */
export interface CaseColumns {
  readonly view: Exclude<QueueView, 'mine' | 'attention' | 'all'> | 'damaged';
  readonly attention: boolean;
  readonly name: string;
  readonly nameFolded: string;
  readonly iinMasked: string;
  readonly phoneKey: string;
  readonly searchText: string;
  readonly dueAt: string;
  readonly mine: boolean;
  readonly findings: { readonly disagrees: number; readonly look: number; readonly noData: number };
}

export interface ListedCase {
  readonly applicationId: string;
  readonly ticket: string;
  readonly name: string;
  readonly iinMasked: string;
  readonly filedAt: string;
  readonly dueAt: string;
  readonly stage: CaseStage;
  readonly actId: string | null;
  readonly mine: boolean;
  readonly findings: CaseColumns['findings'];
  readonly flags: readonly CaseFlag[];
  readonly phoneShared: boolean;
  readonly head: Pick<Head, 'holder' | 'card'> | null;
}

export interface CaseStore {
  find(applicationId: string): StoredCase | null;
  findByTicket(ticket: string): StoredCase | null;
  findDamaged(applicationId: string): DamagedCase | null;
  save(stored: StoredCase, columns: CaseColumns): void;
  saveDamaged(damaged: DamagedCase): void;
  appendFact(applicationId: string, at: string, fact: CaseFact): void;
  facts(applicationId: string): { at: string; fact: CaseFact }[];
  page(query: QueueQuery, now: string): { rows: ListedCase[]; next: string | null; total: number };
  counts(now: string): QueueCounts;
  damagedCount(): number;
  /** Most urgent pending cases nobody else holds, best first. */
  urgent(now: string, limit: number): string[];
  /** Cases this station holds, most urgent first. */
  held(): string[];
  /** Claims of cards on the counter or promised: under them something may be signed, or is. */
  counterClaims(): { readonly applicationId: string; readonly leaseId: string }[];
  cards(
    query: {
      view: string;
      search: string;
      after: string | null;
      limit: number;
      waitingDays?: number | undefined;
    },
    now: string,
  ): {
    rows: IssuanceRow[];
    next: string | null;
    total: number;
    counts: Record<string, number>;
    /** Ready cards that wait at least WAITING_DAYS[i] days. */
    waiting: number[];
  };
  phoneShared(applicationId: string): boolean;
  /** `wholeDays` counts whole working days from an instant until now. */
  monitoring(
    now: string,
    alarmBefore: string,
    dayStart: string,
    wholeDays: (since: string) => number,
  ): Omit<MonitoringDto, 'asOf'>;
}
