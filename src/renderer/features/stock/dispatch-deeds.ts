// What is done with a dispatch: opened, scanned in, cards marked by hand, the acceptance prepared.
import type { DispatchRow } from '../../../shared/contract/stock.ts';
import { call, type ResultOf } from '../../shared/bridge.ts';
import { say, useStock, type CardForm } from './stock-store.ts';

const get = useStock.getState;
const set = useStock.setState;

/** The list, and the open dispatch as it is now. */
export async function readDispatches(): Promise<void> {
  const answer = await call('stock.dispatches', {});
  set(answer.ok ? { dispatches: answer.value.rows, refusal: null } : { refusal: answer.refusal });
  const open = get().dispatch?.dispatchId;
  if (open === undefined) return;
  const now = await call('stock.dispatch', { dispatchId: open });
  if (get().dispatch?.dispatchId !== open) return;
  if (now.ok) set({ dispatch: now.value });
}

export async function openDispatch(dispatchId: string): Promise<void> {
  const answer = await call('stock.dispatch', { dispatchId });
  if (!answer.ok) return set({ refusal: answer.refusal });
  const current = answer.value.cards[0]?.cardNumber ?? null;
  set({ dispatch: answer.value, refusal: null, said: null, form: null, current });
}

export function closeDispatch(): void {
  set({ dispatch: null, said: null, form: null, current: null, refusal: null });
  void readDispatches();
}

type Closable = Pick<DispatchRow, 'act' | 'accepted'>;

/** Nothing may be written into a dispatch that is accepted or whose act is signed. */
export const isOpen = (dispatch: Closable): boolean =>
  dispatch.accepted === null && (dispatch.act === null || dispatch.act.state === 'intended');

/** Whose word the outcomes are: ours being written or signed, or another desk's (unknown here). */
export const wordOf = (dispatch: Closable): 'open' | 'ours' | 'others' =>
  isOpen(dispatch) ? 'open' : dispatch.act === null ? 'others' : 'ours';

/** Sums as the act says them: what was not scanned went into it as missing. */
export function sumsOf(row: DispatchRow): DispatchRow['counts'] {
  const { counts } = row;
  if (wordOf(row) !== 'ours') return counts;
  return { ...counts, missing: counts.missing + counts.unscanned, unscanned: 0 };
}

/** One scan; the card becomes the current one, so that the next key speaks of it. */
export async function scanInto(text: string): Promise<void> {
  const { dispatch, form } = get();
  if (dispatch === null) return;
  const { dispatchId } = dispatch;
  const answer = await call('stock.scan', { dispatchId, text });
  if (get().dispatch?.dispatchId !== dispatchId) return;
  if (!answer.ok) {
    return say({ outcome: 'unreadable', cardNumber: null, ticket: null, refusal: answer.refusal });
  }
  const { outcome, cardNumber, ticket } = answer.value;
  set({
    dispatch: answer.value.dispatch,
    ...(form === null ? { current: cardNumber } : {}),
    refusal: null,
  });
  say({ outcome, cardNumber, ticket, refusal: null });
}

function took(answer: ResultOf<'stock.mark'> | ResultOf<'stock.box'>): boolean {
  if (answer.ok) set({ dispatch: answer.value, refusal: null });
  else set({ refusal: answer.refusal });
  return answer.ok;
}

export async function setBox(place: string): Promise<void> {
  const { dispatch } = get();
  if (dispatch === null) return;
  const box = place.trim() === '' ? null : place.trim();
  took(await call('stock.box', { dispatchId: dispatch.dispatchId, place: box }));
}

const cardOf = (cardNumber: string) =>
  get().dispatch?.cards.find((card) => card.cardNumber === cardNumber);

/** Opens the line of the current card: as it is, or as damaged (a note is obligatory then). */
export function openForm(outcome: 'arrived' | 'damaged'): void {
  const { dispatch, current } = get();
  if (dispatch === null || current === null || !isOpen(dispatch)) return;
  const extra = dispatch.extra.find((card) => card.cardNumber === current);
  const card = cardOf(current);
  if (extra === undefined && card === undefined) return;
  const form: CardForm = {
    cardNumber: current,
    outcome: extra !== undefined ? 'extra' : outcome,
    place: card?.place ?? dispatch.place ?? '',
    note: (extra ?? card)?.note ?? '',
    refusal: null,
  };
  set({ form });
}

export async function saveForm(): Promise<void> {
  const { dispatch, form } = get();
  if (dispatch === null || form === null) return;
  const place = form.place.trim();
  const note = form.note.trim();
  const answer = await call('stock.mark', {
    dispatchId: dispatch.dispatchId,
    cardNumber: form.cardNumber,
    outcome: form.outcome,
    place: form.outcome === 'arrived' && place !== '' ? place : null,
    note: note === '' ? null : note,
  });
  if (!answer.ok) return set({ form: { ...form, refusal: answer.refusal } });
  set({ dispatch: answer.value, form: null, refusal: null });
}

/** Missing, or taken back (null) – of the current card. */
export async function markCurrent(outcome: 'missing' | null): Promise<void> {
  const { dispatch, current } = get();
  if (dispatch === null || current === null || !isOpen(dispatch)) return;
  const extra = dispatch.extra.some((card) => card.cardNumber === current);
  if (extra && outcome === 'missing') return;
  const { dispatchId } = dispatch;
  took(
    await call('stock.mark', {
      dispatchId,
      cardNumber: current,
      outcome,
      place: null,
      note: null,
    }),
  );
  set({ said: null });
}

export async function prepareAcceptance(): Promise<void> {
  const { dispatch, panel } = get();
  if (dispatch === null || !isOpen(dispatch) || panel?.intent) return;
  set({ panel: { what: 'acceptance', intent: null, refusal: null, choosing: false }, form: null });
  const answer = await call('stock.prepareAcceptance', { dispatchId: dispatch.dispatchId });
  if (get().panel?.what !== 'acceptance') {
    if (answer.ok) void call('stock.cancel', { intentId: answer.value.intentId });
    return;
  }
  set({
    panel: {
      what: 'acceptance',
      choosing: false,
      intent: answer.ok ? answer.value : null,
      refusal: answer.ok ? null : answer.refusal,
    },
  });
}
