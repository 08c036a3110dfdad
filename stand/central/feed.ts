// The change feed of a scope: paged by sequence number, resumable at any number, with long-poll news.
import type { z } from 'zod';
import type { changesQuery, newsQuery } from '../../src/shared/central/messages.ts';
import { headOf, SELECT_APPLICATION, type ApplicationRow } from './application-row.ts';
import type { NodeContext } from './context.ts';
import { findRow, getRow } from './database.ts';
import { inScope, scopeColumns, scopeKey, type Scope } from './scope.ts';

interface Place {
  readonly at: number;
  readonly id: string;
  readonly moved_to: string | null;
  readonly left: boolean;
}

/**
 * One page behind `cursor`, as JSON text (dossiers are stored as text and never re-parsed). Each
 * application stands once, at its newest change, with its dossier unless this reader surely holds it.
 */
export async function readChanges(
  node: NodeContext,
  scope: Scope,
  readerKey: string,
  { cursor, limit }: z.infer<typeof changesQuery>,
): Promise<string> {
  const { code, dossierSeq } = scopeColumns(scope);
  const base = await heldBy(node, `${readerKey}|${scopeKey(scope)}`, cursor);
  const places = await node.database.query<Place>(
    `select * from (
       (select seq as at, id, null::text as moved_to, false as left from application
        where ${code} = $1 and ${dossierSeq} is not null and seq > $2 order by seq limit $3)
       union all
       (select seq, application_id, moved_to, true from departure
        where scope = $4 and seq > $2 order by seq limit $3)
     ) places order by at limit $3`,
    [scope.code, cursor, limit + 1, scopeKey(scope)],
  );
  const more = places.length > limit;
  const page = places.slice(0, limit);
  const rows = await applicationsOf(node, page);
  const items = page.flatMap((place) => {
    if (place.left)
      return JSON.stringify({
        type: 'left',
        seq: place.at,
        applicationId: place.id,
        movedTo: place.moved_to,
      });
    const row = rows.get(place.id);
    // It may have left between the two queries: then its departure comes on a later page.
    if (row === undefined || !inScope(scope, row)) return [];
    const carried = (row[dossierSeq] ?? 0) > base;
    const head = JSON.stringify(headOf(row, node.now()));
    return `{"type":"application","seq":${place.at},"head":${head},"dossier":${carried ? row.dossier : 'null'}}`;
  });
  const newCursor = page.at(-1)?.at ?? cursor;
  const total = await countBehind(node, scope, cursor);
  await node.database.query(
    `insert into reader (key, base, last, more) values ($1, $2, $3, $4)
     on conflict (key) do update set base = $2, last = $3, more = $4
     where (reader.base, reader.last, reader.more) is distinct from ($2, $3, $4)`,
    [`${readerKey}|${scopeKey(scope)}`, base, newCursor, more],
  );
  return `{"items":[${items.join(',')}],"cursor":${newCursor},"more":${more},"total":${total}}`;
}

/**
 * Up to which change the reader surely holds every dossier. While he pages, an application may jump
 * ahead of him with its dossier unread, so only the end of a run of pages proves anything; it is proved
 * when he comes back with the cursor of the last page. A reader not known at his cursor gets dossiers anew.
 */
async function heldBy(node: NodeContext, key: string, cursor: number): Promise<number> {
  const known = await findRow<{ base: number; last: number; more: boolean }>(
    node.database,
    'select base, last, more from reader where key = $1',
    [key],
  );
  if (known === null || cursor > known.last || cursor < known.base) return 0;
  return cursor === known.last && !known.more ? cursor : known.base;
}

async function applicationsOf(node: NodeContext, page: readonly Place[]) {
  const ids = [...new Set(page.filter((place) => !place.left).map(({ id }) => id))];
  if (ids.length === 0) return new Map<string, ApplicationRow>();
  const rows = await node.database.query<ApplicationRow>(
    `${SELECT_APPLICATION} where a.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Applications and departures that changed behind the cursor. */
async function countBehind(node: NodeContext, scope: Scope, cursor: number): Promise<number> {
  const { code, dossierSeq } = scopeColumns(scope);
  const { total } = await getRow<{ total: number }>(
    node.database,
    `select (select count(*) from application
             where ${code} = $1 and ${dossierSeq} is not null and seq > $2)
          + (select count(*) from departure where scope = $3 and seq > $2) as total`,
    [scope.code, cursor, scopeKey(scope)],
  );
  return total;
}

/** Newest change of the scope, 0 when it has none. */
export async function newestSeq(node: NodeContext, scope: Scope): Promise<number> {
  const { code, dossierSeq } = scopeColumns(scope);
  const { newest } = await getRow<{ newest: number }>(
    node.database,
    `select greatest(
       (select max(seq) from application where ${code} = $1 and ${dossierSeq} is not null),
       (select max(seq) from departure where scope = $2), 0) as newest`,
    [scope.code, scopeKey(scope)],
  );
  return newest;
}

/** Answers when something lies behind the cursor, after `waitMs`, or when the caller has gone. */
export async function awaitNews(
  node: NodeContext,
  scope: Scope,
  { cursor, waitMs }: z.infer<typeof newsQuery>,
  signal: AbortSignal,
): Promise<{ newest: number }> {
  const end = performance.now() + waitMs;
  for (;;) {
    const called = new AbortController();
    const left = end - performance.now();
    // Waiting starts before the look, or a change between the two would be slept over.
    const woken = node.wake.wait(Math.max(0, left), AbortSignal.any([signal, called.signal]));
    const newest = await newestSeq(node, scope);
    if (newest > cursor || left <= 0 || signal.aborted) {
      called.abort();
      return { newest };
    }
    await woken;
  }
}
