// A hand-over half made: what was answered goes into the cache as it changes, and comes back with its card.
import type { CaseDraft } from '../../../shared/contract/draft.ts';
import { call } from '../../shared/bridge.ts';
import { keepLater } from '../../shared/state/keep.ts';
import { keepPlace, onReturn } from '../../shared/state/place.ts';
import { useDesk, type IssuanceState } from './issuance-store.ts';

/** The card the officer comes back to behind the lock. */
let returning: string | null = null;
onReturn(({ counter }) => (returning = counter ?? null));

/** Once. */
export function cardToReturnTo(): string | null {
  const to = returning;
  returning = null;
  return to;
}

const onCounter = ({ card, result }: IssuanceState): string | null =>
  result === null ? (card?.applicationId ?? null) : null;

function draftOf({ answers, oldCard, oldCardReason, oldRead }: IssuanceState): CaseDraft | null {
  const byEye = oldCard === 'surrendered' && oldRead !== null ? null : oldCard;
  if (Object.keys(answers).length === 0 && byEye === null) return null;
  return { kind: 'counter', answers, oldCard: byEye, oldCardReason };
}

const keep = (applicationId: string, draft: CaseDraft | null): void =>
  keepLater(`draft ${applicationId}`, () => call('draft.keep', { applicationId, draft }));

/** The officer put the card away: nothing of it is left for its next time. */
export const dropDraft = (applicationId: string): void => keep(applicationId, null);

useDesk.subscribe((now, before) => {
  const id = onCounter(now);
  if (id !== onCounter(before)) return keepPlace({ counter: id });
  if (id === null) return;
  const draft = draftOf(now);
  if (JSON.stringify(draft) !== JSON.stringify(draftOf(before))) keep(id, draft);
});

/** What the cache kept of this card. */
export async function readDraft(
  applicationId: string,
): Promise<Partial<Pick<IssuanceState, 'answers' | 'oldCard' | 'oldCardReason'>>> {
  const kept = await call('draft.read', { applicationId });
  const draft = kept.ok ? kept.value.draft : null;
  if (draft?.kind !== 'counter') return {};
  const { answers, oldCard, oldCardReason } = draft;
  return { answers, oldCard, oldCardReason };
}
