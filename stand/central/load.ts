// Fills the node with applications in bulk: one JSON parameter a batch, sequence numbers in one block.
import { createHash } from 'node:crypto';
import type { Dossier, Head } from '../../src/shared/central/application.ts';
import { canonicalText } from '../../src/shared/central/statement.ts';
import { isPointStage } from './application-row.ts';
import { nextSeq } from './context.ts';
import type { Database, Queryable } from './database.ts';

export interface SeededImage {
  readonly sha256: string;
  readonly mime: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array;
}

export interface SeededApplication {
  readonly dossier: Dossier;
  readonly head: Head;
  readonly images: readonly SeededImage[];
}

const BATCH = 500;
const BLOB_BATCH_BYTES = 8_000_000;

const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex');

/** RFC 8785 text of a dossier and its hash, as they are stored and signed. */
export function sealDossier(dossier: Dossier): { text: string; sha256: string } {
  const text = canonicalText(dossier);
  return { text, sha256: sha256(text) };
}

/** Loads all applications; returns how many. `onBatch` is told after each batch. */
export async function loadApplications(
  database: Database,
  people: Iterable<SeededApplication> | AsyncIterable<SeededApplication>,
  onBatch: (loaded: number) => void = () => undefined,
): Promise<number> {
  const known = new Set<string>();
  let batch: SeededApplication[] = [];
  let loaded = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await database.transaction((tx) => insertBatch(tx, batch, known));
    loaded += batch.length;
    batch = [];
    onBatch(loaded);
  };
  for await (const application of people) {
    batch.push(application);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  await database.script('analyze');
  return loaded;
}

async function insertBatch(
  tx: Queryable,
  batch: readonly SeededApplication[],
  known: Set<string>,
): Promise<void> {
  await insertBlobs(tx, batch, known);
  const first = await nextSeq(tx, batch.length);
  const rows = batch.map(({ dossier, head }, i) => {
    const sealed = sealDossier(dossier);
    return {
      id: dossier.applicationId,
      ticket: dossier.ticket,
      region: dossier.region,
      point: dossier.registrationPoint.code,
      revision: dossier.revision,
      stage: head.stage,
      dossier: sealed.text,
      dossier_sha256: sealed.sha256,
      card: head.card,
      decision: head.decision,
      timeline: head.timeline,
      seq: first + i,
      point_seq: isPointStage(head.stage) ? first + i : null,
    };
  });
  await tx.query(
    `insert into application (id, ticket, region, point, revision, stage, dossier, dossier_sha256,
       card, decision, timeline, seq, region_seq, point_seq)
     select id, ticket, region, point, revision, stage, dossier, dossier_sha256,
       nullif(card::text, 'null')::json, nullif(decision::text, 'null')::json, timeline, seq, seq, point_seq
     from json_to_recordset($1::json) as x(id uuid, ticket text, region text, point text,
       revision integer, stage text, dossier text, dossier_sha256 text, card json, decision json,
       timeline json, seq bigint, point_seq bigint)`,
    [JSON.stringify(rows)],
  );
  const links = batch.flatMap(({ dossier, images }) =>
    [...new Set(images.map((image) => image.sha256))].map((hash) => ({
      sha256: hash,
      application_id: dossier.applicationId,
    })),
  );
  await tx.query(
    `insert into application_blob (sha256, application_id)
     select sha256, application_id from json_to_recordset($1::json) as x(sha256 text, application_id uuid)
     on conflict do nothing`,
    [JSON.stringify(links)],
  );
}

/** Each distinct picture once; base64 inside JSON is the quickest way for both databases. */
async function insertBlobs(
  tx: Queryable,
  batch: readonly SeededApplication[],
  known: Set<string>,
): Promise<void> {
  let rows: { sha256: string; mime: string; bytes: string }[] = [];
  let size = 0;
  const flush = async () => {
    await tx.query(
      `insert into blob (sha256, mime, bytes)
       select sha256, mime, decode(bytes, 'base64')
       from json_to_recordset($1::json) as x(sha256 text, mime text, bytes text)
       on conflict do nothing`,
      [JSON.stringify(rows)],
    );
    rows = [];
    size = 0;
  };
  for (const { images } of batch)
    for (const { sha256: hash, mime, bytes } of images) {
      if (known.has(hash)) continue;
      if (sha256(bytes) !== hash) throw new Error(`image ${hash} has other bytes`);
      known.add(hash);
      rows.push({ sha256: hash, mime, bytes: Buffer.from(bytes).toString('base64') });
      size += bytes.length;
      if (size > BLOB_BATCH_BYTES) await flush();
    }
  if (rows.length > 0) await flush();
}
