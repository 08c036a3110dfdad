// Migration 2: what was measured on pictures. Never edited after release.

export const measures = {
  version: 2,
  backwardSafe: true,
  sql: `
-- One row a key: a result of another engine takes the place of the old one.
CREATE TABLE measure (
  key TEXT PRIMARY KEY,
  engine TEXT NOT NULL,
  measured_at TEXT NOT NULL,
  body TEXT NOT NULL
);
`,
} as const;
