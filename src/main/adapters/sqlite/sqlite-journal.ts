// The hash-chained journal: each row's hash covers the row before it, so a changed row is found.
import { createHash } from 'node:crypto';
import { canonicalText } from '../../../shared/central/statement.ts';
import type { JournalKind, JournalRow } from '../../../shared/contract/journal.ts';
import type { Journal, JournalEntry } from '../../ports/journal.ts';
import type { Connection } from './open-store.ts';

interface Row {
  n: number;
  at: string;
  officer: string;
  kind: JournalKind;
  ticket: string | null;
  details: string;
  hash: string;
}

const START = '0'.repeat(64);

/** SHA-256 over the previous hash and the row's RFC 8785 text. */
const chained = (previous: string, n: number, entry: JournalEntry): string =>
  createHash('sha256')
    .update(previous)
    .update(
      canonicalText({
        n,
        at: entry.at,
        officer: entry.officer,
        kind: entry.kind,
        ticket: entry.ticket,
        details: entry.details,
      }),
    )
    .digest('hex');

const entryOf = (row: Row): JournalEntry => ({
  at: row.at,
  officer: row.officer,
  kind: row.kind,
  ticket: row.ticket,
  details: JSON.parse(row.details) as JournalEntry['details'],
});

export function sqliteJournal(db: Connection): Journal {
  const last = db.prepare<[], Pick<Row, 'n' | 'hash'>>(
    'SELECT n, hash FROM journal ORDER BY n DESC LIMIT 1',
  );
  const insert = db.prepare(
    'INSERT INTO journal (n, at, officer, kind, ticket, details, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    append(entry) {
      const before = last.get();
      const n = (before?.n ?? 0) + 1;
      const hash = chained(before?.hash ?? START, n, entry);
      const details = JSON.stringify(entry.details);
      insert.run(n, entry.at, entry.officer, entry.kind, entry.ticket, details, hash);
    },
    page({ kinds, text, before, limit }) {
      const clauses = ['n < ?'];
      const values: (string | number)[] = [before ?? Number.MAX_SAFE_INTEGER];
      if (kinds.length > 0) {
        clauses.push(`kind IN (${kinds.map(() => '?').join(', ')})`);
        values.push(...kinds);
      }
      if (text !== '') {
        clauses.push("ticket LIKE ? ESCAPE '\\'");
        values.push(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
      }
      const sql = `SELECT * FROM journal WHERE ${clauses.join(' AND ')} ORDER BY n DESC LIMIT ?`;
      const found = db.prepare<unknown[], Row>(sql).all(...values, limit + 1);
      const rows = found.slice(0, limit).map((row): JournalRow => ({
        ...entryOf(row),
        n: row.n,
        hash: row.hash,
        details: JSON.parse(row.details) as JournalRow['details'],
      }));
      return { rows, next: found.length > limit ? (rows.at(-1)?.n ?? null) : null };
    },
    verify() {
      let previous = START;
      let rows = 0;
      for (const row of db.prepare<[], Row>('SELECT * FROM journal ORDER BY n').iterate()) {
        rows += 1;
        if (row.n !== rows || chained(previous, row.n, entryOf(row)) !== row.hash)
          return { ok: false, rows, brokenAt: rows };
        previous = row.hash;
      }
      return { ok: true, rows, brokenAt: null };
    },
  };
}
