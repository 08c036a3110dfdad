// The register of issue as the cache knows it: own acts and reports, and what the node told of other desks.
import type { Outcome, Standing } from '../../shared/contract/papers.ts';

export interface RegisterQuery {
  readonly search: string;
  /** Instants: from counted in, until not. */
  readonly from: string | null;
  readonly until: string | null;
  readonly officer: string | null;
  readonly outcome: Outcome | null;
  /** Name of the officer whose cache this is: his own rows carry it. */
  readonly me: string;
}

export interface RegisterEntry {
  readonly id: string;
  readonly applicationId: string;
  readonly at: string;
  readonly outcome: Outcome;
  readonly standing: Standing;
  readonly ticket: string;
  readonly name: string;
  readonly iin: string;
  readonly iinMasked: string;
  readonly cardNumber: string | null;
  readonly officer: string | null;
  readonly stationId: string | null;
  readonly own: boolean;
  readonly sha256: string | null;
}

export interface RegisterStore {
  /** Newest first. */
  page(
    query: RegisterQuery,
    after: string | null,
    limit: number,
  ): { rows: RegisterEntry[]; next: string | null };
  /** How many of each outcome, those refused by the node apart. */
  sums(query: RegisterQuery): { outcome: Outcome; refused: boolean; n: number }[];
  /** Everybody who stands in the register, by name. */
  officers(me: string): string[];
  /** Own acts or reports of an application that left the desk, newest first. */
  ownOf(applicationId: string, kind: 'hand-over' | 'hand-over-refusal'): string[];
}
