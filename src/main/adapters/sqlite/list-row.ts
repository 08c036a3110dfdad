// One row of a list of cases: its columns, and what the list shows of them.
import type { Head } from '../../../shared/central/application.ts';
import type { CaseFlag, CaseStage } from '../../../shared/contract/queue.ts';

export interface ListRow {
  application_id: string;
  ticket: string;
  name: string;
  iin_masked: string;
  filed_at: string;
  due_at: string;
  stage: CaseStage;
  act_id: string | null;
  mine: number;
  flags: string;
  disagrees: number;
  look: number;
  no_data: number;
  phone_shared: number;
  head: string | null;
}

export const listedOf = (row: ListRow) => ({
  applicationId: row.application_id,
  ticket: row.ticket,
  name: row.name,
  iinMasked: row.iin_masked,
  filedAt: row.filed_at,
  dueAt: row.due_at,
  stage: row.stage,
  actId: row.act_id,
  mine: row.mine === 1,
  findings: { disagrees: row.disagrees, look: row.look, noData: row.no_data },
  flags: JSON.parse(row.flags) as CaseFlag[],
  phoneShared: row.phone_shared === 1,
  head: row.head === null ? null : (JSON.parse(row.head) as Head),
});

/** Another open application with the same phone; open = not decided yet. */
export const PHONE_SHARED = `EXISTS (SELECT 1 FROM application p WHERE p.phone_key = a.phone_key
  AND p.phone_key <> '' AND p.view = 'pending' AND p.application_id <> a.application_id)`;
