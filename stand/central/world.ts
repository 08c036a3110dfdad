// Moves of the world that no officer makes: cases that change region or dossier, new ones, phantom claims.
import { randomInt, randomUUID } from 'node:crypto';
import { dossier as dossierSchema, type Dossier } from '../../src/shared/central/application.ts';
import type { Coded, Department } from '../../src/shared/central/common.ts';
import {
  headOf,
  isPointStage,
  lockApplication,
  SELECT_APPLICATION,
  type ApplicationRow,
} from './application-row.ts';
import { bump, insertLease } from './claims.ts';
import { nextSeq, record, type NodeContext } from './context.ts';
import { findRow, type Queryable } from './database.ts';
import { loadApplications, sealDossier } from './load.ts';
import { localDate } from './record-rules.ts';
import { refuse } from './refusal.ts';

/** A region with its department and registration points. */
export interface RegionEntry {
  readonly region: Coded;
  readonly department: Department;
  readonly points: readonly Coded[];
}

const DAY_MS = 86_400_000;

async function locked(tx: Queryable, id: string): Promise<ApplicationRow> {
  return (await lockApplication(tx, id)) ?? refuse('not-found');
}

async function writeDossier(tx: Queryable, row: ApplicationRow, dossier: Dossier, seq: number) {
  const sealed = sealDossier(dossierSchema.parse(dossier));
  await tx.query(
    `update application set revision = $2, dossier = $3, dossier_sha256 = $4, region = $5, point = $6,
       seq = $7, region_seq = $7, point_seq = $8 where id = $1`,
    [
      row.id,
      dossier.revision,
      sealed.text,
      sealed.sha256,
      dossier.region,
      dossier.registrationPoint.code,
      seq,
      isPointStage(row.stage) ? seq : null,
    ],
  );
}

/** Moves a case to another region (or point): it leaves the old feeds and enters the new ones. */
export async function moveCase(
  node: NodeContext,
  directory: readonly RegionEntry[],
  { applicationId, region, point }: { applicationId: string; region: string; point?: string },
): Promise<{ revision: number }> {
  const target = directory.find((entry) => entry.region.code === region) ?? refuse('not-found');
  const place =
    (point === undefined
      ? target.points[0]
      : target.points.find((entry) => entry.code === point)) ?? refuse('not-found');
  const revision = await node.database.transaction(async (tx) => {
    const row = await locked(tx, applicationId);
    const dossier: Dossier = {
      ...(JSON.parse(row.dossier) as Dossier),
      revision: row.revision + 1,
      region,
      department: target.department,
      registrationPoint: place,
    };
    const at = node.now().toISOString();
    const timeline = [...row.timeline, { at, event: 'moved', note: target.region.nameRu }];
    await tx.query('update application set timeline = $2::json where id = $1', [
      row.id,
      JSON.stringify(timeline),
    ]);
    if (row.lease_no !== null)
      await tx.query("update lease set ended = 'moved' where no = $1 and ended is null", [
        row.lease_no,
      ]);
    await record(tx, node.now(), { event: 'moved', applicationId, detail: { region } });
    const seq = await nextSeq(tx);
    const old = [`region:${row.region}`, ...(isPointStage(row.stage) ? [`point:${row.point}`] : [])];
    const entered = [`region:${region}`, `point:${place.code}`];
    for (const scope of old.filter((one) => !entered.includes(one)))
      await tx.query(
        `insert into departure (application_id, scope, moved_to, seq) values ($1, $2, $3, $4)
         on conflict (application_id, scope) do update set moved_to = excluded.moved_to, seq = excluded.seq`,
        [row.id, scope, region, seq],
      );
    await tx.query('delete from departure where application_id = $1 and scope = any($2::text[])', [
      row.id,
      entered,
    ]);
    await writeDossier(tx, row, dossier, seq);
    return dossier.revision;
  });
  node.wake.call();
  return { revision };
} // prettier-ignore

/** A new revision of the dossier: the applicant's phone changed. */
export async function touch(node: NodeContext, applicationId: string) {
  const revision = await node.database.transaction(async (tx) => {
    const row = await locked(tx, applicationId);
    const old = JSON.parse(row.dossier) as Dossier;
    const phone = `${old.phone.slice(0, -2)}${randomInt(10, 100)}`;
    const dossier: Dossier = { ...old, revision: row.revision + 1, phone };
    await record(tx, node.now(), { event: 'touched', applicationId });
    await writeDossier(tx, row, dossier, await nextSeq(tx));
    return dossier.revision;
  });
  node.wake.call();
  return { revision };
}

/** The lease's time is over now, as if the minutes had passed. */
export async function expireLease(node: NodeContext, applicationId: string) {
  const expired = await node.database.transaction(async (tx) => {
    const row = await locked(tx, applicationId);
    const ended = await tx.query(
      "update lease set ended = 'expired', until = $2 where no = $1 and ended is null returning no",
      [row.lease_no, node.now().toISOString()],
    );
    if (ended.length === 0) return false;
    await record(tx, node.now(), { event: 'lease-expired', applicationId });
    await bump(tx, applicationId);
    return true;
  });
  node.wake.call();
  return { expired };
}

/** A phantom officer at a phantom station takes the case, whoever holds it. */
export async function claimAs(
  node: NodeContext,
  directory: readonly RegionEntry[],
  order: {
    applicationId: string;
    stationId?: string;
    officerName?: string;
    minutes?: number;
    region?: string;
  },
) {
  const lease = await node.database.transaction(async (tx) => {
    const row = await locked(tx, order.applicationId);
    const own = (JSON.parse(row.dossier) as Dossier).department;
    const department = directory.find(({ region }) => region.code === order.region)?.department;
    await tx.query("update lease set ended = 'expired' where no = $1 and ended is null", [
      row.lease_no,
    ]);
    const holder = {
      iin: '000000000000',
      name: order.officerName ?? 'ТРЕНИРОВ УЧЕТ',
      department: department ?? own,
      stationId: order.stationId ?? 'phantom-station',
    };
    const taken = await insertLease(node, tx, row.id, holder, order.minutes ?? 30);
    await record(tx, node.now(), { event: 'claimed', applicationId: row.id, stationId: holder.stationId });
    await bump(tx, row.id);
    return taken;
  });
  node.wake.call();
  return { leaseId: lease.id, until: lease.until.toISOString() };
} // prettier-ignore

/** One new pending application made like an existing one: new id, ticket and times, same person. */
export async function addApplication(
  node: NodeContext,
  order: { region?: string; like?: string; stage?: 'pending' | 'in-production' },
) {
  const model = await findRow<ApplicationRow>(
    node.database,
    `${SELECT_APPLICATION} where ($1::uuid is null and a.stage = 'pending' and ($2::text is null or a.region = $2))
       or a.id = $1 order by a.seq limit 1`,
    [order.like ?? null, order.region ?? null],
  );
  if (model === null) return refuse('not-found');
  const old = JSON.parse(model.dossier) as Dossier;
  const at = node.now().toISOString();
  const days = Math.round(
    (Date.parse(localDate(at)) - Date.parse(localDate(old.filedAt))) / DAY_MS,
  );
  const end = new Date(Date.parse(old.document.endDate) + days * DAY_MS);
  const dossier: Dossier = {
    ...old,
    applicationId: randomUUID(),
    revision: 1,
    ticket: `${old.ticket.slice(0, 50)}/${randomInt(1000, 10_000)}`,
    filedAt: at,
    registeredAt: at,
    document: { ...old.document, endDate: end.toISOString().slice(0, 10) },
  };
  const made = order.stage === 'in-production';
  const events = [
    ...(['filed', 'registered', 'routed'] as const),
    ...(made ? (['approved', 'production-started'] as const) : []),
  ];
  const images = await node.database.query<{ sha256: string; mime: 'image/jpeg'; bytes: Uint8Array }>(
    `select b.sha256, b.mime, b.bytes from blob b
     join application_blob l on l.sha256 = b.sha256 where l.application_id = $1`,
    [model.id],
  );
  const head = {
    ...headOf(model, node.now()),
    applicationId: dossier.applicationId,
    revision: 1,
    stage: order.stage ?? 'pending',
    holder: null,
    card: null,
    decision: made ? { kind: 'approve' as const, at, actId: randomUUID(), reasons: [] } : null,
    timeline: events.map((event) => ({ at, event, note: null })),
  };
  await loadApplications(node.database, [{ dossier, head, images }]);
  node.wake.call();
  return { applicationId: dossier.applicationId, ticket: dossier.ticket };
} // prettier-ignore
