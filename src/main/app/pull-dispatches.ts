// Dispatch lists of the officer's point: asked for when the feed moved, kept when their bytes hold.
import { dispatchContents, type Dispatch } from '../../shared/central/custody.ts';
import { canonicalBytes } from '../../shared/central/statement.ts';
import { atCounter } from './custody-desk.ts';
import { journal, noteLine, type OpenDesk } from './desk.ts';

/** A list that no change of the feed told of is found this late at most. */
const AGE_MS = 5 * 60_000;

/** When each session asked last. */
const asked = new WeakMap<OpenDesk['session'], number>();

/** An act of ours was answered: the next round asks whatever the feed says. */
export const dispatchesDoubted = (desk: OpenDesk): void => {
  asked.delete(desk.session);
};

/** One question to the node; `moved` = the feed brought something in this round. */
export async function pullDispatches(desk: OpenDesk, moved: boolean): Promise<void> {
  const { session } = desk;
  if (!atCounter(desk)) return;
  const now = desk.deps.clock.now().getTime();
  const last = asked.get(session);
  if (!moved && last !== undefined && now - last < AGE_MS) return;
  const answer = await desk.deps.node.dispatches();
  if (desk.session !== session) return;
  if (!answer.ok) {
    // A node that cannot tell of dispatches now is still a node that takes decisions.
    if (answer.failure.kind === 'no-answer') return noteLine(desk, answer.failure);
    asked.set(session, now);
    return desk.deps.log('dispatches-not-told', { kind: answer.failure.kind });
  }
  asked.set(session, now);
  if (keep(desk, answer.value.dispatches)) desk.deps.push({ topic: 'stock' });
}

function keep(desk: OpenDesk, told: readonly Dispatch[]): boolean {
  const { store } = desk.session;
  const own = told.filter(
    (each) => each.registrationPoint === desk.session.officer.registrationPoint?.code,
  );
  const good = own.filter((each) => holds(desk, each));
  return store.transaction(() => {
    for (const { dispatchId, number, cards } of own) {
      if (store.custody.findDispatch(dispatchId) !== null) continue;
      const readable = good.some((each) => each.dispatchId === dispatchId);
      journal(desk, 'dispatch-told', number, {
        cards: cards.length,
        ...(readable ? {} : { problem: 'hash-mismatch' }),
      });
    }
    return store.custody.keepDispatches(good);
  });
}

/** What will be signed is this hash: a list that is not the hashed one is not shown at all. */
const holds = (desk: OpenDesk, dispatch: Dispatch): boolean =>
  desk.deps.clock.sha256(canonicalBytes(dispatchContents(dispatch))) === dispatch.contentsSha256;
