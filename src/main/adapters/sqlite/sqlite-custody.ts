// Dispatches with their scans, custody acts and counts; pages of the stock stand in stock-pages.ts.
import type { Dispatch } from '../../../shared/central/custody.ts';
import type { CaseStage } from '../../../shared/contract/queue.ts';
import type { CountDto } from '../../../shared/contract/stock.ts';
import type { DispatchState } from '../../domain/act-machine.ts';
import type { Mark } from '../../domain/custody.ts';
import type {
  CustodyStore,
  MovedCard,
  ReturnAct,
  StoredCount,
  StoredDispatch,
} from '../../ports/custody-store.ts';
import type { Connection } from './open-store.ts';
import { stockPages } from './stock-pages.ts';

interface DispatchRow {
  body: string;
  place: string | null;
  act_id: string | null;
  act_state: DispatchState | null;
}

interface CountRow {
  count_id: string;
  begun_at: string;
  closed_at: string | null;
  result: string | null;
}

const storedOf = (row: DispatchRow): StoredDispatch => ({
  dispatch: JSON.parse(row.body) as Dispatch,
  place: row.place,
  act:
    row.act_id === null || row.act_state === null
      ? null
      : { actId: row.act_id, state: row.act_state },
});

const countOf = (row: CountRow | undefined): StoredCount | null =>
  row === undefined
    ? null
    : {
        countId: row.count_id,
        begunAt: row.begun_at,
        closedAt: row.closed_at,
        result: row.result === null ? null : (JSON.parse(row.result) as CountDto),
      };

const DISPATCH = `
  SELECT d.body, d.place, o.id AS act_id, o.state AS act_state
    FROM dispatch d LEFT JOIN outbox o ON o.n = (
      SELECT max(n) FROM outbox WHERE application_id = d.dispatch_id
         AND kind = 'dispatch-acceptance' AND state IN ('queued', 'sending', 'accepted', 'refused'))`;

export function sqliteCustody(db: Connection): CustodyStore {
  const all = db.prepare<[], DispatchRow>(`${DISPATCH} ORDER BY d.sent_at DESC, d.dispatch_id`);
  const one = db.prepare<[string], DispatchRow>(`${DISPATCH} WHERE d.dispatch_id = ?`);
  const ids = db.prepare<[], { dispatch_id: string; body: string }>(
    'SELECT dispatch_id, body FROM dispatch',
  );
  const put = db.prepare(`
    INSERT INTO dispatch (dispatch_id, sent_at, body, place) VALUES (?, ?, ?, NULL)
    ON CONFLICT (dispatch_id) DO UPDATE SET sent_at = excluded.sent_at, body = excluded.body`);
  const drop = db.prepare(`
    DELETE FROM dispatch WHERE dispatch_id = @id
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE application_id = @id)
       AND NOT EXISTS (SELECT 1 FROM dispatch_scan WHERE dispatch_id = @id)`);
  const setPlace = db.prepare('UPDATE dispatch SET place = ? WHERE dispatch_id = ?');
  const marks = db.prepare<[string], Mark>(`
    SELECT card_number AS cardNumber, outcome, place, note, scanned_at AS scannedAt
      FROM dispatch_scan WHERE dispatch_id = ? ORDER BY card_number`);
  const mark = db.prepare('INSERT OR REPLACE INTO dispatch_scan VALUES (?, ?, ?, ?, ?, ?)');
  const unmark = db.prepare('DELETE FROM dispatch_scan WHERE dispatch_id = ? AND card_number = ?');

  const move = db.prepare('INSERT INTO custody_card VALUES (?, ?, ?, ?, ?, ?)');
  const moved = db.prepare<[string], MovedCard>(`
    SELECT application_id AS applicationId, ticket, card_number AS cardNumber, outcome, place
      FROM custody_card WHERE act_id = ? ORDER BY ticket`);
  const returning = db.prepare<[string], { one: 1 }>(`
    SELECT 1 AS one FROM custody_card c JOIN outbox o ON o.id = c.act_id
     WHERE c.application_id = ? AND c.outcome = 'returned' AND o.state IN ('queued', 'sending')`);
  const returns = db.prepare<[string], ReturnAct>(`
    SELECT id AS actId, created_at AS at, state, body FROM outbox
     WHERE kind = 'card-return' AND created_at >= ?
       AND state IN ('queued', 'sending', 'accepted', 'refused') ORDER BY n DESC`);

  const byNumber = db.prepare<
    [string],
    { applicationId: string; ticket: string; stage: CaseStage }
  >(`SELECT application_id AS applicationId, ticket, stage FROM application
      WHERE card_number = ? ORDER BY seq DESC LIMIT 1`);
  const keepPlace = db.prepare('INSERT OR REPLACE INTO placement VALUES (?, ?)');
  const placeBefore = db.prepare<[string], { place_before: string | null }>(
    'SELECT place_before FROM placement WHERE placement_id = ?',
  );

  const lastCount = db.prepare<[], CountRow>('SELECT * FROM stock_count ORDER BY n DESC LIMIT 1');
  const findCount = db.prepare<[string], CountRow>('SELECT * FROM stock_count WHERE count_id = ?');
  const beginCount = db.prepare('INSERT INTO stock_count (count_id, begun_at) VALUES (?, ?)');
  const closeCount = db.prepare(
    'UPDATE stock_count SET closed_at = ?, result = ? WHERE count_id = ?',
  );
  const scans = db.prepare<[string], { card_number: string; in_stock: number }>(
    'SELECT card_number, in_stock FROM stock_count_scan WHERE count_id = ? ORDER BY card_number',
  );
  const addScan = db.prepare('INSERT OR IGNORE INTO stock_count_scan VALUES (?, ?, ?, ?)');

  return {
    dispatches: () => all.all().map(storedOf),
    findDispatch(dispatchId) {
      const row = one.get(dispatchId);
      return row === undefined ? null : storedOf(row);
    },
    keepDispatches(told) {
      const before = new Map(ids.all().map((row) => [row.dispatch_id, row.body]));
      let news = false;
      for (const dispatch of told) {
        const body = JSON.stringify(dispatch);
        const known = before.get(dispatch.dispatchId);
        before.delete(dispatch.dispatchId);
        if (known === body) continue;
        put.run(dispatch.dispatchId, dispatch.sentAt, body);
        news = true;
      }
      for (const id of before.keys()) news = drop.run({ id }).changes > 0 || news;
      return news;
    },
    setPlace: (dispatchId, place) => void setPlace.run(place, dispatchId),
    marks: (dispatchId) => marks.all(dispatchId),
    mark: (dispatchId, { cardNumber, outcome, place, note, scannedAt }) =>
      void mark.run(dispatchId, cardNumber, outcome, place, note, scannedAt),
    unmark: (dispatchId, cardNumber) => void unmark.run(dispatchId, cardNumber),

    keepMoved(actId, cards) {
      for (const { applicationId, ticket, cardNumber, outcome, place } of cards)
        move.run(applicationId, actId, ticket, cardNumber, outcome, place);
    },
    movedBy: (actId) => moved.all(actId),
    returning: (applicationId) => returning.get(applicationId) !== undefined,
    returnsSince: (at) => returns.all(at),

    ...stockPages(db),
    cardByNumber: (cardNumber) => byNumber.get(cardNumber) ?? null,
    keepPlaceBefore: (placementId, place) => void keepPlace.run(placementId, place),
    placeBefore: (placementId) => placeBefore.get(placementId)?.place_before ?? null,

    lastCount: () => countOf(lastCount.get()),
    findCount: (countId) => countOf(findCount.get(countId)),
    beginCount: (countId, at) => void beginCount.run(countId, at),
    closeCount: (countId, at, result) => void closeCount.run(at, JSON.stringify(result), countId),
    countScans: (countId) =>
      scans
        .all(countId)
        .map(({ card_number, in_stock }) => ({ cardNumber: card_number, inStock: in_stock === 1 })),
    countScan: (countId, { cardNumber, inStock }, at) =>
      void addScan.run(countId, cardNumber, inStock ? 1 : 0, at),
  };
}
