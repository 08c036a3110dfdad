// Part of migration 5: the issue lease of this counter. Never edited after release.

export const ISSUE_LEASES_SQL = `
-- One row at most: the newest document as the node signed it.
CREATE TABLE issue_lease (
  issue_lease_id TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  body BLOB NOT NULL,
  cms BLOB NOT NULL,
  taken_at TEXT NOT NULL
);
-- claim: lease id, times and challenge as JSON.
-- dropped = 1: given up here, whatever the node still says; the node is to be told.
CREATE TABLE issue_lease_card (
  lease_id TEXT PRIMARY KEY,
  application_id TEXT NOT NULL,
  claim TEXT NOT NULL,
  dropped INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX issue_lease_card_application ON issue_lease_card (application_id) WHERE dropped = 0;
`;
