// What the point officer does at the counter, one function a deed.
import type { HandOverDto } from '../../../shared/contract/issuance.ts';
import { call, type ReplyOf, type ResultOf } from '../../shared/bridge.ts';
import { NOBODY, useDesk, type Answer, type RefuseReason, type View } from './issuance-store.ts';

const state = useDesk.getState;
const set = useDesk.setState;
const PAGE = 60;

/** Reads the list anew, or its next page behind what is shown. */
export async function readList(more = false): Promise<void> {
  const { view, search, next, rows } = state();
  const answer = await call('issuance.page', {
    view,
    search,
    after: more ? next : null,
    limit: PAGE,
  });
  if (!answer.ok || state().view !== view || state().search !== search) return;
  set({
    rows: more ? [...rows, ...answer.value.rows] : answer.value.rows,
    counts: answer.value.counts,
    next: answer.value.next,
    listed: true,
  });
}

export function showView(view: View): void {
  set({ view, rows: [], next: null, listed: false });
  void readList();
}

export function searchFor(search: string): void {
  set({ search });
  void readList();
}

/** Back to the ticket field: the next citizen. */
export function nobody(): void {
  const { panel } = state();
  if (panel?.intent !== null && panel?.intent !== undefined) {
    void call('act.cancel', { intentId: panel.intent.intentId });
  }
  set(NOBODY);
  void readList();
}

async function take(
  asked: string,
  opening: Promise<ResultOf<'issuance.openByTicket'> | ResultOf<'issuance.open'>>,
): Promise<void> {
  set({ ...NOBODY, ticket: asked, finding: true });
  const answer = await opening;
  if (state().ticket !== asked) return; // another ticket was asked for meanwhile
  if (answer.ok) set({ finding: false, ticket: '', card: answer.value });
  else set({ finding: false, problem: { asked, refusal: answer.refusal } });
}

export const openTicket = (ticket: string): Promise<void> => {
  const asked = ticket.trim();
  if (asked === '') return Promise.resolve();
  return take(asked, call('issuance.openByTicket', { ticket: asked }));
};

export const openRow = (row: { applicationId: string; ticket: string }): Promise<void> =>
  take(row.ticket, call('issuance.open', { applicationId: row.applicationId }));

/** Answers the question in turn and goes to the next one. */
export function answerActive(outcome: Answer): void {
  const { card, active } = state();
  const question = card?.questions[active];
  if (card === null || question === undefined) return;
  answer(question.code, outcome);
  set({ active: Math.min(active + 1, card.questions.length - 1) });
}

export const answer = (code: HandOverDto['questions'][number]['code'], outcome: Answer): void =>
  set((s) => ({ answers: { ...s.answers, [code]: outcome } }));

export function moveActive(by: 1 | -1): void {
  const { card, active } = state();
  if (card === null) return;
  set({ active: Math.min(Math.max(active + by, 0), card.questions.length - 1) });
}

/** Records the refusal at once (cl. 4.3 for a proxy); the card stays where it is. */
export async function refuse(reason: RefuseReason): Promise<void> {
  const { card, finding } = state();
  if (card === null || finding) return;
  set({ finding: true, refusal: null });
  const reply = await call('issuance.refuse', { applicationId: card.applicationId, reason });
  if (state().card?.applicationId !== card.applicationId) return;
  if (!reply.ok) return set({ finding: false, refusal: reply.refusal });
  set({ finding: false, panel: null, result: { kind: 'refused', reason, name: card.name } });
  void readList();
}

/** What is missing before the hand-over may be signed. */
export function missingPart(): 'old-card' | 'old-card-reason' | null {
  const { oldCard, oldCardReason } = state();
  if (oldCard === null) return 'old-card';
  return oldCard === 'not-presented' && oldCardReason.trim() === '' ? 'old-card-reason' : null;
}

export async function prepareHandOver(): Promise<void> {
  const { card, answers, oldCard, oldCardReason } = state();
  const missing = missingPart();
  set({ missing, refusal: null });
  if (card === null || missing !== null || oldCard === null) return;
  set({ panel: { intent: null, refusal: null } });
  const reply = await call('issuance.prepareHandOver', {
    applicationId: card.applicationId,
    present: true,
    questions: card.questions.map(({ code }) => ({ code, outcome: answers[code] ?? 'skipped' })),
    oldCard: {
      outcome: oldCard,
      reason: oldCard === 'not-presented' ? oldCardReason.trim() : null,
    },
  });
  const waited = state().card?.applicationId === card.applicationId && state().panel !== null;
  if (!waited) {
    if (reply.ok) void call('act.cancel', { intentId: reply.value.intentId });
    return;
  }
  set({
    panel: reply.ok
      ? { intent: reply.value, refusal: null }
      : { intent: null, refusal: reply.refusal },
  });
}

export function closePanel(): void {
  const { panel } = state();
  if (panel?.intent) void call('act.cancel', { intentId: panel.intent.intentId });
  set({ panel: null });
}

export function afterSigning(reply: ReplyOf<'act.sign'>): void {
  const { card } = state();
  if (card === null) return;
  set({
    panel: null,
    result: {
      kind: 'signed',
      actId: reply.actId,
      name: card.name,
      card: card.card.number,
      state: 'queued',
    },
  });
  void followSigned();
  void readList();
}

/** Queued, then accepted or refused: told by the outbox. */
export async function followSigned(): Promise<void> {
  const { result } = state();
  if (result?.kind !== 'signed' || result.state === 'accepted') return;
  const reply = await call('outbox.read', {});
  const now = state().result;
  if (!reply.ok || now?.kind !== 'signed' || now.actId !== result.actId) return;
  const { needsYou, onItsWay, acceptedToday } = reply.value;
  const row = [...needsYou, ...onItsWay, ...acceptedToday].find((each) => each.id === now.actId);
  if (row !== undefined && row.state !== 'intended') set({ result: { ...now, state: row.state } });
}
