// Migration 5: cards at the point: dispatches scanned in, custody acts, places, counts. Never edited after release.
import { ISSUE_LEASES_SQL } from './005-issue-leases.ts';

export const custody = {
  version: 5,
  backwardSafe: false,
  sql: `
ALTER TABLE application ADD COLUMN card_number TEXT;
UPDATE application SET card_number = (
  SELECT b.head ->> '$.card.number' FROM body b WHERE b.id = application.id);
CREATE INDEX application_card ON application (card_number) WHERE card_number IS NOT NULL;

-- Heads kept by an older version do not say in what condition the card is: it was good.
UPDATE body SET head = json_set(head, '$.card.condition', 'good')
 WHERE head ->> '$.card.number' IS NOT NULL AND head ->> '$.card.condition' IS NULL;

-- Lists as the node told them last; place = the box that is being filled.
CREATE TABLE dispatch (
  dispatch_id TEXT PRIMARY KEY,
  sent_at TEXT NOT NULL,
  body TEXT NOT NULL,
  place TEXT
) WITHOUT ROWID;

-- outcome: arrived, missing, damaged, or extra (not on the list).
CREATE TABLE dispatch_scan (
  dispatch_id TEXT NOT NULL REFERENCES dispatch (dispatch_id) ON DELETE CASCADE,
  card_number TEXT NOT NULL,
  outcome TEXT NOT NULL,
  place TEXT,
  note TEXT,
  scanned_at TEXT NOT NULL,
  PRIMARY KEY (dispatch_id, card_number)
) WITHOUT ROWID;

-- A projection of the signed bytes in outbox.body: which cards each custody act moves.
-- outcome: arrived, damaged, missing (an acceptance), returned (a return).
CREATE TABLE custody_card (
  application_id TEXT NOT NULL,
  act_id TEXT NOT NULL,
  ticket TEXT NOT NULL,
  card_number TEXT NOT NULL,
  outcome TEXT NOT NULL,
  place TEXT,
  PRIMARY KEY (application_id, act_id)
) WITHOUT ROWID;
CREATE INDEX custody_card_act ON custody_card (act_id);

-- The place before, for a placement that is taken back or refused.
CREATE TABLE placement (
  placement_id TEXT PRIMARY KEY,
  place_before TEXT
) WITHOUT ROWID;

-- result: what a closed count came to, as JSON; null = it is running.
CREATE TABLE stock_count (
  n INTEGER PRIMARY KEY,
  count_id TEXT NOT NULL UNIQUE,
  begun_at TEXT NOT NULL,
  closed_at TEXT,
  result TEXT
);
-- in_stock: it lay here by the list when it was seen, whatever became of it since.
CREATE TABLE stock_count_scan (
  count_id TEXT NOT NULL REFERENCES stock_count (count_id) ON DELETE CASCADE,
  card_number TEXT NOT NULL,
  in_stock INTEGER NOT NULL,
  scanned_at TEXT NOT NULL,
  PRIMARY KEY (count_id, card_number)
) WITHOUT ROWID;
${ISSUE_LEASES_SQL}`,
} as const;
