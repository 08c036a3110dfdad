// Claims as leases: one officer at one station holds a case until a time; exactly one winner.
import { randomBytes, randomUUID } from 'node:crypto';
import type { NodeStage } from '../../src/shared/central/application.ts';
import type { Department } from '../../src/shared/central/common.ts';
import type { Claim, Role } from '../../src/shared/central/messages.ts';
import { headOf, lockApplication, type ApplicationRow } from './application-row.ts';
import { HOUR, MINUTE, nextSeq, plusMs, record, type NodeContext } from './context.ts';
import { findRow, getRow, type Queryable } from './database.ts';
import { refuse } from './refusal.ts';
import { inScope, scopeOf } from './scope.ts';
import type { Session } from './session.ts';

export interface LeaseRow {
  readonly no: number;
  readonly id: string;
  readonly application_id: string;
  readonly officer_iin: string;
  readonly officer_name: string;
  readonly department: Department;
  readonly station_id: string;
  readonly since: Date;
  readonly until: Date;
  readonly ended: 'released' | 'expired' | 'decided' | 'moved' | null;
  readonly challenge: string;
  readonly challenge_expires_at: Date;
}

/** Who works on which stage: reviewers decide, issuers hand over. */
const ROLE_OF_STAGE: Readonly<Partial<Record<NodeStage, Role>>> = {
  pending: 'reviewer',
  'at-point': 'issuer',
};

const claimOf = (lease: LeaseRow): Claim => ({
  applicationId: lease.application_id,
  leaseId: lease.id,
  since: lease.since.toISOString(),
  until: lease.until.toISOString(),
  challenge: { value: lease.challenge, expiresAt: lease.challenge_expires_at.toISOString() },
});

export const newestLease = (tx: Queryable, row: ApplicationRow): Promise<LeaseRow | null> =>
  row.lease_no === null
    ? Promise.resolve(null)
    : findRow<LeaseRow>(tx, 'select * from lease where no = $1', [row.lease_no]);

const isMine = (lease: LeaseRow, session: Session): boolean =>
  lease.officer_iin === session.officer.iin && lease.station_id === session.stationId;

const isHeld = (lease: LeaseRow, now: Date): boolean => lease.ended === null && lease.until > now;

/** Names the holder's department and the time, and the officer (a colleague to ring up). */
const refuseHeld = (lease: LeaseRow): never =>
  refuse('claimed-by-other', {
    department: lease.department.nameRu,
    departmentBin: lease.department.bin,
    departmentKz: lease.department.nameKz,
    officerName: lease.officer_name,
    until: lease.until.toISOString(),
  });

/** The application locked and in scope; refusals `not-found`, `out-of-scope`. */
export async function lockInScope(
  tx: Queryable,
  session: Session,
  applicationId: string,
): Promise<ApplicationRow> {
  const row = await lockApplication(tx, applicationId);
  if (row === null) return refuse('not-found');
  if (!inScope(scopeOf(session.officer), row)) return refuse('out-of-scope');
  return row;
}

/** Says to the feed that the application changed (holder, stage, card …). */
export async function bump(tx: Queryable, applicationId: string): Promise<void> {
  await tx.query('update application set seq = $2 where id = $1', [
    applicationId,
    await nextSeq(tx),
  ]);
}

/** Writes a new lease row and makes it the application's newest. */
export async function insertLease(
  node: NodeContext,
  tx: Queryable,
  applicationId: string,
  holder: { iin: string; name: string; department: Department; stationId: string },
  minutes: number,
): Promise<LeaseRow> {
  const now = node.now();
  const lease = await getRow<LeaseRow>(
    tx,
    `insert into lease (id, application_id, officer_iin, officer_name, department, station_id,
       since, until, challenge, challenge_expires_at)
     values ($1, $2, $3, $4, $5::json, $6, $7, $8, $9, $10) returning *`,
    [
      randomUUID(),
      applicationId,
      holder.iin,
      holder.name,
      JSON.stringify(holder.department),
      holder.stationId,
      now.toISOString(),
      plusMs(now, minutes * MINUTE).toISOString(),
      randomBytes(32).toString('base64url'),
      plusMs(now, node.settings.challengeHours * HOUR).toISOString(),
    ],
  );
  await tx.query('update application set lease_no = $2 where id = $1', [applicationId, lease.no]);
  return lease;
}

/** Claims a case, or gives the same officer at the same station its own lease back, extended. */
export async function claim(
  node: NodeContext,
  session: Session,
  applicationId: string,
): Promise<Claim> {
  const claimed = await node.database.transaction(async (tx) => {
    const row = await lockInScope(tx, session, applicationId);
    const role = ROLE_OF_STAGE[row.stage];
    if (role === undefined) return refuse('stage-mismatch', { stage: row.stage });
    if (!session.officer.roles.includes(role)) return refuse('forbidden', { role });
    const lease = await newestLease(tx, row);
    const now = node.now();
    if (lease !== null && isHeld(lease, now) && !isMine(lease, session)) return refuseHeld(lease);
    const again = lease !== null && isMine(lease, session) && revivable(lease, now);
    const held = again
      ? await extend(node, tx, lease)
      : await insertLease(
          node,
          tx,
          applicationId,
          {
            iin: session.officer.iin,
            name: session.officer.fullName,
            department: session.officer.department,
            stationId: session.stationId,
          },
          node.config.leaseMinutes,
        );
    await record(tx, now, {
      event: again ? 'claimed-again' : 'claimed',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      applicationId,
    });
    await bump(tx, applicationId);
    return held;
  });
  node.wake.call();
  return claimOf(claimed);
}

/** An act signed under it may still be on its way, so time alone does not end it for its holder. */
const revivable = (lease: LeaseRow, now: Date): boolean =>
  (lease.ended === null || lease.ended === 'expired') && lease.challenge_expires_at > now;

const extend = (node: NodeContext, tx: Queryable, lease: LeaseRow): Promise<LeaseRow> =>
  getRow<LeaseRow>(tx, 'update lease set until = $2, ended = null where no = $1 returning *', [
    lease.no,
    plusMs(node.now(), node.config.leaseMinutes * MINUTE).toISOString(),
  ]);

/** Own lease of a locked application; refuses `claimed-by-other`, `lease-missing`, `lease-expired`. */
export async function demandOwnLease(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  row: ApplicationRow,
): Promise<LeaseRow> {
  const lease = await newestLease(tx, row);
  if (lease === null) return refuse('lease-missing');
  if (!isMine(lease, session))
    return isHeld(lease, node.now()) ? refuseHeld(lease) : refuse('lease-expired');
  if (lease.ended === 'released' || lease.ended === 'decided') return refuse('lease-missing');
  if (lease.ended === 'moved') return refuse('lease-expired');
  return lease;
}

/** Makes the lease longer; one that ran out unnoticed may be renewed while nobody else claimed. */
export async function renew(
  node: NodeContext,
  session: Session,
  applicationId: string,
): Promise<Claim> {
  const renewed = await node.database.transaction(async (tx) => {
    const row = await lockInScope(tx, session, applicationId);
    const lease = await demandOwnLease(node, tx, session, row);
    if (!revivable(lease, node.now())) return refuse('lease-expired');
    const wasHeld = headOf(row, node.now()).holder !== null;
    const extended = await extend(node, tx, lease);
    await bump(tx, applicationId); // colleagues see the new `until`
    if (!wasHeld)
      await record(tx, node.now(), {
        event: 'claimed-again',
        stationId: session.stationId,
        officerIin: session.officer.iin,
        applicationId,
      });
    return extended;
  });
  node.wake.call();
  return claimOf(renewed);
}

export async function release(node: NodeContext, session: Session, applicationId: string) {
  await node.database.transaction(async (tx) => {
    const row = await lockInScope(tx, session, applicationId);
    const lease = await demandOwnLease(node, tx, session, row);
    await tx.query("update lease set ended = 'released', until = $2 where no = $1", [
      lease.no,
      node.now().toISOString(),
    ]);
    await record(tx, node.now(), {
      event: 'released',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      applicationId,
    });
    await bump(tx, applicationId);
  });
  node.wake.call();
  return { done: true as const };
}

/** Ends leases whose time has passed, so that readers of the feed see the case free; how many. */
export async function expireLeases(node: NodeContext): Promise<number> {
  const now = node.now().toISOString();
  const ended = await node.database.transaction(async (tx) => {
    const due = await tx.query<{ id: string; lease_no: number }>(
      `select a.id, a.lease_no from application a join lease l on l.no = a.lease_no
       where l.ended is null and l.until <= $1 order by a.id for update of a skip locked`,
      [now],
    );
    for (const { id, lease_no } of due) {
      const changed = await tx.query(
        "update lease set ended = 'expired' where no = $1 and ended is null and until <= $2 returning no",
        [lease_no, now],
      );
      if (changed.length === 0) continue;
      await record(tx, node.now(), { event: 'lease-expired', applicationId: id });
      await bump(tx, id);
    }
    return due.length;
  });
  if (ended > 0) node.wake.call();
  return ended;
}
