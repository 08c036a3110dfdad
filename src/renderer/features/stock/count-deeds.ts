// What is done in a count of the stock: begun, scanned, closed.
import { call } from '../../shared/bridge.ts';
import { say, useStock } from './stock-store.ts';

const set = useStock.setState;

export async function readCount(): Promise<void> {
  const answer = await call('stock.count', {});
  set(
    answer.ok
      ? { count: answer.value, countRead: true, refusal: null }
      : { countRead: true, refusal: answer.refusal },
  );
}

export async function beginCount(): Promise<void> {
  const answer = await call('stock.beginCount', {});
  set(
    answer.ok
      ? { count: answer.value, said: null, closing: false, refusal: null }
      : { refusal: answer.refusal },
  );
}

export async function scanCount(text: string): Promise<void> {
  const count = useStock.getState().count;
  if (count === null || count.closedAt !== null) return;
  const answer = await call('stock.countScan', { text });
  if (!answer.ok) {
    return say({ outcome: 'unreadable', cardNumber: null, ticket: null, refusal: answer.refusal });
  }
  const { outcome, cardNumber, ticket } = answer.value;
  set({ count: answer.value.count, closing: false, refusal: null });
  say({ outcome, cardNumber, ticket, refusal: null });
}

export async function closeCount(): Promise<void> {
  const answer = await call('stock.closeCount', {});
  set(
    answer.ok
      ? { count: answer.value, closing: false, said: null, refusal: null }
      : { refusal: answer.refusal, closing: false },
  );
}
