// Migration 4: the counter's events as the node tells of them, for the register of issue. Never edited after release.

export const register = {
  version: 4,
  backwardSafe: false,
  sql: `
-- A projection of the time lines in body.head: only hand-overs and refusals at the counter.
-- act_id: the act or report behind it, where the node names it.
CREATE TABLE counter_event (
  id TEXT PRIMARY KEY,
  act_id TEXT,
  application_id TEXT NOT NULL,
  at TEXT NOT NULL,
  outcome TEXT NOT NULL,
  officer TEXT,
  station_id TEXT
) WITHOUT ROWID;
CREATE INDEX counter_event_at ON counter_event (at);
CREATE INDEX outbox_application ON outbox (application_id, kind);
CREATE INDEX outbox_kind ON outbox (kind, created_at);

INSERT OR REPLACE INTO counter_event
SELECT coalesce(t.value ->> '$.by.id', a.application_id || '/' || (t.value ->> '$.at')),
       t.value ->> '$.by.id', a.application_id, t.value ->> '$.at',
       CASE WHEN t.value ->> '$.event' = 'issued' THEN 'issued'
            WHEN t.value ->> '$.note' IN ('proxy', 'not-the-person', 'no-ticket', 'abandoned')
              THEN t.value ->> '$.note'
            ELSE 'other' END,
       t.value ->> '$.by.officer', t.value ->> '$.by.stationId'
  FROM body b JOIN application a ON a.id = b.id, json_each(b.head, '$.timeline') t
 WHERE t.value ->> '$.event' IN ('issued', 'hand-over-refused');
`,
} as const;
