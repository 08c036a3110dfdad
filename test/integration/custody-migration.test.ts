// Migration 5: a cache of before finds its cards by their number and knows each of them for good.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { expect, it } from 'vitest';
import { first } from '../../src/main/adapters/sqlite/migrations/001-first.ts';
import { custody } from '../../src/main/adapters/sqlite/migrations/005-custody.ts';
import { SQLITE_BINDING } from '../support/workstation.ts';

it('takes number and condition out of the heads it already holds', () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-migration-'));
  const db = new Database(path.join(dir, 'cache.db'), { nativeBinding: SQLITE_BINDING });
  try {
    db.exec(first.sql);
    for (const [n, card] of [null, { number: '012345678', place: 'A-1' }].entries()) {
      db.exec(`INSERT INTO application (id, application_id, seq, ticket, view, stage, attention, mine,
        flags, name, name_folded, iin_masked, phone_key, filed_at, due_at, disagrees, look, no_data)
        VALUES (${n}, 'app-${n}', 1, 'T-${n}', 'done', 'issued', 0, 0, '[]', '', '', '', '', '', '', 0, 0, 0)`);
      db.prepare("INSERT INTO body VALUES (?, '{}', '', ?, '{}', NULL)").run(
        n,
        JSON.stringify({ card }),
      );
    }
    db.exec(custody.sql);
    expect(
      db
        .prepare(
          `SELECT a.card_number AS number, b.head ->> '$.card' AS card
             FROM application a JOIN body b ON b.id = a.id ORDER BY a.id`,
        )
        .all(),
    ).toEqual([
      { number: null, card: null },
      {
        number: '012345678',
        card: JSON.stringify({ number: '012345678', place: 'A-1', condition: 'good' }),
      },
    ]);
  } finally {
    db.close();
    fs.rmSync(dir, { recursive: true });
  }
});
