// Migration 1: the whole first shape of the cache. Never edited after release.

export const first = {
  version: 1,
  backwardSafe: false,
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Columns the lists read; the large JSON stands apart so that a page scan stays small.
CREATE TABLE application (
  id INTEGER PRIMARY KEY,
  application_id TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL,
  ticket TEXT NOT NULL,
  view TEXT NOT NULL,
  stage TEXT NOT NULL,
  attention INTEGER NOT NULL,
  mine INTEGER NOT NULL,
  holder_until TEXT,
  act_id TEXT,
  flags TEXT NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  iin_masked TEXT NOT NULL,
  phone_key TEXT NOT NULL,
  filed_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  disagrees INTEGER NOT NULL,
  look INTEGER NOT NULL,
  no_data INTEGER NOT NULL,
  node_stage TEXT,
  card_place TEXT,
  card_arrived_at TEXT,
  decided_kind TEXT,
  decided_day TEXT
);
CREATE INDEX application_urgency ON application (view, due_at, application_id);
CREATE INDEX application_filed ON application (view, filed_at, application_id);
CREATE INDEX application_name ON application (view, name_folded, application_id);
CREATE INDEX application_ticket ON application (ticket);
CREATE INDEX application_all_urgency ON application (due_at, application_id);
CREATE INDEX application_attention ON application (due_at, application_id) WHERE attention = 1;
CREATE INDEX application_mine ON application (due_at, application_id) WHERE mine = 1;
CREATE INDEX application_phone ON application (phone_key, view);
CREATE INDEX application_stage ON application (stage, card_arrived_at);

CREATE TABLE body (
  id INTEGER PRIMARY KEY REFERENCES application (id),
  dossier TEXT NOT NULL,
  dossier_sha256 TEXT NOT NULL,
  head TEXT NOT NULL,
  state TEXT NOT NULL,
  signature TEXT
);

CREATE TABLE damaged (
  application_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  ticket TEXT,
  received_at TEXT NOT NULL,
  problems TEXT NOT NULL
) WITHOUT ROWID;

-- Folded text; three-letter pieces, so any part of a ticket, IIN, phone or name is found.
CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'trigram');

CREATE TABLE fact (
  n INTEGER PRIMARY KEY,
  application_id TEXT NOT NULL,
  at TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX fact_application ON fact (application_id, n);

CREATE TABLE outbox (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  application_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  body BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  cms BLOB,
  created_at TEXT NOT NULL,
  state_at TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  maybe_seen INTEGER NOT NULL,
  next_try_at TEXT,
  last_answer TEXT,
  accepted_at TEXT
);
CREATE INDEX outbox_state ON outbox (state, next_try_at);

CREATE TABLE journal (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  officer TEXT NOT NULL,
  kind TEXT NOT NULL,
  ticket TEXT,
  details TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX journal_kind ON journal (kind, n);
CREATE INDEX journal_ticket ON journal (ticket, n);

CREATE TABLE picture (
  sha256 TEXT PRIMARY KEY,
  saved_at TEXT NOT NULL,
  verdict TEXT NOT NULL,
  bytes BLOB NOT NULL
);
`,
} as const;
