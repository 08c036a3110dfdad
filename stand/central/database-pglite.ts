// Embedded storage: PGlite in a folder or in memory; a prepared template makes a start fast.
import { PGlite } from '@electric-sql/pglite';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database, Queryable, Row } from './database.ts';
import { MIGRATIONS, migrate } from './migrate.ts';

const wrap = (source: Pick<PGlite, 'query'>): Queryable => ({
  async query<T = Row>(sql: string, params: readonly unknown[] = []) {
    return (await source.query<T>(sql, [...params])).rows;
  },
});

const databaseOver = (pglite: PGlite): Database => ({
  kind: 'pglite',
  ...wrap(pglite),
  transaction: (run) => pglite.transaction((tx) => run(wrap(tx))),
  async script(sql) {
    await pglite.exec(sql);
  },
  close: () => pglite.close(),
});

/** A tar of an empty migrated database, kept per migration text: initdb in WASM takes 3 s, this 0.5 s. */
async function template(): Promise<Blob> {
  const stamp = createHash('sha256').update(JSON.stringify(MIGRATIONS)).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `kualik-stand-${process.getuid?.() ?? 0}`);
  const file = join(folder, `empty-${stamp}.tar`);
  if (existsSync(file)) return new Blob([await readFile(file)]);
  const pglite = await PGlite.create('memory://');
  await migrate(databaseOver(pglite));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(file, dump);
  return dump;
}

async function writeWhole(file: string, dump: Blob): Promise<void> {
  const part = `${file}.${randomUUID()}`;
  await writeFile(part, Buffer.from(await dump.arrayBuffer()), { mode: 0o600 });
  await rename(part, file);
}

export interface OpenPglite {
  readonly database: Database;
  readonly pglite: PGlite;
}

/** Opens PGlite in a folder, out of a dump into memory, or empty in memory (null); migrated. */
export async function openPglite(
  where: { readonly folder: string } | { readonly dump: Blob } | null,
): Promise<OpenPglite> {
  const pglite = await create(where);
  const database = databaseOver(pglite);
  await migrate(database);
  return { database, pglite };
}

async function create(where: Parameters<typeof openPglite>[0]): Promise<PGlite> {
  if (where === null) return PGlite.create('memory://', { loadDataDir: await template() });
  if ('dump' in where) return PGlite.create('memory://', { loadDataDir: where.dump });
  await mkdir(where.folder, { recursive: true, mode: 0o700 });
  return existsSync(join(where.folder, 'PG_VERSION'))
    ? PGlite.create(where.folder)
    : PGlite.create(where.folder, { loadDataDir: await template() });
}

/** Writes a tar of the whole database, to be opened again by `openPglite({ dump })`. */
export async function dumpPglite({ pglite }: OpenPglite, file: string): Promise<void> {
  await writeWhole(file, await pglite.dumpDataDir('none'));
}
