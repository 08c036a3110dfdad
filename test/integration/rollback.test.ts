// Rollback by one version: the program of before works with the cache of the newer one, and nothing is lost.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS, type Migration } from '../../src/main/adapters/sqlite/migrations/list.ts';
import { sqliteOpener } from '../../src/main/adapters/sqlite/open-store.ts';
import type { Store } from '../../src/main/ports/store.ts';
import { SQLITE_BINDING } from '../support/workstation.ts';

const NEWEST = MIGRATIONS.at(-1)!.version;
const key = new Uint8Array(32).fill(7);
const planted = (above: number, sql: string, backwardSafe = true): Migration => ({
  version: NEWEST + above,
  backwardSafe,
  sql,
});
const additive = planted(
  1,
  `ALTER TABLE journal ADD COLUMN hint TEXT;
   CREATE TABLE hint (ticket TEXT PRIMARY KEY, text TEXT NOT NULL);`,
);
const twoAbove = planted(2, 'CREATE TABLE later (n INTEGER PRIMARY KEY);');
const newer = [...MIGRATIONS, additive];

let dir: string;
let file: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-rollback-'));
  file = path.join(dir, 'cache.db');
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

const open = (migrations: readonly Migration[] = MIGRATIONS) =>
  sqliteOpener({ nativeBinding: SQLITE_BINDING, migrations }).open(file, key);

function work<T>(migrations: readonly Migration[], deed: (store: Store) => T): T {
  const opened = open(migrations);
  if (!opened.ok) throw new Error(opened.failure);
  try {
    return opened.store.transaction(() => deed(opened.store));
  } finally {
    opened.store.close();
  }
}

/** As a program would see it that knows the planted parts. */
function raw<T>(deed: (db: Database.Database) => T, at = file): T {
  const db = new Database(at, { nativeBinding: SQLITE_BINDING });
  try {
    db.pragma("cipher = 'chacha20'");
    db.key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`));
    return deed(db);
  } finally {
    db.close();
  }
}

const write = (ticket: string) => (store: Store) => {
  store.journal.append({ at: '2026-11-22T00:00:00.000Z', officer: 'Ә', kind: 'case-opened', ticket, details: {} });
  store.meta.set('cursor', (store.meta.find('cursor') ?? 0) + 1);
}; // prettier-ignore

describe('rollback by one version', () => {
  it('update, rollback, update again: read and written by each, nothing lost', () => {
    work(MIGRATIONS, write('before'));
    work(newer, write('newer'));
    raw((db) => db.exec("INSERT INTO hint VALUES ('newer', 'kept')"));
    const verdict = work(MIGRATIONS, (store) => {
      write('rolled back')(store);
      return store.journal.verify();
    });
    expect(verdict).toMatchObject({ ok: true, rows: 3 });
    expect(work(newer, (store) => [store.meta.find('cursor'), store.journal.verify()])).toMatchObject([
      3,
      { ok: true, rows: 3 },
    ]);
    raw((db) => {
      expect(db.pragma('user_version', { simple: true })).toBe(NEWEST + 1);
      expect(db.prepare('SELECT text FROM hint').pluck().get()).toBe('kept');
      expect(db.prepare('SELECT ticket FROM journal WHERE hint IS NULL ORDER BY n').pluck().all()).toEqual([
        'before', 'newer', 'rolled back',
      ]);
    });
  }); // prettier-ignore

  const refused: [string, readonly Migration[]][] = [
    ['not promised to be safe', [...MIGRATIONS, { ...additive, backwardSafe: false }]],
    ['two above, both safe', [...newer, twoAbove]],
    ['safe after an unsafe one', [...MIGRATIONS, { ...additive, backwardSafe: false }, twoAbove]],
  ];
  it.each(refused)('a newer cache, %s, is told and left as it is', (_name, list) => {
    work(list, write('newer'));
    expect(open()).toEqual({ ok: false, failure: 'newer-version' });
    expect(work(list, (store) => store.journal.verify())).toMatchObject({ ok: true, rows: 1 });
  });

  it('one step back from two above works', () => {
    work([...newer, twoAbove], write('newer'));
    expect(work(newer, (store) => store.journal.verify().rows)).toBe(1);
  });

  it('a cache that does not say how old a program may be is not touched', () => {
    work(newer, write('newer'));
    raw((db) => db.exec("DELETE FROM meta WHERE key = 'minReaderVersion'"));
    expect(open()).toEqual({ ok: false, failure: 'newer-version' });
  });
});

/** What a promise of safety forbids; empty when the schema after `step` holds all that was there before. */
function harm(before: readonly Migration[], step: Migration): string[] {
  return raw(
    (db) => {
      const columns = () =>
        db
          .prepare<[], { tbl: string; name: string; must: number; preset: string | null }>(
            `SELECT m.name AS tbl, c.name, c."notnull" AS must, c.dflt_value AS preset
               FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
          )
          .all();
      const rules = () =>
        db
          .prepare<[], { tbl_name: string; name: string; sql: string }>(
            `SELECT tbl_name, name, sql FROM sqlite_master
              WHERE type = 'trigger' OR sql LIKE 'CREATE UNIQUE INDEX%'`,
          )
          .all();
      for (const { sql } of before) db.exec(sql);
      const [had, ruled] = [columns(), new Set(rules().map(({ name }) => name))];
      db.exec(step.sql);
      const has = columns();
      const old = new Set(had.map(({ tbl }) => tbl));
      const same = (a: (typeof had)[number]) =>
        has.some((b) => a.tbl === b.tbl && a.name === b.name && a.must === b.must);
      return [
        ...had.filter((one) => !same(one)).map(({ tbl, name }) => `${tbl}.${name} is another`),
        ...has
          .filter((one) => old.has(one.tbl) && one.must === 1 && one.preset === null)
          .filter((one) => !had.some(({ tbl, name }) => tbl === one.tbl && name === one.name))
          .map(({ tbl, name }) => `${tbl}.${name} has to be written`),
        ...rules()
          .filter(({ tbl_name: tbl, name }) => old.has(tbl) && !ruled.has(name))
          .map(({ name }) => `${name} rules an old table`),
      ];
    },
    path.join(dir, `${step.version}-${Math.random()}.db`),
  );
}

describe('the promise', () => {
  it('is kept by every migration that makes it', () => {
    MIGRATIONS.forEach((step, i) => {
      if (step.backwardSafe) expect(harm(MIGRATIONS.slice(0, i), step)).toEqual([]);
    });
    expect(harm(MIGRATIONS, additive)).toEqual([]);
  });

  it.each([
    ['a dropped column', 'ALTER TABLE journal DROP COLUMN officer'],
    ['a renamed column', 'ALTER TABLE journal RENAME COLUMN ticket TO number'],
    ['a dropped table', 'DROP TABLE measure'],
    ['a unique index on an old table', 'CREATE UNIQUE INDEX once ON outbox (kind)'],
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON outbox BEGIN DELETE FROM fact; END'],
  ])('is broken by %s', (_name, sql) => {
    expect(harm(MIGRATIONS, planted(1, sql))).not.toEqual([]);
  });
});
