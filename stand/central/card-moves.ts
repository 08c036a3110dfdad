// Moves cards: new stage, card and time line of many applications at once, each told to the feed.
import type { Card, NodeStage, TimelineEntry } from '../../src/shared/central/application.ts';
import { lockApplication, SELECT_APPLICATION, type ApplicationRow } from './application-row.ts';
import { nextSeq } from './context.ts';
import type { Queryable } from './database.ts';

export interface CardMove {
  readonly id: string;
  readonly stage: NodeStage;
  readonly card: Card | null;
  readonly timeline: readonly TimelineEntry[];
  /** The list it travels with (or is missing from); null = none. */
  readonly dispatchId: string | null;
  /** When its life goes on by itself; null = it does not. */
  readonly nextStageAt: Date | null;
}

const MOST_ENTRIES = 60; // of the head's schema
const KEPT_FIRST = 3; // filed, registered, routed

/** The time line with what happened now; the oldest entries after the first three give way. */
export const prolonged = (
  timeline: readonly TimelineEntry[],
  ...entries: readonly TimelineEntry[]
): TimelineEntry[] => {
  const all = [...timeline, ...entries];
  return all.toSpliced(KEPT_FIRST, Math.max(0, all.length - MOST_ENTRIES));
};

/** Locks the applications in the order of their ids (so that two locking at once never cross). */
export async function lockApplications(
  tx: Queryable,
  ids: readonly string[],
): Promise<Map<string, ApplicationRow>> {
  if (ids.length === 1) {
    const row = await lockApplication(tx, ids[0] ?? '');
    return new Map(row === null ? [] : [[row.id, row]]);
  }
  await tx.query('select id from application where id = any($1::uuid[]) order by id for update', [
    ids,
  ]);
  const rows = await tx.query<ApplicationRow>(
    `${SELECT_APPLICATION} where a.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes the moves of locked applications; takes the feed's numbers, so it comes last. */
export async function moveCards(tx: Queryable, moves: readonly CardMove[]): Promise<void> {
  if (moves.length === 0) return;
  const first = await nextSeq(tx, moves.length);
  const rows = moves.map((move, i) => ({
    id: move.id,
    stage: move.stage,
    card: move.card,
    timeline: move.timeline,
    dispatch_id: move.dispatchId,
    next_stage_at: move.nextStageAt?.toISOString() ?? null,
    seq: first + i,
  }));
  await tx.query(
    `update application a set stage = x.stage, card = nullif(x.card::text, 'null')::json,
       timeline = x.timeline, dispatch_id = x.dispatch_id, next_stage_at = x.next_stage_at, seq = x.seq
     from json_to_recordset($1::json) as x(id uuid, stage text, card json, timeline json,
       dispatch_id uuid, next_stage_at timestamptz, seq bigint)
     where a.id = x.id`,
    [JSON.stringify(rows)],
  );
}
