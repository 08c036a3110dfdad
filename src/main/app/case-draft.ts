// What is half done on a case: kept in the cache as the officer works, for him alone.
import type { RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import { no, ok } from '../../shared/kernel/result.ts';
import { keepsDraft } from './case-record.ts';
import { nowText, type OpenDesk } from './desk.ts';

export const readDraft = (
  desk: OpenDesk,
  { applicationId }: RequestOf<'draft.read'>,
): ResultOf<'draft.read'> => ok({ draft: desk.session.store.drafts.find(applicationId) });

/** Replaces the one kept; null drops it. A case that may not be finished here keeps none. */
export function keepDraft(
  desk: OpenDesk,
  { applicationId, draft }: RequestOf<'draft.keep'>,
): ResultOf<'draft.keep'> {
  const { store } = desk.session;
  return store.transaction((): ResultOf<'draft.keep'> => {
    if (draft === null) {
      store.drafts.drop(applicationId);
      return ok({});
    }
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    if (!keepsDraft(desk, stored)) return no('not-held');
    store.drafts.save(applicationId, draft, nowText(desk));
    return ok({});
  });
}

/** Those of cases that left the cache or may not be finished here any more. Call inside a transaction. */
export function sweepDrafts(desk: OpenDesk): void {
  const { drafts, cases } = desk.session.store;
  for (const id of drafts.ids()) {
    const stored = cases.find(id);
    if (stored === null || !keepsDraft(desk, stored)) drafts.drop(id);
  }
}
