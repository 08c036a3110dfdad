// Opens the encrypted cache file: key, pragmas, migrations, and the stores over one connection.
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import type { OpenFailure, Store, StoreOpener } from '../../ports/store.ts';
import { sqliteCases } from './sqlite-cases.ts';
import { sqliteCustody } from './sqlite-custody.ts';
import { sqliteDrafts } from './sqlite-drafts.ts';
import { sqliteEvidence } from './sqlite-evidence.ts';
import { sqliteHealth } from './sqlite-health.ts';
import { sqliteJournal } from './sqlite-journal.ts';
import { sqliteLeases } from './sqlite-leases.ts';
import { sqliteMeasures } from './sqlite-measures.ts';
import { sqliteMeta } from './sqlite-meta.ts';
import { sqliteOutages } from './sqlite-outages.ts';
import { sqliteOutbox } from './sqlite-outbox.ts';
import { sqlitePictures } from './sqlite-pictures.ts';
import { sqliteRegister } from './sqlite-register.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS, type Migration } from './migrations/list.ts';

export type Connection = Database.Database;

const SLOW_MS = 40;

export interface OpenerOptions {
  /** Our own build of the native module for runtimes below Node-API 10, or null. */
  readonly nativeBinding: string | null;
  readonly onSlow?: (label: string, milliseconds: number) => void;
  /** Those of another program version, for tests of update and rollback. */
  readonly migrations?: readonly Migration[];
}

/**
 * The shipped prebuild crashes the process on Node-API 9, so a missing own build is refused
 * before the first connection is made.
 */
const bindingMissing = (nativeBinding: string | null): boolean =>
  Number(process.versions['napi'] ?? 0) < 10 &&
  (nativeBinding === null || !fs.existsSync(nativeBinding));

export function sqliteOpener(options: OpenerOptions): StoreOpener {
  const { nativeBinding, onSlow, migrations = MIGRATIONS } = options;
  return {
    open(file, key) {
      if (bindingMissing(nativeBinding)) return { ok: false, failure: 'binding-missing' };
      fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      const db = new Database(file, nativeBinding === null ? {} : { nativeBinding });
      try {
        const failure = unlock(db, key) ?? migrate(db, migrations);
        if (failure === null) return { ok: true, store: storeOver(db, onSlow) };
        db.close();
        return { ok: false, failure };
      } catch (error) {
        db.close();
        if (isSqliteError(error)) return { ok: false, failure: 'damaged' };
        throw error;
      }
    },
  };
}

const isSqliteError = (error: unknown): error is { code: string } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');

const RAW = Buffer.from('raw:');
const HEX = Buffer.from('0123456789abcdef');

/** What SQLite wants to hear, without a string on the way: a string cannot be wiped. */
function rawKey(key: Uint8Array): Buffer {
  const raw = Buffer.alloc(RAW.length + key.length * 2);
  RAW.copy(raw);
  key.forEach((byte, i) => {
    raw[RAW.length + 2 * i] = HEX[byte >> 4]!;
    raw[RAW.length + 2 * i + 1] = HEX[byte & 15]!;
  });
  return raw;
}

function unlock(db: Connection, key: Uint8Array): OpenFailure | null {
  db.pragma("cipher = 'chacha20'");
  const raw = rawKey(key);
  try {
    db.key(raw);
  } finally {
    raw.fill(0);
  }
  try {
    db.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (error) {
    if (isSqliteError(error) && error.code === 'SQLITE_NOTADB') return 'wrong-key';
    throw error;
  }
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL'); // decisions, outbox and journal must survive a power cut
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY'); // no plain-text spill beside the encrypted file
  db.pragma('cache_size = -65536');
  db.pragma('wal_autocheckpoint = 8000'); // 32 MB: pages written again and again are encrypted into the file once
  return null;
}

function storeOver(db: Connection, onSlow: OpenerOptions['onSlow']): Store {
  const runInside = db.transaction((work: () => unknown) => work());
  return {
    transaction<T>(work: () => T): T {
      const began = performance.now();
      const result = runInside.immediate(work) as T;
      if (result instanceof Promise) throw new Error('a transaction never awaits');
      const took = performance.now() - began;
      if (took > SLOW_MS) onSlow?.('transaction', took);
      return result;
    },
    cases: sqliteCases(db),
    outbox: sqliteOutbox(db),
    journal: sqliteJournal(db),
    pictures: sqlitePictures(db),
    measures: sqliteMeasures(db),
    evidence: sqliteEvidence(db),
    register: sqliteRegister(db),
    custody: sqliteCustody(db),
    leases: sqliteLeases(db),
    outages: sqliteOutages(db),
    drafts: sqliteDrafts(db),
    health: sqliteHealth(db),
    meta: sqliteMeta(db),
    close: () => db.close(),
  };
}
