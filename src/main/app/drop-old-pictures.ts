// Pictures and measures go when they are needed no more: some days after the decision or the issue, by the node's policy.
import { facesKey, portraitKey, signatureKey } from './case-measured.ts';
import { journal, type OpenDesk, type OpenSession } from './desk.ts';
import { casesAhead, picturesOf } from './fetch-pictures.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Far more acts than an officer signs in the longest time pictures are kept. */
const ACTS = 100_000;
/** Cases read, and pictures dropped, at a breath: a key press of the officer never waits for more. */
const CASES = 100;
const PICTURES = 100;

const lastRun = new WeakMap<OpenSession, number>();

/**
 * Once an hour: drops pictures with their measures that were saved longer than `picturesKeptDays` ago, unless a case
 * needs them that is in hand, waits at the counter, has an open act or was decided or issued here within those days.
 * What is opened again later is fetched again. Answers how many pictures went; each part has its journal row.
 */
export async function dropOldPictures(desk: OpenDesk, signal: AbortSignal): Promise<number> {
  const { session } = desk;
  const { clock } = desk.deps;
  const now = clock.now().getTime();
  if (now - (lastRun.get(session) ?? -Infinity) < HOUR_MS) return 0;
  lastRun.set(session, now);
  const { picturesKeptDays: days } = session.config;
  const before = new Date(now - days * DAY_MS).toISOString();
  const { store } = session;
  const old = store.pictures.savedBefore(before);
  if (old.length === 0) return 0;
  const over = (): boolean => signal.aborted || desk.session !== session;
  const kept = new Set<string>();
  const ids = [...waitingCards(desk), ...acted(desk, before)];
  for (let start = 0; start < ids.length; start += CASES) {
    for (const sha256 of picturesIn(desk, ids.slice(start, start + CASES))) kept.add(sha256);
    await clock.breathe();
    if (over()) return 0;
  }
  let gone = 0;
  for (let start = 0; start < old.length; start += PICTURES) {
    const part = old.slice(start, start + PICTURES).filter((sha256) => !kept.has(sha256));
    gone += store.transaction(() => drop(desk, part, days));
    await clock.breathe();
    if (over()) return gone;
  }
  return gone;
}

/** What came in hand since the search began stays too. Call inside a transaction. */
function drop(desk: OpenDesk, pictures: readonly string[], days: number): number {
  const { outbox, measures, pictures: kept } = desk.session.store;
  const inHand = [...casesAhead(desk), ...outbox.open().map(({ applicationId }) => applicationId)];
  const busy = new Set(picturesIn(desk, inHand));
  const going = pictures.filter((sha256) => !busy.has(sha256));
  for (const sha256 of going) {
    const ref = { sha256 };
    measures.drop([portraitKey(ref), signatureKey(ref)], facesKey(ref, { sha256: '' }));
    kept.drop(sha256);
  }
  if (going.length > 0) journal(desk, 'pictures-dropped', null, { pictures: going.length, days });
  return going.length;
}

/** SHA-256 of every picture of these cases. */
const picturesIn = (desk: OpenDesk, ids: readonly string[]): string[] =>
  ids.flatMap((id) => {
    const stored = desk.session.store.cases.find(id);
    return stored === null ? [] : picturesOf(stored.dossier).map(({ sha256 }) => sha256);
  });

/** Cases decided or issued here since the instant. */
const acted = (desk: OpenDesk, since: string): string[] =>
  desk.session.store.outbox.acceptedSince(since, ACTS).map(({ applicationId }) => applicationId);

/** Every card ready to be handed over at this point. */
function waitingCards(desk: OpenDesk): string[] {
  if (!desk.session.officer.roles.includes('issuer')) return [];
  return desk.session.store.custody.stock().map(({ applicationId }) => applicationId);
}
