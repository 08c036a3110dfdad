// An intent that was not signed is closed: nothing of it may be signed later.
import type { StoredCase } from '../ports/case-store.ts';
import { record } from './case-record.ts';
import { nowText, type OpenDesk } from './desk.ts';

/** Closes an intent that was not signed. Call inside a transaction. */
export function dropIntent(desk: OpenDesk, stored: StoredCase, actId: string): void {
  const at = nowText(desk);
  desk.session.store.outbox.update(actId, { state: 'dropped', stateAt: at });
  record(desk, stored, { type: 'intent-dropped', actId, crashed: false });
}
