// What every operation of the node works with: storage, clock, trust, data of the order, wake-ups.
import type { NodeConfig } from '../../src/shared/central/messages.ts';
import type { Trust } from '../../src/shared/cades/trust-list.ts';
import type { CaServices } from './ca-services.ts';
import { getRow, type Database, type Queryable } from './database.ts';
import type { UpdatesShelf } from './updates.ts';
import type { OutsideWatch } from './outside-watch.ts';
import type { Wake } from './wake.ts';

export interface NodeSettings {
  readonly sessionHours: number;
  readonly challengeHours: number; // of a lease; an offline act must arrive within them
  readonly logInChallengeMinutes: number;
}

export interface NodeContext {
  readonly database: Database;
  readonly config: NodeConfig;
  readonly settings: NodeSettings;
  readonly trust: Trust;
  /** OCSP, lists and time-stamps of the CA; null where the node has none to ask. */
  readonly services: CaServices | null;
  /** When each certificate was last known to be good, by its SHA-256. */
  readonly lastGood: Map<string, Date>;
  /** The signed trust list as it goes out; null where there is none. */
  readonly trustList: (() => { readonly jsonText: string; readonly etag: string }) | null;
  /** The watch over outside services; null where the node has none to watch. */
  readonly outside: OutsideWatch | null;
  /** New versions of the program; null where none are kept. */
  readonly updates: UpdatesShelf | null;
  /** Detached CAdES of the list signer over a document of the node; null where it has no key. */
  readonly signList: ((bytes: Uint8Array) => Uint8Array) | null;
  readonly wake: Wake;
  now(): Date;
}

/**
 * Next number of the change feed. The counter's row stays locked until commit, so numbers become
 * visible in order and a reader never skips one. Take it LAST, after all other rows are locked.
 */
export async function nextSeq(tx: Queryable, count = 1): Promise<number> {
  const { value } = await getRow<{ value: number }>(
    tx,
    "update counter set value = value + $1 where name = 'seq' returning value",
    [count],
  );
  return value - count + 1;
}

/** Adds a row to the node's own journal: what really happened, for audits and tests. */
export async function record(
  tx: Queryable,
  at: Date,
  entry: {
    event: string;
    stationId?: string | undefined;
    officerIin?: string | undefined;
    applicationId?: string | undefined;
    detail?: Record<string, unknown>;
  },
): Promise<void> {
  await tx.query(
    `insert into journal (at, event, station_id, officer_iin, application_id, detail)
     values ($1, $2, $3, $4, $5, $6::json)`,
    [
      at.toISOString(),
      entry.event,
      entry.stationId ?? null,
      entry.officerIin ?? null,
      entry.applicationId ?? null,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
}

export const plusMs = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
