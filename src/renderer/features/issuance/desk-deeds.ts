// What the point officer does at the counter, one function a deed.
import { call, type ReplyOf, type RequestOf, type ResultOf } from '../../shared/bridge.ts';
import { cardToReturnTo, dropDraft, readDraft } from './kept-counter.ts';
import {
  NOBODY,
  useDesk,
  type Answer,
  type Missing,
  type OldCard,
  type QuestionCode,
  type RefuseReason,
  type View,
} from './issuance-store.ts';
import { readScan } from '../../shared/scan/wedge.ts';

const state = useDesk.getState;
const set = useDesk.setState;
const PAGE = 60;

/** Reads the list anew, or its next page behind what is shown. */
export async function readList(more = false): Promise<void> {
  const { view, search, next, rows, waitingDays } = state();
  const answer = await call('issuance.page', {
    view,
    search,
    after: more ? next : null,
    limit: PAGE,
    ...(view === 'ready' && waitingDays > 0 ? { waitingDays } : {}),
  });
  const asked = state();
  if (!answer.ok || asked.view !== view || asked.search !== search) return;
  if (asked.waitingDays !== waitingDays) return;
  set({
    rows: more ? [...rows, ...answer.value.rows] : answer.value.rows,
    counts: answer.value.counts,
    waiting: answer.value.waiting,
    next: answer.value.next,
    listed: true,
  });
}

export function showView(view: View): void {
  set({ view, rows: [], next: null, listed: false });
  void readList();
}

/** The uncollected by age; the same age again shows all. */
export function showWaiting(days: number): void {
  set({
    waitingDays: state().waitingDays === days ? 0 : days,
    rows: [],
    next: null,
    listed: false,
  });
  void readList();
}

export function searchFor(search: string): void {
  set({ search });
  void readList();
}

/** Back to the ticket field: the next citizen. */
export function nobody(): void {
  const { panel, card, result } = state();
  if (panel?.intent !== null && panel?.intent !== undefined) {
    void call('act.cancel', { intentId: panel.intent.intentId });
  }
  if (card !== null && result === null) dropDraft(card.applicationId);
  taking += 1; // an answer on its way lays no card on the empty desk
  set(NOBODY);
  void readList();
}

/** Each opening has its number: of two on their way the younger one has the desk, with a ticket or without. */
let taking = 0;

async function take(
  asked: string,
  opening: Promise<ResultOf<'issuance.openByTicket'> | ResultOf<'issuance.open'>>,
): Promise<void> {
  const before = state().card?.applicationId ?? null;
  const mine = (taking += 1);
  set({ ...NOBODY, ticket: asked, finding: true });
  const answer = await opening;
  const kept = answer.ok ? await readDraft(answer.value.applicationId) : {};
  if (mine !== taking || state().ticket !== asked) return; // another one was asked for meanwhile
  if (before !== null && !(answer.ok && answer.value.applicationId === before)) dropDraft(before);
  if (answer.ok) set({ finding: false, ticket: '', card: answer.value, ...kept });
  else set({ finding: false, problem: { asked, refusal: answer.refusal } });
}

export const openTicket = (ticket: string): Promise<void> => {
  const asked = ticket.trim();
  if (asked === '') return Promise.resolve();
  return take(asked, call('issuance.openByTicket', { ticket: asked }));
};

export const openRow = (row: { applicationId: string; ticket: string }): Promise<void> =>
  take(row.ticket, call('issuance.open', { applicationId: row.applicationId }));

/** Behind the lock: the card that lay on the counter, and what was answered; person and card are seen anew. */
export function returnToCard(): void {
  const applicationId = cardToReturnTo();
  if (applicationId !== null) void openRow({ applicationId, ticket: '' });
}

export const answer = (code: QuestionCode, outcome: Answer): void =>
  set((s) => ({ answers: { ...s.answers, [code]: outcome } }));

/** One key for the usual case: here in person, and every question not answered otherwise is right. */
export function presentAndRight(): void {
  const { card, answers } = state();
  if (card === null) return;
  const right = card.questions.map(({ code }) => [code, answers[code] ?? 'right'] as const);
  const missing = state().missing === 'present' ? null : state().missing;
  set({ present: true, answers: Object.fromEntries(right), missing });
}

export const setPresent = (present: boolean): void =>
  set((s) => ({ present, missing: s.missing === 'present' ? null : s.missing }));

const TURN: Readonly<Record<Answer | 'none', Answer>> = {
  none: 'right',
  right: 'wrong',
  wrong: 'skipped',
  skipped: 'right',
};

/** The key of one question: right, then wrong, then not asked. */
export function turnAnswer(n: number): void {
  const { card, answers } = state();
  const code = card?.questions[n]?.code;
  if (code !== undefined) answer(code, TURN[answers[code] ?? 'none']);
}

/** The key of the old card: surrendered, then not presented (its reason is asked for). */
export function turnOldCard(): void {
  const { oldCard } = state();
  setOldCard(oldCard === 'surrendered' ? 'not-presented' : 'surrendered');
}

export const setOldCard = (oldCard: OldCard): void => set({ oldCard, missing: null });

/** The card in the hand, scanned or typed: the core compares; the old card is known by its number. */
export async function checkCard(text: string): Promise<void> {
  const { card } = state();
  if (card === null || text.trim() === '') return;
  const reply = await call('issuance.checkCard', { applicationId: card.applicationId, text });
  if (state().card?.applicationId !== card.applicationId || state().panel !== null) return;
  set({ unfit: null, cardProblem: reply.ok ? null : reply.refusal });
  if (!reply.ok) return;
  const { zoneWanted, ...check } = reply.value;
  set({ cardTyped: '', missing: null, card: { ...card, zoneWanted } });
  if (!check.agrees)
    return set({ stopped: check, live: null, ...(check.which === 'card' ? { inHand: null } : {}) });
  if (check.which === 'card') return set({ inHand: { text, check }, stopped: null });
  set({ oldCard: 'surrendered', oldRead: { text, check } });
  if (state().stopped?.which === 'old-card') set({ stopped: null });
}

/** The zone cannot be read, or the other card is put away: for a reason on record the number will do. */
export async function allowByEye(
  reason: RequestOf<'issuance.allowByEye'>['reason'],
): Promise<void> {
  const { card } = state();
  if (card === null) return;
  const reply = await call('issuance.allowByEye', { applicationId: card.applicationId, reason });
  if (state().card?.applicationId !== card.applicationId) return;
  set(
    reply.ok
      ? { card: reply.value, stopped: null, inHand: null, oldRead: null, cardProblem: null }
      : { cardProblem: reply.refusal },
  );
}

/** A scan, wherever the focus stands: a ticket opens the person, a card is checked, the rest is said. */
export function hear(text: string): void {
  const { card, panel, result } = state();
  // While a statement waits for the PIN a scan is somebody else's: it must not take the desk.
  if (panel !== null) return;
  const scan = readScan(text);
  const here = result === null ? card : null;
  if (scan.kind === 'ticket') {
    const ofCards = here !== null && [here.card.number, here.oldCard.number].includes(scan.ticket);
    return void (ofCards ? checkCard(scan.ticket) : openTicket(scan.ticket));
  }
  if (scan.kind === 'zone' && here !== null) return void checkCard(scan.text);
  set({ unfit: scan.kind === 'zone' ? 'zone-without-person' : 'strange' });
}

/** "Not the person" was looked into: the card may be handed over again. */
export async function seen(note: string): Promise<void> {
  const { card } = state();
  if (card === null) return;
  const reply = await call('issuance.seen', { applicationId: card.applicationId, note });
  if (state().card?.applicationId !== card.applicationId) return;
  set(reply.ok ? { card: reply.value, refusal: null } : { refusal: reply.refusal });
}

/** Records the refusal at once (cl. 4.3 for a proxy); the card stays where it is. */
export async function refuse(reason: RefuseReason): Promise<void> {
  const { card, finding } = state();
  if (card === null || finding) return;
  set({ finding: true, refusal: null });
  const reply = await call('issuance.refuse', { applicationId: card.applicationId, reason });
  if (state().card?.applicationId !== card.applicationId) return;
  if (!reply.ok) return set({ finding: false, refusal: reply.refusal });
  set({
    finding: false,
    panel: null,
    live: null,
    result: { kind: 'refused', reason, name: card.name },
  });
  void readList();
}

/** What is missing before the hand-over may be signed, in the order of the screen. */
export function missingPart(): Missing | null {
  const { present, inHand, stopped, oldCard, oldCardReason } = state();
  if (!present) return 'present';
  if (inHand === null || stopped !== null) return 'card';
  if (oldCard === null) return 'old-card';
  return oldCard === 'not-presented' && oldCardReason.trim().length < 3 ? 'old-card-reason' : null;
}

export async function prepareHandOver(): Promise<void> {
  const { card, answers, oldCard, oldCardReason, inHand, oldRead } = state();
  const missing = missingPart();
  set({ missing, refusal: null, ...(missing === null ? {} : { live: null }) });
  if (card === null || missing !== null || oldCard === null || inHand === null) return;
  set({ panel: { intent: null, refusal: null } });
  const reply = await call('issuance.prepareHandOver', {
    applicationId: card.applicationId,
    present: true,
    questions: card.questions.map(({ code }) => ({ code, outcome: answers[code] ?? 'skipped' })),
    oldCard: {
      outcome: oldCard,
      reason: oldCard === 'not-presented' ? oldCardReason.trim() : null,
      text: oldCard === 'surrendered' ? (oldRead?.text ?? null) : null,
    },
    card: inHand.text,
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
    live: null,
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
