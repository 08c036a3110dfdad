// What is done with the cards that lie here: found, chosen, put elsewhere, given back.
import type { ReturnReason } from '../../../shared/central/custody.ts';
import type { StockCard } from '../../../shared/contract/stock.ts';
import { call } from '../../shared/bridge.ts';
import { say, useStock } from './stock-store.ts';

const get = useStock.getState;
const set = useStock.setState;
const PAGE = 200;
let reading = 0;

export async function readStock(more = false): Promise<void> {
  const mine = ++reading;
  const { search, order, waitingDays, next, cards, chosen } = get();
  const after = more ? next : null;
  const answer = await call('stock.cards', { search, order, waitingDays, after, limit: PAGE });
  if (mine !== reading) return;
  if (!answer.ok) return set({ refusal: answer.refusal, cardsRead: true });
  const rows = more ? [...cards, ...answer.value.rows] : answer.value.rows;
  // A card that went away meanwhile is not chosen any more.
  const fresh = new Map(rows.map((row) => [row.applicationId, row]));
  const kept = [...chosen].flatMap(([id, card]) => {
    const now = fresh.get(id) ?? card;
    return now.away === null ? [[id, now] as const] : [];
  });
  set({
    cards: rows,
    cardsRead: true,
    next: answer.value.next,
    total: answer.value.total,
    waiting: answer.value.waiting,
    chosen: new Map(kept),
    refusal: null,
  });
}

export async function readReturns(): Promise<void> {
  const answer = await call('stock.returns', {});
  if (answer.ok) set({ returns: answer.value.rows });
}

export const searchStock = (search: string): void => {
  set({ search, current: null });
  void readStock();
};
export const orderStock = (order: 'place' | 'age'): void => {
  set({ order });
  void readStock();
};
export const showAge = (days: number): void => {
  set({ waitingDays: get().waitingDays === days ? 0 : days });
  void readStock();
};

export function toggle(card: StockCard): void {
  if (card.away !== null) return;
  const chosen = new Map(get().chosen);
  if (!chosen.delete(card.applicationId)) chosen.set(card.applicationId, card);
  set({ chosen });
}
export const chooseNone = (): void => set({ chosen: new Map() });

/** A scan in the stock chooses its card, wherever in the list it stands. */
export async function scanChoose(text: string): Promise<void> {
  const ask = { order: 'place', waitingDays: 0, after: null, limit: 2 } as const;
  const answer = await call('stock.cards', { ...ask, search: text.slice(0, 200) });
  const [card, other] = answer.ok ? answer.value.rows : [];
  if (!answer.ok) {
    return say({ outcome: 'unreadable', cardNumber: null, ticket: null, refusal: answer.refusal });
  }
  if (card === undefined || other !== undefined || card.away !== null) {
    const cardNumber = card?.cardNumber ?? null;
    return say({ outcome: 'elsewhere', cardNumber, ticket: card?.ticket ?? null, refusal: null });
  }
  const again = get().chosen.has(card.applicationId);
  if (!again) toggle(card);
  set({ current: card.cardNumber });
  const { cardNumber, ticket } = card;
  say({ outcome: again ? 'again' : 'chosen', cardNumber, ticket, refusal: null });
}

export async function putInPlace(card: StockCard, text: string): Promise<void> {
  const place = text.trim();
  set({ placing: null });
  if (place === '' || place === card.place) return;
  const answer = await call('stock.place', { applicationId: card.applicationId, place });
  if (!answer.ok) return set({ refusal: answer.refusal });
  void readStock();
}

export const openReturn = (): void => {
  if (get().chosen.size === 0) return;
  // A card that came damaged goes back for this reason; the officer may say another.
  const [first] = get().chosen.values();
  const reason: ReturnReason = first?.condition === 'damaged' ? 'damaged' : get().reason;
  set({
    reason,
    returnNote: '',
    panel: { what: 'return', intent: null, refusal: null, choosing: true },
  });
};

export async function prepareReturn(): Promise<void> {
  const { chosen, reason, returnNote } = get();
  const note = returnNote.trim() === '' ? null : returnNote.trim();
  set({ panel: { what: 'return', intent: null, refusal: null, choosing: false } });
  const cards = [...chosen.keys()].map((applicationId) => ({ applicationId, reason, note }));
  const answer = await call('stock.prepareReturn', { cards });
  if (get().panel?.what !== 'return') {
    if (answer.ok) void call('stock.cancel', { intentId: answer.value.intentId });
    return;
  }
  set({
    panel: answer.ok
      ? { what: 'return', intent: answer.value, refusal: null, choosing: false }
      : { what: 'return', intent: null, refusal: answer.refusal, choosing: true },
  });
}
