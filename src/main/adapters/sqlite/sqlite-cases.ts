// The cached cases: one row of list columns, one body of JSON, one searchable text an application.
import type { Dossier, Head } from '../../../shared/central/application.ts';
import type { CaseFact } from '../../domain/case-facts.ts';
import { initialCase, type CaseState } from '../../domain/case-machine.ts';
import type { CaseStore, DamagedCase, StoredCase } from '../../ports/case-store.ts';
import type { SignatureVerdict } from '../../domain/rules.ts';
import { localDateOf } from '../../domain/calendar.ts';
import { cardPages } from './card-pages.ts';
import { casePages } from './case-pages.ts';
import { PHONE_SHARED } from './list-row.ts';
import { counterEvents } from './sqlite-register.ts';
import { monitoringCounts } from './monitoring-counts.ts';
import type { Connection } from './open-store.ts';

interface BodyRow {
  seq: number;
  application_id: string;
  dossier: string;
  dossier_sha256: string;
  head: string;
  state: string;
  signature: string | null;
}

interface DamagedRow {
  application_id: string;
  seq: number;
  ticket: string | null;
  received_at: string;
  problems: string;
}

const storedOf = (row: BodyRow): StoredCase => ({
  applicationId: row.application_id,
  seq: row.seq,
  dossier: JSON.parse(row.dossier) as Dossier,
  dossierSha256: row.dossier_sha256,
  head: JSON.parse(row.head) as Head,
  // A state written by an older version lacks what was added since.
  state: { ...initialCase, ...(JSON.parse(row.state) as Partial<CaseState>) },
  signature: row.signature === null ? null : (JSON.parse(row.signature) as SignatureVerdict),
});

const BODY = `SELECT a.seq, a.application_id, b.dossier, b.dossier_sha256, b.head, b.state, b.signature
  FROM application a JOIN body b ON b.id = a.id`;

export function sqliteCases(db: Connection): CaseStore {
  const byId = db.prepare<[string], BodyRow>(`${BODY} WHERE a.application_id = ?`);
  const byTicket = db.prepare<[string], BodyRow>(`${BODY} WHERE a.ticket = ?`);
  const damaged = db.prepare<[string], DamagedRow>(
    'SELECT * FROM damaged WHERE application_id = ?',
  );
  const putRow = db.prepare<unknown[], { id: number }>(`
    INSERT INTO application (application_id, seq, ticket, view, stage, attention, mine, holder_until,
      act_id, flags, name, name_folded, iin_masked, phone_key, filed_at, due_at, disagrees, look,
      no_data, node_stage, card_place, card_arrived_at, decided_kind, decided_day, card_number)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (application_id) DO UPDATE SET seq = excluded.seq, ticket = excluded.ticket,
      view = excluded.view, stage = excluded.stage, attention = excluded.attention,
      mine = excluded.mine, holder_until = excluded.holder_until, act_id = excluded.act_id,
      flags = excluded.flags, name = excluded.name, name_folded = excluded.name_folded,
      iin_masked = excluded.iin_masked, phone_key = excluded.phone_key,
      filed_at = excluded.filed_at, due_at = excluded.due_at, disagrees = excluded.disagrees,
      look = excluded.look, no_data = excluded.no_data, node_stage = excluded.node_stage,
      card_place = excluded.card_place, card_arrived_at = excluded.card_arrived_at,
      decided_kind = excluded.decided_kind, decided_day = excluded.decided_day,
      card_number = excluded.card_number
    RETURNING id`);
  const putBody = db.prepare(`
    INSERT INTO body (id, dossier, dossier_sha256, head, state, signature) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET dossier = excluded.dossier,
      dossier_sha256 = excluded.dossier_sha256, head = excluded.head, state = excluded.state,
      signature = excluded.signature`);
  const searchText = db.prepare<[number], { text: string }>(
    'SELECT text FROM search WHERE rowid = ?',
  );
  const addSearch = db.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)');
  const dropSearch = db.prepare('DELETE FROM search WHERE rowid = ?');
  const putDamaged = db.prepare('INSERT OR REPLACE INTO damaged VALUES (?, ?, ?, ?, ?)');
  const dropDamaged = db.prepare('DELETE FROM damaged WHERE application_id = ?');
  const addFact = db.prepare(
    'INSERT INTO fact (application_id, at, type, body) VALUES (?, ?, ?, ?)',
  );
  const facts = db.prepare<[string], { at: string; body: string }>(
    'SELECT at, body FROM fact WHERE application_id = ? ORDER BY n',
  );
  const shared = db.prepare<[string], { shared: number }>(
    `SELECT ${PHONE_SHARED} AS shared FROM application a WHERE a.application_id = ?`,
  );
  const noteCounter = counterEvents(db);
  const find = (row: BodyRow | undefined) => (row === undefined ? null : storedOf(row));

  return {
    find: (applicationId) => find(byId.get(applicationId)),
    findByTicket: (ticket) => find(byTicket.get(ticket)),
    findDamaged(applicationId): DamagedCase | null {
      const row = damaged.get(applicationId);
      if (row === undefined) return null;
      const problems = JSON.parse(row.problems) as DamagedCase['problems'];
      const { seq, ticket } = row;
      return { applicationId, seq, ticket, receivedAt: row.received_at, problems };
    },
    save(stored, columns) {
      const { head, dossier, state } = stored;
      const decision = head.decision;
      const row = putRow.get(
        stored.applicationId,
        stored.seq,
        dossier.ticket,
        columns.view,
        state.stage,
        columns.attention ? 1 : 0,
        columns.mine ? 1 : 0,
        head.holder?.until ?? null,
        state.act?.actId ?? state.intent?.actId ?? null,
        JSON.stringify(state.flags),
        columns.name,
        columns.nameFolded,
        columns.iinMasked,
        columns.phoneKey,
        dossier.filedAt,
        columns.dueAt,
        columns.findings.disagrees,
        columns.findings.look,
        columns.findings.noData,
        head.stage,
        head.card?.place ?? null,
        head.card?.arrivedAt ?? null,
        decision?.kind ?? null,
        decision === null ? null : localDateOf(new Date(decision.at)),
        head.card?.number ?? null,
      );
      const id = row!.id;
      putBody.run(
        id,
        JSON.stringify(dossier),
        stored.dossierSha256,
        JSON.stringify(head),
        JSON.stringify(state),
        stored.signature === null ? null : JSON.stringify(stored.signature),
      );
      const before = searchText.get(id);
      if (before?.text !== columns.searchText) {
        if (before !== undefined) dropSearch.run(id);
        addSearch.run(id, columns.searchText);
      }
      dropDamaged.run(stored.applicationId);
      noteCounter(stored.applicationId, head.timeline);
    },
    saveDamaged({ applicationId, seq, ticket, receivedAt, problems }) {
      putDamaged.run(applicationId, seq, ticket, receivedAt, JSON.stringify(problems));
    },
    appendFact(applicationId, at, fact) {
      addFact.run(applicationId, at, fact.type, JSON.stringify(fact));
    },
    facts: (applicationId) =>
      facts.all(applicationId).map(({ at, body }) => ({ at, fact: JSON.parse(body) as CaseFact })),
    phoneShared: (applicationId) => shared.get(applicationId)?.shared === 1,
    ...casePages(db),
    ...cardPages(db),
    ...monitoringCounts(db),
  };
}
