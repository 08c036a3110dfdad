// Log-in by a signed challenge, and the short-lived session that follows; tokens are kept hashed.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { department } from '../../src/shared/central/common.ts';
import type { openSessionRequest } from '../../src/shared/central/messages.ts';
import { officerProfile, type OfficerProfile } from '../../src/shared/central/messages.ts';
import { logInStatement } from '../../src/shared/central/statement.ts';
import { MINUTE, HOUR, plusMs, record, type NodeContext } from './context.ts';
import { findRow, type Queryable } from './database.ts';
import { refuse } from './refusal.ts';
import { demandNotRevoked } from './revocation.ts';
import { decodeSigned, readCanonical, verifySigned } from './signed-input.ts';

const CLOCK_SKEW_MS = 15 * MINUTE;

export interface Session {
  readonly tokenSha256: string;
  readonly stationId: string;
  readonly officer: OfficerProfile;
}

interface OfficerRow {
  full_name: string;
  department: z.infer<typeof department>;
  region: OfficerProfile['region'];
  roles: OfficerProfile['roles'];
  point: OfficerProfile['registrationPoint'];
}

const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Writes the officers the node knows; called at the stand's start. */
export async function putOfficer(db: Queryable, profile: OfficerProfile): Promise<void> {
  const officer = officerProfile.parse(profile);
  await db.query(
    `insert into officer (iin, full_name, department, region, roles, point)
     values ($1, $2, $3::json, $4::json, $5::json, $6::json)
     on conflict (iin) do update set full_name = excluded.full_name, region = excluded.region,
       department = excluded.department, roles = excluded.roles, point = excluded.point`,
    [
      officer.iin,
      officer.fullName,
      ...[officer.department, officer.region, officer.roles].map((value) => JSON.stringify(value)),
      officer.registrationPoint === null ? null : JSON.stringify(officer.registrationPoint),
    ],
  );
}

export async function findOfficer(db: Queryable, iin: string): Promise<OfficerProfile | null> {
  const row = await findRow<OfficerRow>(db, 'select * from officer where iin = $1', [iin]);
  return (
    row && {
      iin,
      fullName: row.full_name,
      department: row.department,
      region: row.region,
      roles: row.roles,
      registrationPoint: row.point,
    }
  );
}

/** A one-time value to sign; forgotten ones are swept here. */
export async function makeChallenge(node: NodeContext) {
  const now = node.now();
  const challenge = {
    challengeId: randomUUID(),
    challenge: randomBytes(32).toString('base64url'),
    expiresAt: plusMs(now, node.settings.logInChallengeMinutes * MINUTE).toISOString(),
  };
  await node.database.query("delete from challenge where expires_at < $1::timestamptz - interval '1 day'", [
    now.toISOString(),
  ]); // prettier-ignore
  await node.database.query('insert into challenge (id, value, expires_at) values ($1, $2, $3)', [
    challenge.challengeId,
    challenge.challenge,
    challenge.expiresAt,
  ]);
  return challenge;
}

/** Checks the signed log-in and opens a session; several stations of one officer may be open. */
export async function openSession(
  node: NodeContext,
  stationId: string,
  request: z.infer<typeof openSessionRequest>,
) {
  const now = node.now();
  const signed = decodeSigned(request);
  const statement = readCanonical(logInStatement, signed.statement);
  const challenge = await findRow<{ value: string; expires_at: Date }>(
    node.database,
    'delete from challenge where id = $1 returning value, expires_at', // one try each
    [statement.challengeId],
  );
  if (challenge === null || challenge.value !== statement.challenge) refuse('challenge-unknown');
  if (challenge.expires_at <= now) refuse('challenge-expired');
  const certificate = verifySigned(node, signed, { iin: statement.officerIin });
  const officer = await findOfficer(node.database, statement.officerIin);
  if (officer === null) refuse('officer-unknown');
  if (certificate.bin !== officer.department.bin)
    refuse('certificate-refused', { reason: 'bin-mismatch' });
  demandNotRevoked(node, certificate, 'log-in');
  if (statement.stationId !== stationId) refuse('statement-mismatch', { field: 'stationId' });
  if (Math.abs(Date.parse(statement.at) - now.getTime()) > CLOCK_SKEW_MS)
    refuse('statement-mismatch', { field: 'at' });
  const token = randomBytes(32).toString('base64url');
  const expiresAt = plusMs(now, node.settings.sessionHours * HOUR).toISOString();
  await node.database.query(
    `insert into session (token_sha256, officer_iin, station_id, opened_at, expires_at)
     values ($1, $2, $3, $4, $5)`,
    [tokenHash(token), officer.iin, stationId, now.toISOString(), expiresAt],
  );
  await record(node.database, now, {
    event: 'session-opened',
    stationId,
    officerIin: officer.iin,
    detail: { certificate: certificate.sha256 },
  });
  return { token, expiresAt, officer, config: node.config };
}

/** The session behind a bearer token sent from its own station; refuses `unauthenticated`. */
export async function authenticate(
  node: NodeContext,
  authorization: string | undefined,
  stationId: string | undefined,
): Promise<Session> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(authorization ?? '')?.[1];
  if (token === undefined) refuse('unauthenticated');
  const tokenSha256 = tokenHash(token);
  const row = await findRow<{ officer_iin: string; station_id: string; expires_at: Date }>(
    node.database,
    'select officer_iin, station_id, expires_at from session where token_sha256 = $1',
    [tokenSha256],
  );
  if (row === null || row.expires_at <= node.now() || row.station_id !== stationId)
    refuse('unauthenticated');
  const officer = await findOfficer(node.database, row.officer_iin);
  if (officer === null) refuse('unauthenticated');
  return { tokenSha256, stationId: row.station_id, officer };
}

export async function closeSession(node: NodeContext, session: Session) {
  await node.database.query('delete from session where token_sha256 = $1', [session.tokenSha256]);
  await record(node.database, node.now(), {
    event: 'session-closed',
    stationId: session.stationId,
    officerIin: session.officer.iin,
  });
  return { done: true as const };
}
