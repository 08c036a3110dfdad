// What is half done on a case, into the cache as it changes and back when the case opens.
import type { CaseDraft, ReviewDraft } from '../../../shared/contract/draft.ts';
import { call } from '../../shared/bridge.ts';
import { keepLater } from '../../shared/state/keep.ts';
import { onReturn } from '../../shared/state/place.ts';
import { useCase, type CaseState } from './case-store.ts';
import { NO_DRAFT } from './refusal/draft.ts';

/** The case whose draft was read: before that nothing of it is written, or the one kept would be lost. */
let known: { readonly applicationId: string; json: string } | null = null;
/** The case the officer comes back to behind the lock: the panel that stood open opens again. */
let returning: string | null = null;
onReturn(({ screen, applicationId }) => (returning = screen === 'case' ? applicationId : null));

/** As it is kept; null when nothing is half done. */
function draftOf(state: CaseState, applicationId: string): ReviewDraft | null {
  const { panel, current, writing, written } = state;
  const { codes, comments, boxes } = state.drafts[applicationId] ?? NO_DRAFT;
  const composing =
    panel.kind === 'compose' || (panel.kind === 'decision' && panel.act === 'annulment');
  const field = writing && current !== null ? { code: current, text: written } : null;
  const empty = [codes, Object.keys(comments), Object.keys(boxes)].every(
    ({ length }) => length === 0,
  );
  if (empty && !composing && field === null) return null;
  return {
    kind: 'review',
    codes: [...codes],
    comments,
    boxes: Object.fromEntries(Object.entries(boxes).map(([code, all]) => [code, [...all]])),
    drawnOn: state.drawnOn[applicationId] ?? null,
    composing,
    writing: field,
  };
}

useCase.subscribe((now) => {
  const { applicationId } = now;
  // A statement being signed: its case may be left already, and its draft goes with the signature.
  if (known === null || applicationId !== known.applicationId || now.dto === null) return;
  const draft = draftOf(now, applicationId);
  const json = JSON.stringify(draft);
  if (json === known.json) return;
  known.json = json;
  keepLater(`draft ${applicationId}`, () => call('draft.keep', { applicationId, draft }));
});

/** Another case opens: what is written from now on is not of the former one. */
export function leaveDraft(): void {
  known = null;
}

/** Puts the draft read from the cache into the window, before the case is shown. */
export function takeDraft(applicationId: string, draft: CaseDraft | null): void {
  const { drafts, drawnOn } = useCase.getState();
  const review = draft?.kind === 'review' ? draft : null;
  known = { applicationId, json: JSON.stringify(review) };
  // What this window holds is as young as what it sent.
  if (review === null || drafts[applicationId] !== undefined) return;
  const { codes, comments, boxes } = review;
  useCase.setState({
    drafts: { ...drafts, [applicationId]: { codes, comments, boxes } },
    ...(review.drawnOn === null
      ? {}
      : { drawnOn: { ...drawnOn, [applicationId]: review.drawnOn } }),
  });
}

/** After the case is shown: what stood open when the screen was locked. Once. */
export function stoodOpen(applicationId: string, draft: CaseDraft | null): ReviewDraft | null {
  const back = returning === applicationId && draft?.kind === 'review' ? draft : null;
  returning = null;
  return back;
}
