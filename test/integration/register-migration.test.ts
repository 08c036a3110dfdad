// Migration 4: a cache of before keeps the counter's events out of the time lines it already holds.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { expect, it } from 'vitest';
import { register } from '../../src/main/adapters/sqlite/migrations/004-register.ts';
import { first } from '../../src/main/adapters/sqlite/migrations/001-first.ts';
import { SQLITE_BINDING } from '../support/workstation.ts';

it('fills the projection from heads of before, whether the node names the act or not', () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-migration-'));
  const db = new Database(path.join(dir, 'cache.db'), { nativeBinding: SQLITE_BINDING });
  try {
    db.exec(first.sql);
    db.exec(`INSERT INTO application (id, application_id, seq, ticket, view, stage, attention, mine,
      flags, name, name_folded, iin_masked, phone_key, filed_at, due_at, disagrees, look, no_data)
      VALUES (1, 'app', 1, 'T', 'done', 'issued', 0, 0, '[]', '', '', '', '', '', '', 0, 0, 0)`);
    const timeline = [
      { at: '2026-11-01T00:00:00.000Z', event: 'filed', note: null },
      { at: '2026-11-20T00:00:00.000Z', event: 'hand-over-refused', note: 'proxy' },
      { at: '2026-11-21T00:00:00.000Z', event: 'hand-over-refused', note: null },
      {
        at: '2026-11-22T00:00:00.000Z',
        event: 'issued',
        note: null,
        by: { id: 'act', officer: 'Ә', stationId: 's' },
      },
    ];
    db.prepare("INSERT INTO body VALUES (1, '{}', '', ?, '{}', NULL)").run(
      JSON.stringify({ timeline }),
    );
    db.exec(register.sql);
    expect(
      db.prepare('SELECT id, act_id, outcome, officer FROM counter_event ORDER BY at').all(),
    ).toEqual([
      { id: 'app/2026-11-20T00:00:00.000Z', act_id: null, outcome: 'proxy', officer: null },
      { id: 'app/2026-11-21T00:00:00.000Z', act_id: null, outcome: 'other', officer: null },
      { id: 'act', act_id: 'act', outcome: 'issued', officer: 'Ә' },
    ]);
  } finally {
    db.close();
    fs.rmSync(dir, { recursive: true });
  }
});
