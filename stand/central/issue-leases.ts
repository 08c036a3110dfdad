// Issue leases at the node: many claims under one signed document, so that a counter can work with a dead line.
import { randomBytes, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Card } from '../../src/shared/central/application.ts';
import type {
  IssueLease,
  IssueLeasesReply,
  returnLeasedCardsRequest,
  SignedIssueLease,
} from '../../src/shared/central/issue-lease.ts';
import { canonicalBytes } from '../../src/shared/central/statement.ts';
import { lockApplication, SELECT_APPLICATION, type ApplicationRow } from './application-row.ts';
import { claimOf, refuseOthers, standing, type LeaseRow } from './claims.ts';
import { HOUR, nextSeq, plusMs, record, type NodeContext } from './context.ts';
import { findRow, getRow, type Queryable } from './database.ts';
import { refuse } from './refusal.ts';
import { demandRole, inScope, scopeColumns, scopeOf } from './scope.ts';
import type { Session } from './session.ts';

interface IssueLeaseRow {
  readonly id: string;
  readonly officer_iin: string;
  readonly officer_name: string;
  readonly station_id: string;
  readonly region: string;
  readonly point: string;
  readonly since: Date;
  readonly until: Date;
  readonly ended: 'returned' | 'broken' | null;
}

const MOST_CARDS = 2000;
/** A claim that is not settled: its holder may still have something to tell. */
const OPEN = "(l.ended is null or l.ended = 'expired')";

/** Leases of the own point (or region), and what the node holds for this officer at this station. */
export async function readIssueLeases(
  node: NodeContext,
  session: Session,
): Promise<IssueLeasesReply> {
  const scope = scopeOf(session.officer);
  const { code } = scopeColumns(scope);
  const now = node.now();
  const leases = await node.database.query<
    Pick<IssueLeaseRow, 'id' | 'officer_name' | 'station_id' | 'since' | 'until'> & {
      cards: number;
    }
  >(
    `select i.id, i.officer_name, i.station_id, i.since, i.until, count(*) as cards
       from issue_lease i join lease l on l.issue_lease_id = i.id and ${OPEN}
       join application a on a.lease_no = l.no and a.stage = 'at-point'
      where i.ended is null and i.${code} = $1 group by i.id
     union all
     select l.id, l.officer_name, l.station_id, l.since, l.until, 1
       from lease l join application a on a.lease_no = l.no and a.stage = 'at-point'
      where l.issue_lease_id is null and ${OPEN} and l.until <= $2 and a.${code} = $1
     order by until, id limit 500`,
    [scope.code, now.toISOString()],
  );
  const own = await node.database.query<
    Pick<LeaseRow, 'id' | 'application_id' | 'until'> & { wanted: boolean }
  >(
    `select l.id, l.application_id, l.until, w.lease_id is not null as wanted
       from lease l join application a on a.lease_no = l.no and a.stage = 'at-point'
       left join lease_wish w on w.lease_id = l.id
      where l.officer_iin = $1 and l.station_id = $2 and ${OPEN} order by l.no limit 5000`,
    [session.officer.iin, session.stationId],
  );
  return {
    leases: leases.map((lease) => ({
      issueLeaseId: lease.id,
      stationId: lease.station_id,
      officerName: lease.officer_name,
      since: lease.since.toISOString(),
      until: lease.until.toISOString(),
      overdue: lease.until <= now,
      cards: Number(lease.cards),
    })),
    own: own.map(({ id, application_id, until }) => ({
      applicationId: application_id,
      leaseId: id,
      until: until.toISOString(),
    })),
    wanted: own
      .filter(({ wanted }) => wanted)
      .slice(0, MOST_CARDS)
      .map(({ application_id }) => application_id),
  };
}

/** Free cards of the own point under one document; the own open lease is widened and made longer. */
export async function takeIssueLease(
  node: NodeContext,
  session: Session,
  applicationIds: readonly string[] | null,
): Promise<SignedIssueLease> {
  demandRole(session.officer, 'issuer');
  const point = session.officer.registrationPoint?.code ?? refuse('forbidden');
  const signed = await node.database.transaction(async (tx) => {
    const free = await freeOf(node, tx, session, applicationIds, point);
    const known = await findRow<IssueLeaseRow>(
      tx,
      `select * from issue_lease where officer_iin = $1 and station_id = $2 and point = $3
         and ended is null for update`,
      [session.officer.iin, session.stationId, point],
    );
    if (known === null && free.length === 0) return refuse('lease-missing');
    const fresh = free.slice(0, MOST_CARDS - (known === null ? 0 : await openCards(tx, known.id)));
    const lease = known === null ? await insert(node, tx, session, point) : known;
    const longer = await lengthen(node, tx, lease);
    await addCards(node, tx, session, longer, fresh);
    await record(tx, node.now(), {
      event: known === null ? 'issue-lease-taken' : 'issue-lease-widened',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      detail: { issueLeaseId: lease.id, cards: fresh.length },
    });
    return signedDocument(node, tx, longer);
  });
  node.wake.call();
  return signed;
}

/** Also after its time: nobody else could have had its cards. Refuses `lease-missing` when none is left. */
export async function renewIssueLease(
  node: NodeContext,
  session: Session,
  issueLeaseId: string,
): Promise<SignedIssueLease> {
  const signed = await node.database.transaction(async (tx) => {
    const open = await lockCards(tx, 'l.issue_lease_id = $1', [issueLeaseId]);
    const lease = await findRow<IssueLeaseRow>(
      tx,
      'select * from issue_lease where id = $1 for update',
      [issueLeaseId],
    );
    const mine =
      lease !== null &&
      lease.officer_iin === session.officer.iin &&
      lease.station_id === session.stationId;
    if (!mine || lease.ended !== null || open.length === 0) return refuse('lease-missing');
    const longer = await lengthen(node, tx, lease);
    await record(tx, node.now(), {
      event: 'issue-lease-renewed',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      detail: { issueLeaseId, cards: open.length },
    });
    await bumpAll(
      tx,
      open.map(({ application_id }) => application_id),
    );
    return signedDocument(node, tx, longer);
  });
  node.wake.call();
  return signed;
}

/** Ends the named claims that are still the holder's newest; says nothing of others. */
export async function returnLeasedCards(
  node: NodeContext,
  session: Session,
  { leaseIds }: z.infer<typeof returnLeasedCardsRequest>,
): Promise<{ done: true }> {
  await node.database.transaction(async (tx) => {
    const open = await lockCards(
      tx,
      'l.id = any($1::uuid[]) and l.officer_iin = $2 and l.station_id = $3',
      [leaseIds, session.officer.iin, session.stationId],
    );
    await endAll(node, tx, open, 'released');
    if (open.length > 0)
      await record(tx, node.now(), {
        event: 'leased-cards-returned',
        stationId: session.stationId,
        officerIin: session.officer.iin,
        detail: { cards: open.length },
      });
  });
  node.wake.call();
  return { done: true };
}

/** Only when its time is over: until then the counter may be handing cards over. */
export async function breakIssueLease(
  node: NodeContext,
  session: Session,
  issueLeaseId: string,
  why: string,
): Promise<{ done: true }> {
  demandRole(session.officer, 'head');
  await node.database.transaction(async (tx) => {
    const which = 'l.issue_lease_id = $1 or (l.id = $1 and l.issue_lease_id is null)';
    await lockCards(tx, which, [issueLeaseId]);
    // Its holder may be making it longer just now, without a lock on its cards: he comes first.
    await tx.query('select id from issue_lease where id = $1 for update', [issueLeaseId]);
    const open = await lockCards(tx, which, [issueLeaseId]);
    const [one] = open;
    if (one === undefined) return refuse('lease-missing');
    if (one.region !== session.officer.region.code) return refuse('out-of-scope');
    const live = open.find(({ until }) => until > node.now());
    if (live !== undefined)
      return refuse('claimed-by-other', {
        department: live.department.nameRu,
        departmentBin: live.department.bin,
        departmentKz: live.department.nameKz,
        officerName: live.officer_name,
        until: live.until.toISOString(),
      });
    await endAll(node, tx, open, 'broken');
    await record(tx, node.now(), {
      event: 'issue-lease-broken',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      detail: { issueLeaseId, cards: open.length, why },
    });
  });
  node.wake.call();
  return { done: true };
}

/** Time of every open issue lease is over now, as if the hours had passed; how many. */
export async function expireIssueLeases(node: NodeContext): Promise<number> {
  const now = node.now().toISOString();
  const ended = await node.database.transaction(async (tx) => {
    await tx.query(
      "update lease set until = $1, ended = 'expired' where issue_lease_id is not null and ended is null",
      [now],
    );
    return tx.query('update issue_lease set until = $1 where ended is null returning id', [now]);
  });
  node.wake.call();
  return ended.length;
}

/** Cards nobody holds, locked; of named ones each must be free or the session's own. */
async function freeOf(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  named: readonly string[] | null,
  point: string,
): Promise<string[]> {
  // One order for all who lock many, or two would wait for each other.
  const locked = await tx.query<{ id: string }>(
    named === null
      ? `select a.id from application a left join lease l on l.no = a.lease_no
          where a.point = $1 and a.stage = 'at-point' and a.card->>'condition' = 'good'
            and (l.no is null or not ${OPEN}) order by a.id limit ${MOST_CARDS} for update of a`
      : 'select id from application where id = any($1::uuid[]) order by id for update',
    [named ?? point],
  );
  if (named !== null && locked.length < new Set(named).size) return refuse('not-found');
  const ids = locked.map(({ id }) => id);
  const rows = await tx.query<ApplicationRow>(
    `${SELECT_APPLICATION} where a.id = any($1::uuid[]) order by a.id`,
    [ids],
  );
  const claims = await tx.query<LeaseRow>(
    'select l.* from lease l join application a on a.lease_no = l.no where a.id = any($1::uuid[])',
    [ids],
  );
  const newest = new Map(claims.map((lease) => [lease.application_id, lease]));
  return rows.flatMap((row) => {
    const lease = newest.get(row.id) ?? null;
    const stands = standing(node, session, row, lease);
    if (named !== null) {
      // Also for one who sees the whole region as a reviewer: cards are handed over at his own point.
      if (!inScope(scopeOf(session.officer), row) || row.point !== point)
        return refuse('out-of-scope');
      if (row.stage !== 'at-point') return refuse('stage-mismatch', { stage: row.stage });
      if (lease !== null) refuseOthers(stands, lease);
    }
    const good = row.stage === 'at-point' && row.card?.condition === 'good';
    return stands === 'free' && good ? [row.id] : [];
  });
}

/** How many cards stand under it: its document has room for so many in all. */
async function openCards(tx: Queryable, issueLeaseId: string): Promise<number> {
  const { n } = await getRow<{ n: number | string }>(
    tx,
    `select count(*) as n from lease l
       join application a on a.lease_no = l.no and a.stage = 'at-point'
      where l.issue_lease_id = $1 and ${OPEN}`,
    [issueLeaseId],
  );
  return Number(n);
}

const insert = (node: NodeContext, tx: Queryable, session: Session, point: string) =>
  getRow<IssueLeaseRow>(
    tx,
    `insert into issue_lease (id, officer_iin, officer_name, station_id, region, point, since, until)
     values ($1, $2, $3, $4, $5, $6, $7, $7) returning *`,
    [
      randomUUID(),
      session.officer.iin,
      session.officer.fullName,
      session.stationId,
      session.officer.region.code,
      point,
      node.now().toISOString(),
    ],
  );

/** A challenge must outlive its claim: what was signed in the last minute may come days later. */
async function lengthen(
  node: NodeContext,
  tx: Queryable,
  lease: IssueLeaseRow,
): Promise<IssueLeaseRow> {
  const until = plusMs(node.now(), node.config.issueLease.hours * HOUR);
  await tx.query(
    `update lease l set until = greatest(until, $2), ended = null,
       challenge_expires_at = greatest(challenge_expires_at, $3)
     where issue_lease_id = $1 and ${OPEN}`,
    [
      lease.id,
      until.toISOString(),
      plusMs(until, node.settings.challengeHours * HOUR).toISOString(),
    ],
  );
  return getRow<IssueLeaseRow>(
    tx,
    'update issue_lease set until = greatest(until, $2) where id = $1 returning *',
    [lease.id, until.toISOString()],
  );
}

async function addCards(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  lease: IssueLeaseRow,
  applicationIds: readonly string[],
): Promise<void> {
  if (applicationIds.length === 0) return;
  const challengeEnds = plusMs(lease.until, node.settings.challengeHours * HOUR);
  await tx.query(
    `insert into lease (id, application_id, challenge, officer_iin, officer_name, department,
       station_id, since, until, challenge_expires_at, issue_lease_id)
     select n.id, n.application_id, n.challenge, $4, $5, $6::json, $7, $8, $9, $10, $11
       from unnest($1::uuid[], $2::uuid[], $3::text[]) as n (id, application_id, challenge)`,
    [
      applicationIds.map(() => randomUUID()),
      applicationIds,
      applicationIds.map(() => randomBytes(32).toString('base64url')),
      session.officer.iin,
      session.officer.fullName,
      JSON.stringify(session.officer.department),
      session.stationId,
      node.now().toISOString(),
      lease.until.toISOString(),
      challengeEnds.toISOString(),
      lease.id,
    ],
  );
  await tx.query(
    `update application a set lease_no = l.no from (
       select application_id, max(no) as no from lease where issue_lease_id = $1 group by 1) l
     where l.application_id = a.id and a.id = any($2::uuid[])`,
    [lease.id, applicationIds],
  );
  await bumpAll(tx, applicationIds);
}

interface OpenCard extends LeaseRow {
  readonly region: string;
}

/** Locks the applications of these open claims, then answers those that are still open. */
async function lockCards(
  tx: Queryable,
  which: string,
  parameters: readonly unknown[],
): Promise<OpenCard[]> {
  const select = `from lease l join application a on a.lease_no = l.no
    where a.stage = 'at-point' and ${OPEN} and (${which})`;
  const found = await tx.query<{ id: string }>(`select a.id ${select} order by a.id`, [
    ...parameters,
  ]);
  for (const { id } of found) await lockApplication(tx, id);
  return tx.query<OpenCard>(`select l.*, a.region ${select} order by a.id`, [...parameters]);
}

async function endAll(
  node: NodeContext,
  tx: Queryable,
  cards: readonly OpenCard[],
  ended: 'released' | 'broken',
): Promise<void> {
  if (cards.length === 0) return;
  const numbers = cards.map(({ no }) => no);
  await tx.query(
    'update lease set ended = $2, until = least(until, $3) where no = any($1::bigint[])',
    [numbers, ended, node.now().toISOString()],
  );
  await tx.query('delete from lease_wish where lease_id = any($1::uuid[])', [
    cards.map(({ id }) => id),
  ]);
  const leases = [...new Set(cards.flatMap(({ issue_lease_id }) => issue_lease_id ?? []))];
  await tx.query(
    `update issue_lease i set ended = $2 where i.id = any($1::uuid[]) and not exists (
       select 1 from lease l join application a on a.lease_no = l.no and a.stage = 'at-point'
        where l.issue_lease_id = i.id and ${OPEN})`,
    [leases, ended === 'broken' ? 'broken' : 'returned'],
  );
  await bumpAll(
    tx,
    cards.map(({ application_id }) => application_id),
  );
}

/** One number of the feed each, in one statement. */
async function bumpAll(tx: Queryable, applicationIds: readonly string[]): Promise<void> {
  if (applicationIds.length === 0) return;
  const from = await nextSeq(tx, applicationIds.length);
  await tx.query(
    `update application a set seq = $2::bigint + n.place - 1
       from unnest($1::uuid[]) with ordinality as n (id, place) where a.id = n.id`,
    [applicationIds, from],
  );
}

async function signedDocument(
  node: NodeContext,
  tx: Queryable,
  lease: IssueLeaseRow,
): Promise<SignedIssueLease> {
  const rows = await tx.query<LeaseRow & { ticket: string; card: Card }>(
    `select l.*, a.ticket, a.card from lease l
       join application a on a.lease_no = l.no and a.stage = 'at-point'
      where l.issue_lease_id = $1 and ${OPEN} order by l.no`,
    [lease.id],
  );
  const document: IssueLease = {
    type: 'kualik/issue-lease',
    version: 1,
    issueLeaseId: lease.id,
    stationId: lease.station_id,
    officerIin: lease.officer_iin,
    registrationPoint: lease.point,
    since: lease.since.toISOString(),
    until: lease.until.toISOString(),
    cards: rows.slice(0, MOST_CARDS).map((row) => ({
      ticket: row.ticket,
      cardNumber: row.card.number,
      claim: claimOf(row),
    })),
  };
  const bytes = canonicalBytes(document);
  const cms = node.signList?.(bytes) ?? refuse('unavailable');
  return {
    lease: Buffer.from(bytes).toString('base64'),
    cms: Buffer.from(cms).toString('base64'),
  };
}
