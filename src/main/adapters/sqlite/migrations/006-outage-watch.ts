// Migration 6: probes of outside services and the outages they proved (cl. 12). Never edited after release.

export const outageWatch = {
  version: 6,
  backwardSafe: true,
  sql: `
-- source: own, node (by the node's clock). Only the newest of each service and source stay.
CREATE TABLE service_probe (
  service TEXT NOT NULL,
  source TEXT NOT NULL,
  at TEXT NOT NULL,
  ok INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  because TEXT,
  PRIMARY KEY (service, source, at)
) WITHOUT ROWID;

-- ended: answered, unwatched; null while it goes on. proof: RFC 8785 text, sha256 of its bytes.
CREATE TABLE outage (
  id TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  since TEXT NOT NULL,
  reached_at TEXT NOT NULL,
  until TEXT NOT NULL,
  ended_at TEXT,
  ended TEXT,
  by_whom TEXT NOT NULL,
  proof TEXT NOT NULL,
  sha256 TEXT NOT NULL
);
-- One open outage a service, whatever the program does.
CREATE UNIQUE INDEX outage_open ON outage (service) WHERE ended IS NULL;
CREATE INDEX outage_reached ON outage (reached_at);
`,
} as const;
