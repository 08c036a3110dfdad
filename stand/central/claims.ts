// Claims as leases: one officer at one station holds a case until a time; exactly one winner.
import { randomBytes, randomUUID } from 'node:crypto';
import type { NodeStage } from '../../src/shared/central/application.ts';
import type { Department } from '../../src/shared/central/common.ts';
import type { Claim, Role } from '../../src/shared/central/messages.ts';
import { headOf, isDamaged, lockApplication, type ApplicationRow } from './application-row.ts';
import {
  handOverVerdict,
  standingOf,
  type Claimant,
  type LeaseEnd,
  type LeaseFacts,
  type Standing,
} from './lease-rules.ts';
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
  readonly ended: LeaseEnd | null;
  readonly challenge: string;
  readonly challenge_expires_at: Date;
  /** Null: one card claimed at the counter. */
  readonly issue_lease_id: string | null;
}

/** Who works on which stage: reviewers decide, issuers hand over. */
const ROLE_OF_STAGE: Readonly<Partial<Record<NodeStage, Role>>> = {
  pending: 'reviewer',
  'at-point': 'issuer',
};

export const claimOf = (lease: LeaseRow): Claim => ({
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

const factsOf = (lease: LeaseRow): LeaseFacts => ({
  officerIin: lease.officer_iin,
  stationId: lease.station_id,
  untilMs: lease.until.getTime(),
  ended: lease.ended,
});
const claimantOf = (session: Session): Claimant => ({
  officerIin: session.officer.iin,
  stationId: session.stationId,
});

/** Cards are things: a claim of one at the counter is free again only when it was settled. */
const isStrict = (row: ApplicationRow): boolean => row.stage === 'at-point';

/** Whose the application is just now, as this session sees it. */
export const standing = (
  node: NodeContext,
  session: Session,
  row: ApplicationRow,
  lease: LeaseRow | null,
) =>
  standingOf(
    lease === null ? null : factsOf(lease),
    claimantOf(session),
    node.now().getTime(),
    isStrict(row),
  );

/** The newest claim, when it is nobody else's; refuses `claimed-by-other` or `lease-unsettled`. */
export async function demandNoOther(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  row: ApplicationRow,
): Promise<LeaseRow | null> {
  const lease = await newestLease(tx, row);
  const stands = standing(node, session, row, lease);
  if (lease !== null) refuseOthers(stands, lease);
  return stands === 'own' ? lease : null;
}

/** Refuses `claimed-by-other` or `lease-unsettled` where the claim is somebody else's. */
export function refuseOthers(stands: Standing, lease: LeaseRow): void {
  if (stands === 'held') refuseHeld(lease);
  if (stands === 'unsettled') refuseUnsettled(lease);
}

/** Names the holder's department and the time, and the officer (a colleague to ring up). */
const refuseHeld = (lease: LeaseRow): never =>
  refuse('claimed-by-other', {
    department: lease.department.nameRu,
    departmentBin: lease.department.bin,
    departmentKz: lease.department.nameKz,
    officerName: lease.officer_name,
    until: lease.until.toISOString(),
  });

const refuseUnsettled = (lease: LeaseRow): never =>
  refuse('lease-unsettled', {
    stationId: lease.station_id,
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

/**
 * Claims a case, or gives the same officer at the same station its own lease back, extended: a request
 * that was thought lost and comes late must not put another claim in the place of the one in use.
 */
export async function claim(
  node: NodeContext,
  session: Session,
  applicationId: string,
): Promise<Claim> {
  let wished: LeaseRow | null = null;
  const claiming = node.database.transaction(async (tx) => {
    const row = await lockInScope(tx, session, applicationId);
    const role = ROLE_OF_STAGE[row.stage];
    if (role === undefined) return refuse('stage-mismatch', { stage: row.stage });
    if (!session.officer.roles.includes(role)) return refuse('forbidden', { role });
    // Also for one who sees the whole region as a reviewer: a card is of one point.
    if (isStrict(row) && row.point !== session.officer.registrationPoint?.code)
      return refuse('out-of-scope');
    if (isDamaged(row)) return refuse('stage-mismatch', { stage: row.stage, condition: 'damaged' });
    const newest = await newestLease(tx, row);
    if (isStrict(row) && standing(node, session, row, newest) === 'held') wished = newest;
    const own = await demandNoOther(node, tx, session, row);
    const now = node.now();
    const again = own !== null && (isStrict(row) || revivable(own, now));
    if (own !== null && !again) await settle(node, tx, own);
    const held = again
      ? await extend(node, tx, own, isStrict(row))
      : await insertLease(node, tx, applicationId, holderOf(session), node.config.leaseMinutes);
    await record(tx, now, {
      event: again ? 'claimed-again' : 'claimed',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      applicationId,
    });
    await bump(tx, applicationId);
    return held;
  });
  const claimed = await claiming.catch(async (error: unknown) => {
    if (wished !== null) await wish(node, session, wished);
    throw error;
  });
  node.wake.call();
  return claimOf(claimed);
}

const holderOf = (session: Session) => ({
  iin: session.officer.iin,
  name: session.officer.fullName,
  department: session.officer.department,
  stationId: session.stationId,
});

/** The holder no longer has it; time that was left is over. */
const settle = (node: NodeContext, tx: Queryable, lease: LeaseRow) =>
  tx.query("update lease set ended = 'released', until = least(until, $2) where no = $1", [
    lease.no,
    node.now().toISOString(),
  ]);

/** Another counter would have this card: its holder is woken, and told in his next round. */
async function wish(node: NodeContext, session: Session, lease: LeaseRow): Promise<void> {
  await node.database.transaction(async (tx) => {
    await lockApplication(tx, lease.application_id);
    const made = await tx.query(
      `insert into lease_wish (lease_id, application_id, station_id, at) values ($1, $2, $3, $4)
       on conflict do nothing returning lease_id`,
      [lease.id, lease.application_id, session.stationId, node.now().toISOString()],
    );
    if (made.length === 0) return;
    await record(tx, node.now(), {
      event: 'card-wanted',
      stationId: session.stationId,
      officerIin: session.officer.iin,
      applicationId: lease.application_id,
    });
    await bump(tx, lease.application_id);
  });
  node.wake.call();
}

/** Clocks of stations and node differ by so much at most. */
export const SKEW_MS = 5 * MINUTE;

/** An act signed under it may still be on its way, so time alone does not end it for its holder. */
const revivable = (lease: LeaseRow, now: Date): boolean =>
  (lease.ended === null || lease.ended === 'expired') && lease.challenge_expires_at > now;

/** A card may be handed over in the last minute and tell it days later: its challenge lives on too. */
const extend = (
  node: NodeContext,
  tx: Queryable,
  lease: LeaseRow,
  card: boolean,
): Promise<LeaseRow> => {
  const until = plusMs(node.now(), node.config.leaseMinutes * MINUTE);
  const ends = card ? plusMs(until, node.settings.challengeHours * HOUR) : until;
  return getRow<LeaseRow>(
    tx,
    `update lease set until = greatest(until, $2), ended = null,
       challenge_expires_at = greatest(challenge_expires_at, $3) where no = $1 returning *`,
    [lease.no, until.toISOString(), ends.toISOString()],
  );
};

/** Own lease of a locked application; refuses `claimed-by-other`, `lease-missing`, `lease-expired`. */
async function demandOwnLease(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  row: ApplicationRow,
): Promise<LeaseRow> {
  const lease = await newestLease(tx, row);
  if (lease === null) return refuse('lease-missing');
  const stands = standing(node, session, row, lease);
  if (stands === 'own') return lease;
  if (stands === 'held') return refuseHeld(lease);
  if (stands === 'unsettled') return refuseUnsettled(lease);
  const mine = lease.officer_iin === session.officer.iin && lease.station_id === session.stationId;
  return refuse(mine && lease.ended !== 'moved' ? 'lease-missing' : 'lease-expired');
}

/** The claim under which an act signed at `at` counts; refuses as `demandOwnLease` does. */
export async function demandLeaseOfAct(
  node: NodeContext,
  tx: Queryable,
  session: Session,
  row: ApplicationRow,
  at: Date,
): Promise<LeaseRow> {
  if (!isStrict(row)) return demandOwnLease(node, tx, session, row);
  const lease = await newestLease(tx, row);
  const verdict = handOverVerdict(
    lease === null ? null : factsOf(lease),
    claimantOf(session),
    at.getTime(),
    node.now().getTime(),
    SKEW_MS,
  );
  if (lease === null) return refuse('lease-missing');
  if (verdict === 'accepted') return lease;
  if (verdict === 'claimed-by-other') return refuseHeld(lease);
  if (verdict === 'lease-unsettled') return refuseUnsettled(lease);
  return refuse(verdict);
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
    if (!isStrict(row) && !revivable(lease, node.now())) return refuse('lease-expired');
    const wasHeld = headOf(row, node.now()).holder !== null;
    const extended = await extend(node, tx, lease, isStrict(row));
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

/** `leaseId` names the claim that is given up; another one that took its place stays. */
export async function release(
  node: NodeContext,
  session: Session,
  applicationId: string,
  leaseId?: string,
) {
  await node.database.transaction(async (tx) => {
    const row = await lockInScope(tx, session, applicationId);
    const lease = await demandOwnLease(node, tx, session, row);
    if (leaseId !== undefined && lease.id !== leaseId) return refuse('lease-missing');
    await settle(node, tx, lease);
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
