// Migration 3: evidence beside accepted acts. Never edited after release.

export const evidence = {
  version: 3,
  backwardSafe: true,
  sql: `
-- state: waiting (asked again at next_try_at), kept, refused (code says why).
CREATE TABLE act_evidence (
  act_id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT,
  code TEXT,
  time_stamp BLOB,
  ocsp BLOB,
  crl BLOB,
  delta_crl BLOB,
  facts TEXT
);
`,
} as const;
