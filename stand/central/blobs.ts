// Pictures by SHA-256, only those that belong to an application in the reader's scope.
import { findRow } from './database.ts';
import type { NodeContext } from './context.ts';
import { refuse } from './refusal.ts';
import { scopeColumns, type Scope } from './scope.ts';

export interface Blob {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

const CACHE_BYTES = 64_000_000;

/** Reads blobs; the bytes of the newest ones stay in memory (they never change under their hash). */
export function createBlobReader(node: NodeContext) {
  const cache = new Map<string, Blob>();
  let held = 0;
  return async function readBlob(scope: Scope, sha256: string): Promise<Blob> {
    const { code, dossierSeq } = scopeColumns(scope);
    const known = await findRow<{ mine: boolean }>(
      node.database,
      `select bool_or(a.${code} = $2 and a.${dossierSeq} is not null) as mine
       from application_blob b join application a on a.id = b.application_id
       where b.sha256 = $1 having count(*) > 0`,
      [sha256, scope.code],
    );
    if (known === null) refuse('not-found');
    if (!known.mine) refuse('out-of-scope');
    const cached = cache.get(sha256);
    if (cached !== undefined) return cached;
    const blob = await findRow<Blob>(
      node.database,
      'select mime, bytes from blob where sha256 = $1',
      [sha256],
    );
    if (blob === null) refuse('not-found');
    cache.set(sha256, blob);
    held += blob.bytes.length;
    for (const [oldest, { bytes }] of cache) {
      if (held <= CACHE_BYTES) break;
      cache.delete(oldest);
      held -= bytes.length;
    }
    return blob;
  };
}

/** `bytes=a-b` of one range: the part, null when there is no such header, 'unsatisfiable' else. */
export function readRange(
  header: string | undefined,
  length: number,
): { start: number; end: number } | null | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null; // ignored: whole body
  const [from, to] = [match[1] ?? '', match[2] ?? ''];
  const start = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const end = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  return start >= length || start > end ? 'unsatisfiable' : { start, end };
}
