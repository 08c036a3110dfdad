// Migration 7: what the officer has half done on a case, so that neither lock nor power cut costs it. Never edited after release.

export const drafts = {
  version: 7,
  backwardSafe: true,
  sql: `
-- One row a case; body is JSON (contract/draft.ts). A program of before leaves it alone, and this one sweeps it.
CREATE TABLE draft (
  application_id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  saved_at TEXT NOT NULL
) WITHOUT ROWID;
`,
} as const;
