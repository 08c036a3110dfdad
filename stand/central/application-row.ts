// An application as stored, and the head that is shown of it.
import type { Card, Head, NodeStage, TimelineEntry } from '../../src/shared/central/application.ts';
import type { Department } from '../../src/shared/central/common.ts';
import { findRow, type Queryable } from './database.ts';

export interface ApplicationRow {
  readonly id: string;
  readonly ticket: string;
  readonly region: string;
  readonly point: string;
  readonly revision: number;
  readonly stage: NodeStage;
  readonly dossier: string;
  readonly dossier_sha256: string;
  readonly card: Card | null;
  readonly decision: Head['decision'];
  readonly timeline: TimelineEntry[];
  readonly lease_no: number | null;
  /** List its card travels with, or was missing from. */
  readonly dispatch_id: string | null;
  readonly seq: number;
  readonly region_seq: number;
  readonly point_seq: number | null;
  readonly l_department: Department | null;
  readonly l_officer_name: string | null;
  readonly l_officer_iin: string | null;
  readonly l_station_id: string | null;
  readonly l_since: Date | null;
  readonly l_until: Date | null;
  readonly l_ended: string | null;
}

/** Application `a` with its newest lease `l`; add a where clause on `a`. */
export const SELECT_APPLICATION = `
select a.*, l.department as l_department, l.officer_name as l_officer_name,
  l.officer_iin as l_officer_iin, l.station_id as l_station_id, l.since as l_since,
  l.until as l_until, l.ended as l_ended
from application a left join lease l on l.no = a.lease_no`;

/** What moves during the life of the application, as everybody in its scope may see it. */
export function headOf(row: ApplicationRow, now: Date): Head {
  const held = row.l_until !== null && row.l_ended === null && row.l_until > now;
  return {
    applicationId: row.id,
    revision: row.revision,
    stage: row.stage,
    holder: held
      ? {
          department: row.l_department as Department,
          officerName: row.l_officer_name ?? '',
          stationId: row.l_station_id ?? '',
          since: (row.l_since as Date).toISOString(),
          until: (row.l_until as Date).toISOString(),
        }
      : null,
    card: row.card,
    decision: row.decision,
    timeline: row.timeline,
  };
}

/** Locks the application until the transaction ends; null when unknown. */
export async function lockApplication(tx: Queryable, id: string): Promise<ApplicationRow | null> {
  const locked = await tx.query('select id from application where id = $1 for update', [id]);
  if (locked.length === 0) return null;
  return findRow<ApplicationRow>(tx, `${SELECT_APPLICATION} where a.id = $1`, [id]);
}

/** A card found damaged at its arrival lies at the point until it is returned; it is never handed over. */
export const isDamaged = (row: ApplicationRow): boolean => row.card?.condition === 'damaged';

/** Stages a registration point sees: from production on (cl. 4.3, 11). */
const POINT_STAGES: readonly NodeStage[] = [
  'in-production',
  'sent',
  'at-point',
  'issued',
  'returned',
];
export const isPointStage = (stage: NodeStage): boolean => POINT_STAGES.includes(stage);
