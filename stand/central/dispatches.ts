// Dispatch lists: cards sent together to one point, and what the point is told of them.
import { createHash, randomUUID } from 'node:crypto';
import {
  dispatchContents,
  type Dispatch,
  type DispatchCard,
} from '../../src/shared/central/custody.ts';
import { canonicalBytes } from '../../src/shared/central/statement.ts';
import type { ApplicationRow } from './application-row.ts';
import { lockApplications, moveCards, prolonged } from './card-moves.ts';
import { HOUR, plusMs, record, type NodeContext } from './context.ts';
import { findRow, getRow, type Queryable } from './database.ts';
import { newCard } from './life.ts';
import { localDate } from './record-rules.ts';
import { refuse } from './refusal.ts';
import { demandPoint } from './scope.ts';
import type { Session } from './session.ts';

interface DispatchRow {
  readonly id: string;
  readonly number: string;
  readonly point: string;
  readonly sent_at: Date;
  readonly contents_sha256: string;
  readonly accepted_act: string | null;
  readonly accepted_at: Date | null;
  readonly accepted_by: string | null;
}

interface CardRow {
  readonly dispatch_id: string;
  readonly application_id: string;
  readonly ticket: string;
  readonly card_number: string;
}

const SHOWN_HOURS = 30 * 24;

const cardsOf = (db: Queryable, ids: readonly string[]): Promise<CardRow[]> =>
  db.query<CardRow>(
    `select dispatch_id, application_id, ticket, card_number from dispatch_card
     where dispatch_id = any($1::uuid[]) order by dispatch_id, n`,
    [ids],
  );

const listed = (card: CardRow): DispatchCard => ({
  applicationId: card.application_id,
  ticket: card.ticket,
  cardNumber: card.card_number,
});

export const dispatchOf = (row: DispatchRow, cards: readonly DispatchCard[]): Dispatch => ({
  dispatchId: row.id,
  number: row.number,
  registrationPoint: row.point,
  sentAt: row.sent_at.toISOString(),
  cards: [...cards],
  contentsSha256: row.contents_sha256,
  accepted:
    row.accepted_act === null || row.accepted_at === null
      ? null
      : {
          actId: row.accepted_act,
          at: row.accepted_at.toISOString(),
          officerName: row.accepted_by ?? '',
        },
});

/** Of a point (null = of all): on the way, and accepted since; newest first. */
export async function listDispatches(
  db: Queryable,
  point: string | null,
  acceptedSince: Date,
): Promise<Dispatch[]> {
  const rows = await db.query<DispatchRow>(
    `select * from dispatch where ($1::text is null or point = $1)
       and (accepted_at is null or accepted_at >= $2) order by sent_at desc, number desc limit 500`,
    [point, acceptedSince.toISOString()],
  );
  const cards = await cardsOf(
    db,
    rows.map(({ id }) => id),
  );
  const by = new Map<string, DispatchCard[]>(rows.map(({ id }) => [id, []]));
  for (const card of cards) by.get(card.dispatch_id)?.push(listed(card));
  return rows.map((row) => dispatchOf(row, by.get(row.id) ?? []));
}

/** What the officer's point waits for, and what it took over in the last thirty days. */
export async function readDispatches(node: NodeContext, session: Session) {
  const point = demandPoint(session.officer);
  const since = plusMs(node.now(), -SHOWN_HOURS * HOUR);
  return { dispatches: await listDispatches(node.database, point, since) };
}

export interface LockedDispatch {
  readonly row: DispatchRow;
  readonly cards: readonly DispatchCard[];
}

/** The dispatch locked until the transaction ends, its list in order; null when unknown. */
export async function lockDispatch(tx: Queryable, id: string): Promise<LockedDispatch | null> {
  const row = await findRow<DispatchRow>(tx, 'select * from dispatch where id = $1 for update', [
    id,
  ]);
  if (row === null) return null;
  return { row, cards: (await cardsOf(tx, [id])).map(listed) };
}

/** SHA-256 over the RFC 8785 bytes of number, point and cards. */
const contentsSha256 = (of: Parameters<typeof dispatchContents>[0]): string =>
  createHash('sha256').update(canonicalBytes(dispatchContents(of))).digest('hex'); // prettier-ignore

/**
 * The centre sends a parcel: cards of the point that are made or being made and in no open dispatch,
 * those given (each must be such a one), else the first `count`. Refuses `stage-mismatch`, `not-found`.
 */
export async function makeDispatch(
  node: NodeContext,
  order: { point: string; count?: number; applicationIds?: readonly string[] },
): Promise<Dispatch> {
  const made = await node.database.transaction(async (tx) => {
    const ids = order.applicationIds ?? (await candidates(tx, order.point, order.count ?? 500));
    if (ids.length === 0) return refuse('not-found');
    const found = await lockApplications(tx, ids);
    const open = await openDispatches(tx, [...found.values()]);
    const rows = ids.map((id) => {
      const row = found.get(id) ?? refuse('not-found');
      const free = row.stage === 'in-production' || row.stage === 'sent';
      if (row.point !== order.point || !free || open.has(row.dispatch_id ?? ''))
        return refuse('stage-mismatch', { stage: row.stage, ticket: row.ticket });
      return row;
    });
    return send(node, tx, order.point, rows);
  });
  node.wake.call();
  return made;
}

async function candidates(tx: Queryable, point: string, count: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select a.id from application a left join dispatch d on d.id = a.dispatch_id
     where a.point = $1 and a.stage in ('in-production', 'sent')
       and (d.id is null or d.accepted_at is not null)
     order by (a.stage = 'sent') desc, a.seq limit $2`,
    [point, count],
  );
  return rows.map(({ id }) => id);
}

/** Lists of these applications that are still on their way. */
async function openDispatches(tx: Queryable, rows: readonly ApplicationRow[]) {
  const ids = rows.flatMap(({ dispatch_id }) => dispatch_id ?? []);
  const open = await tx.query<{ id: string }>(
    'select id from dispatch where accepted_at is null and id = any($1::uuid[])',
    [ids],
  );
  return new Set(open.map(({ id }) => id));
}

async function send(
  node: NodeContext,
  tx: Queryable,
  point: string,
  rows: readonly ApplicationRow[],
): Promise<Dispatch> {
  const now = node.now();
  const at = now.toISOString();
  const { value } = await getRow<{ value: number }>(
    tx,
    "update counter set value = value + 1 where name = 'dispatch' returning value",
  );
  const number = `${localDate(at).slice(0, 4)}-${String(value).padStart(6, '0')}`;
  const id = randomUUID();
  const sent = rows.map((row) => ({ row, card: row.card ?? newCard(at) }));
  const cards = sent.map(({ row, card }) => ({
    applicationId: row.id,
    ticket: row.ticket,
    cardNumber: card.number,
  }));
  const dispatch = await getRow<DispatchRow>(
    tx,
    `insert into dispatch (id, number, point, sent_at, contents_sha256)
     values ($1, $2, $3, $4, $5) returning *`,
    [id, number, point, at, contentsSha256({ number, registrationPoint: point, cards })],
  );
  await tx.query(
    `insert into dispatch_card (dispatch_id, n, application_id, ticket, card_number)
     select $1, n, "applicationId", ticket, "cardNumber" from json_to_recordset($2::json)
       as x(n integer, "applicationId" uuid, ticket text, "cardNumber" text)`,
    [id, JSON.stringify(cards.map((card, n) => ({ n, ...card })))],
  );
  await record(tx, now, { event: 'dispatch-made', detail: { dispatchId: id, number, cards: cards.length } });
  await moveCards(
    tx,
    sent.map(({ row, card }) => {
      const made = row.stage === 'in-production' ? (['production-done', 'sent'] as const) : [];
      const again = row.dispatch_id === null ? [] : (['sent'] as const); // missing from an earlier one
      const events = [...made, ...again].map((event) => ({ at, event, note: event === 'sent' ? number : null }));
      const timeline = prolonged(row.timeline, ...events);
      return { id: row.id, stage: 'sent', card, timeline, dispatchId: id, nextStageAt: null };
    }),
  );
  return dispatchOf(dispatch, cards);
} // prettier-ignore
