// Fetches pictures by SHA-256, ahead of need: the next cases of the queue are ready before they open.
import type { Dossier, ImageRef } from '../../shared/central/application.ts';
import type { PictureVerdict } from '../ports/image-probe.ts';
import { journal, noteLine, nowText, type OpenDesk } from './desk.ts';

const AHEAD = 24;
const AT_ONCE = 4;
const MOST_BYTES = 20_000_000;

export const picturesOf = (dossier: Dossier): ImageRef[] =>
  [
    dossier.photo,
    dossier.referencePhoto,
    dossier.signature,
    dossier.referenceSignature,
    ...dossier.earlier.map(({ photo }) => photo),
  ].filter((ref): ref is ImageRef => ref !== null);

/** Fetches one picture unless it is here; hostile bytes end in a verdict, never in an exception. */
export async function fetchPicture(
  desk: OpenDesk,
  ref: ImageRef,
  ticket: string,
): Promise<PictureVerdict | null> {
  const { session } = desk;
  const { store } = session;
  const known = store.pictures.findVerdict(ref.sha256);
  if (known !== null) return known;
  const answer = await desk.deps.node.picture(ref.sha256, Math.min(ref.bytes, MOST_BYTES) + 1);
  if (!answer.ok) {
    noteLine(desk, answer.failure);
    return null;
  }
  const bytes = answer.value;
  const genuine = desk.deps.clock.sha256(bytes) === ref.sha256;
  const verdict: PictureVerdict = genuine
    ? await desk.deps.probe.probe(bytes, ref.mime)
    : { ok: false, problem: 'hash-mismatch', width: null, height: null };
  if (desk.session !== session) return null; // logged out meanwhile: the cache is closed
  store.transaction(() => {
    // Bytes that are not what was announced are never kept.
    store.pictures.save(
      ref.sha256,
      { bytes: verdict.ok ? bytes : new Uint8Array(), verdict },
      nowText(desk),
    );
    if (!verdict.ok) journal(desk, 'picture-problem', ticket, { problem: verdict.problem });
  });
  return verdict;
}

/** Fetches the pictures of some cases, a few at once; answers which cases got new ones. */
export async function fetchPictures(
  desk: OpenDesk,
  applicationIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { session } = desk;
  const { cases, pictures } = session.store;
  const wanted = applicationIds.flatMap((id) => {
    const stored = cases.find(id);
    if (stored === null) return [];
    return picturesOf(stored.dossier)
      .filter((ref) => !pictures.has(ref.sha256))
      .map((ref) => ({ id, ref, ticket: stored.dossier.ticket }));
  });
  if (wanted.length === 0) return;
  const queue = wanted.values();
  const arrived = new Set<string>();
  const worker = async (): Promise<void> => {
    for (const { id, ref, ticket } of queue) {
      if (signal.aborted || desk.session !== session || session.locked !== null) return;
      const verdict = await fetchPicture(desk, ref, ticket);
      if (verdict === null) return; // the line is gone: the loop comes back
      arrived.add(id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (arrived.size > 0) desk.deps.push({ topic: 'cases', ids: [...arrived] });
}

/** Which cases want their pictures first: held, then most urgent, then cards waiting at the point. */
export function casesAhead(desk: OpenDesk): string[] {
  const { cases } = desk.session.store;
  const now = nowText(desk);
  const ready = desk.session.officer.roles.includes('issuer')
    ? cases
        .cards({ view: 'ready', search: '', after: null, limit: 200 }, now)
        .rows.map((row) => row.applicationId)
    : [];
  return [...new Set([...cases.held(), ...cases.urgent(now, AHEAD), ...ready])];
}
