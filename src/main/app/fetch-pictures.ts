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

/** A picture that came with other bytes may come right the next time; every other verdict stays. */
const isSettled = (verdict: PictureVerdict | null): boolean =>
  verdict !== null && (verdict.ok || verdict.problem !== 'hash-mismatch');

type Fetched = 'kept' | 'not-there' | 'no-line';

/** Fetches one picture unless it is here; hostile bytes end in a verdict, never in an exception. */
async function fetchPicture(desk: OpenDesk, ref: ImageRef, ticket: string): Promise<Fetched> {
  const { session } = desk;
  const { store } = session;
  const known = store.pictures.findVerdict(ref.sha256);
  if (isSettled(known)) return 'kept';
  const answer = await desk.deps.node.picture(ref.sha256, Math.min(ref.bytes, MOST_BYTES));
  if (desk.session !== session) return 'no-line'; // logged out meanwhile: the cache is closed
  if (!answer.ok && answer.failure.kind !== 'malformed') {
    const { failure } = answer;
    noteLine(desk, failure);
    const here = failure.kind === 'refused' && failure.code !== 'unavailable';
    return here && failure.code !== 'unauthenticated' ? 'not-there' : 'no-line';
  }
  const bytes = answer.ok ? answer.value : new Uint8Array();
  const verdict = await verdictOn(desk, ref, answer.ok ? bytes : null);
  if (desk.session !== session) return 'no-line';
  store.transaction(() => {
    // Bytes that are not what was announced are never kept.
    store.pictures.save(
      ref.sha256,
      { bytes: verdict.ok ? bytes : new Uint8Array(), verdict },
      nowText(desk),
    );
    if (!verdict.ok && known === null)
      journal(desk, 'picture-problem', ticket, { problem: verdict.problem });
  });
  return 'kept';
}

/** `bytes` null: more came than was announced. */
async function verdictOn(
  desk: OpenDesk,
  ref: ImageRef,
  bytes: Uint8Array | null,
): Promise<PictureVerdict> {
  const bad = { ok: false, width: null, height: null } as const;
  if (bytes === null) return { ...bad, problem: 'too-large' };
  const genuine = desk.deps.clock.sha256(bytes) === ref.sha256;
  return genuine ? desk.deps.probe.probe(bytes, ref.mime) : { ...bad, problem: 'hash-mismatch' };
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
      .filter((ref) => !isSettled(pictures.findVerdict(ref.sha256)))
      .map((ref) => ({ id, ref, ticket: stored.dossier.ticket }));
  });
  if (wanted.length === 0) return;
  const queue = wanted.values();
  const arrived = new Set<string>();
  const worker = async (): Promise<void> => {
    for (const { id, ref, ticket } of queue) {
      if (signal.aborted || desk.session !== session || session.locked !== null) return;
      const fetched = await fetchPicture(desk, ref, ticket);
      if (fetched === 'no-line') return; // the loop comes back
      if (fetched === 'kept') arrived.add(id);
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
