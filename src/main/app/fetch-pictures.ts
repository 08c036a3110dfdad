// Fetches pictures by SHA-256, ahead of need: the next cases of the queue are ready before they open.
import type { Dossier, ImageRef } from '../../shared/central/application.ts';
import type { PictureVerdict } from '../ports/image-probe.ts';
import type { Urgency } from '../ports/imaging.ts';
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

/** `same`: asked for again with the same bad end; nothing is to be told. */
type Fetched = 'kept' | 'same' | 'not-there' | 'no-line';

/** Fetches one picture unless it is here; hostile bytes end in a verdict, never in an exception. */
async function fetchPicture(
  desk: OpenDesk,
  ref: ImageRef,
  ticket: string,
  urgency: Urgency,
): Promise<Fetched> {
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
  const verdict = await verdictOn(desk, ref, answer.ok ? bytes : null, urgency);
  // Nobody can look at it now: it is asked for again, no verdict is made up.
  if (desk.session !== session || verdict === null) return 'no-line';
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
  // A case that is open is read again when it is told of, and reading it asks for this picture again.
  const same = known?.ok === false && !verdict.ok && known.problem === verdict.problem;
  return same ? 'same' : 'kept';
}

/** `bytes` null: more came than was announced. Null: the measuring process is not there. */
async function verdictOn(
  desk: OpenDesk,
  ref: ImageRef,
  bytes: Uint8Array | null,
  urgency: Urgency,
): Promise<PictureVerdict | null> {
  const bad = { ok: false, width: null, height: null } as const;
  if (bytes === null) return { ...bad, problem: 'too-large' };
  const genuine = desk.deps.clock.sha256(bytes) === ref.sha256;
  return genuine
    ? desk.deps.imaging.probe(bytes, ref.mime, urgency)
    : { ...bad, problem: 'hash-mismatch' };
}

/** Fetches the pictures of some cases, a few at once; answers which cases got new ones. */
export async function fetchPictures(
  desk: OpenDesk,
  applicationIds: readonly string[],
  signal: AbortSignal,
  urgency: Urgency = 'ahead',
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
      const fetched = await fetchPicture(desk, ref, ticket, urgency);
      if (fetched === 'no-line') return; // the loop comes back
      if (fetched === 'kept') arrived.add(id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (arrived.size > 0) desk.deps.push({ topic: 'cases', ids: [...arrived] });
}

/** Which cases open next for review: held here, then the most urgent. */
export function reviewsAhead(desk: OpenDesk): string[] {
  const { cases } = desk.session.store;
  return [...new Set([...cases.held(), ...cases.urgent(nowText(desk), AHEAD)])];
}

/** Which cases want their pictures first: reviews, then cards waiting at the point. */
export function casesAhead(desk: OpenDesk): string[] {
  const { cases } = desk.session.store;
  const now = nowText(desk);
  const ready = desk.session.officer.roles.includes('issuer')
    ? cases
        .cards({ view: 'ready', search: '', after: null, limit: 200 }, now)
        .rows.map((row) => row.applicationId)
    : [];
  return [...new Set([...reviewsAhead(desk), ...ready])];
}
