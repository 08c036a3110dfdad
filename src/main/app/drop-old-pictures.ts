// Pictures and measures go when they are needed no more: some days after the decision or the issue, by the node's rule or the station's stricter one.
import type { StoredCase } from '../ports/case-store.ts';
import { facesKey, portraitKey, signatureKey } from './case-measured.ts';
import { journal, type OpenDesk, type OpenSession } from './desk.ts';
import { casesAhead, picturesOf } from './fetch-pictures.ts';
import { limitsOf } from './station-limits.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Far more acts than an officer signs in the longest time pictures are kept. */
const ACTS = 100_000;

const lastRun = new WeakMap<OpenSession, number>();

/**
 * Once an hour: drops pictures with their measures that were saved longer than `picturesKeptDays` ago, unless a case
 * needs them that is in hand, waits at the counter, has an open act or was decided or issued here within those days.
 * What is opened again later is fetched again. Answers how many pictures went; one journal row when any did.
 */
export function dropOldPictures(desk: OpenDesk): number {
  const { session } = desk;
  const now = desk.deps.clock.now().getTime();
  if (now - (lastRun.get(session) ?? -Infinity) < HOUR_MS) return 0;
  lastRun.set(session, now);
  const { picturesKeptDays: days } = limitsOf(desk);
  const before = new Date(now - days * DAY_MS).toISOString();
  const { store } = session;
  return store.transaction(() => {
    const old = store.pictures.savedBefore(before);
    if (old.length === 0) return 0;
    const kept = needed(desk, before);
    const going = old.filter((sha256) => !kept.has(sha256));
    for (const sha256 of going) {
      const ref = { sha256 };
      store.measures.drop([portraitKey(ref), signatureKey(ref)], facesKey(ref, { sha256: '' }));
      store.pictures.drop(sha256);
    }
    if (going.length > 0) journal(desk, 'pictures-dropped', null, { pictures: going.length, days });
    return going.length;
  });
}

/** SHA-256 of every picture of a case that is still worked on, or was decided or issued here since `since`. */
function needed(desk: OpenDesk, since: string): Set<string> {
  const { cases, outbox } = desk.session.store;
  const ids = new Set(casesAhead(desk));
  for (const { applicationId } of [...outbox.open(), ...outbox.acceptedSince(since, ACTS)])
    ids.add(applicationId);
  for (const id of waitingCards(desk)) ids.add(id);
  const found = [...ids]
    .map((id) => cases.find(id))
    .filter((one): one is StoredCase => one !== null);
  return new Set(found.flatMap(({ dossier }) => picturesOf(dossier).map(({ sha256 }) => sha256)));
}

/** Every card ready to be handed over at this point, page by page. */
function waitingCards(desk: OpenDesk): string[] {
  if (!desk.session.officer.roles.includes('issuer')) return [];
  const { cases } = desk.session.store;
  const now = desk.deps.clock.now().toISOString();
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page: ReturnType<typeof cases.cards> = cases.cards(
      { view: 'ready', search: '', after, limit: 500 },
      now,
    );
    ids.push(...page.rows.map(({ applicationId }) => applicationId));
    after = page.next;
  } while (after !== null);
  return ids;
}
