// Life after approval: in production → sent → at the registration point, at a configurable pace.
import { randomInt } from 'node:crypto';
import type { Card, NodeStage } from '../../src/shared/central/application.ts';
import { lockApplication, type ApplicationRow } from './application-row.ts';
import { bump } from './claims.ts';
import { plusMs, record, type NodeContext } from './context.ts';
import type { Queryable } from './database.ts';
import { localDate } from './record-rules.ts';
import { refuse } from './refusal.ts';

const NEXT: Readonly<Partial<Record<NodeStage, 'sent' | 'at-point'>>> = {
  'in-production': 'sent',
  sent: 'at-point',
};

/** A card ends ten years less a day after its making (domain: validity 10 years). */
export function cardEnd(made: string): string {
  const end = new Date(`${made}T00:00:00Z`);
  end.setUTCFullYear(end.getUTCFullYear() + 10);
  end.setUTCDate(end.getUTCDate() - 1);
  return end.toISOString().slice(0, 10);
}

/** A card made now: a new number, ten years. */
export const newCard = (at: string): Card => ({
  number: `0${randomInt(10_000_000, 99_999_999)}`, // training series: real ones do not start with 00…09 here
  endDate: cardEnd(localDate(at)),
  place: null,
  arrivedAt: null,
  condition: 'good',
});

/**
 * One stage further; the application is locked by the caller. Null when it stands at the end, or when
 * the card travels with a dispatch list (or was missing from one): then only the point's act moves it.
 */
async function step(node: NodeContext, tx: Queryable, row: ApplicationRow, paceMs: number) {
  const stage = NEXT[row.stage];
  if (stage === undefined || row.dispatch_id !== null) return null;
  const now = node.now();
  const at = now.toISOString();
  const card = row.card ?? newCard(at);
  const arrived = stage === 'at-point';
  const events = arrived ? ['arrived'] : ['production-done', 'sent'];
  const place = `${'ABCDEF'[randomInt(6)]}-${randomInt(1, 41)}`;
  await tx.query(
    `update application set stage = $2, card = $3::json, timeline = $4::json, next_stage_at = $5
     where id = $1`,
    [
      row.id,
      stage,
      JSON.stringify(arrived ? { ...card, place, arrivedAt: at } : card),
      JSON.stringify([...row.timeline, ...events.map((event) => ({ at, event, note: null }))]),
      arrived || paceMs === 0 ? null : plusMs(now, paceMs).toISOString(),
    ],
  );
  await record(tx, now, { event: `moved-to-${stage}`, applicationId: row.id });
  await bump(tx, row.id);
  return stage;
}

/** Moves every application whose time has come; how many. */
export async function advanceDue(node: NodeContext, paceMs: number): Promise<number> {
  const now = node.now().toISOString();
  const moved = await node.database.transaction(async (tx) => {
    const due = await tx.query<{ id: string }>(
      `select id from application where next_stage_at <= $1 order by id limit 200
       for update skip locked`,
      [now],
    );
    for (const { id } of due) {
      const row = await lockApplication(tx, id);
      if (row !== null) await step(node, tx, row, paceMs);
    }
    return due.length;
  });
  if (moved > 0) node.wake.call();
  return moved;
}

/** Moves one application at once, one stage or up to `to`; refuses `stage-mismatch` at the end. */
export async function advanceNow(
  node: NodeContext,
  paceMs: number,
  applicationId: string,
  to?: 'sent' | 'at-point',
): Promise<NodeStage> {
  const stage = await node.database.transaction(async (tx) => {
    for (;;) {
      const row = await lockApplication(tx, applicationId);
      if (row === null) return refuse('not-found');
      const reached = await step(node, tx, row, paceMs);
      if (reached === null) return refuse('stage-mismatch', { stage: row.stage });
      if (to === undefined || reached === to || reached === 'at-point') return reached;
    }
  });
  node.wake.call();
  return stage;
}

/** Applications in production get (or lose) their time when the pace changes or the node starts. */
export async function schedule(node: NodeContext, paceMs: number): Promise<void> {
  await node.database.query(
    "update application set next_stage_at = $1 where stage in ('in-production', 'sent') and dispatch_id is null",
    [paceMs > 0 ? plusMs(node.now(), paceMs).toISOString() : null],
  );
}
