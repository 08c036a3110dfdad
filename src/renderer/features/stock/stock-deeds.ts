// What concerns every part of the screen: which is open, who hears a scan, how a statement is signed or let go.
import { call, type AnyRefusal } from '../../shared/bridge.ts';
import { readLeases } from '../../shared/leases/lease-store.ts';
import { readScan } from '../../shared/scan/wedge.ts';
import { readReturns, readStock, scanChoose } from './card-deeds.ts';
import { readCount, scanCount } from './count-deeds.ts';
import { isOpen, readDispatches, scanInto } from './dispatch-deeds.ts';
import { say, useStock, type Tab } from './stock-store.ts';

const get = useStock.getState;
const set = useStock.setState;

/** What stands on the open part, read again. */
export function readAgain(): void {
  const { tab } = get();
  if (tab === 'dispatches') void readDispatches();
  if (tab === 'cards') void Promise.all([readStock(), readReturns()]);
  if (tab === 'count') void readCount();
  if (tab === 'lease') void readLeases();
}

export function showTab(tab: Tab): void {
  letGo();
  set({ tab, said: null, form: null, placing: null, refusal: null, closing: false, current: null });
  readAgain();
}

let before: Promise<void> = Promise.resolve();

/** Scans come faster than answers: one after another, in the order of the hand. */
export function hear(text: string): void {
  before = before.then(() => scanHere(text));
}

async function scanHere(raw: string): Promise<void> {
  const { tab, dispatch, panel, count } = get();
  // While a statement waits for the PIN a scan is nobody's: it must not change what is signed.
  if (panel !== null) return;
  const scan = readScan(raw);
  if (scan.kind === 'strange') {
    const refusal = { code: 'not-a-card' };
    return say({ outcome: 'unreadable', cardNumber: null, ticket: null, refusal });
  }
  const text = scan.kind === 'ticket' ? scan.ticket : scan.text;
  if (tab === 'dispatches' && dispatch !== null && isOpen(dispatch)) return scanInto(text);
  if (tab === 'cards') return scanChoose(text);
  if (tab === 'count' && count !== null) return scanCount(text);
}

/** Closes the panel; the intent is dropped, nothing was signed. */
export function letGo(): void {
  const { panel } = get();
  if (panel?.intent) void call('stock.cancel', { intentId: panel.intent.intentId });
  set({ panel: null });
}

/** Signs the statement that waits; the refusal, or null when it is signed. */
export async function signCustody(pin: string): Promise<AnyRefusal | null> {
  const { panel } = get();
  if (panel?.intent === null || panel === null) return null;
  const answer = await call('stock.sign', { intentId: panel.intent.intentId, pin });
  if (!answer.ok) return answer.refusal;
  set({ panel: null, said: null, ...(panel.what === 'return' ? { chosen: new Map() } : {}) });
  readAgain();
  return null;
}
