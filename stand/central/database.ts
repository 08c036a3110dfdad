// What the node asks of its storage: PostgreSQL's SQL, whether embedded (PGlite) or a real server.

export type Row = Record<string, unknown>;

export interface Queryable {
  /** Runs one statement with $1-style parameters; rows as plain objects (int8 as number). */
  query<T = Row>(sql: string, params?: readonly unknown[]): Promise<T[]>;
}

export interface Database extends Queryable {
  readonly kind: 'pglite' | 'postgresql';
  /** All or nothing; the run's statements share one connection. */
  transaction<T>(run: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Several statements without parameters, for migrations. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** The one row of a query that must give exactly one; throws otherwise (a bug, not a refusal). */
export async function getRow<T>(
  db: Queryable,
  sql: string,
  params: readonly unknown[] = [],
): Promise<T> {
  const rows = await db.query<T>(sql, params);
  const row = rows[0];
  if (row === undefined || rows.length > 1) throw new Error(`one row expected: ${sql}`);
  return row;
}

/** The first row, or null. */
export async function findRow<T>(
  db: Queryable,
  sql: string,
  params: readonly unknown[] = [],
): Promise<T | null> {
  return (await db.query<T>(sql, params))[0] ?? null;
}
