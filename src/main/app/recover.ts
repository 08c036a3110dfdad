// After a crash: an intent without a signature is "not signed", an act on its way is asked for again.
import { nextDispatch } from '../domain/act-machine.ts';
import { record } from './case-record.ts';
import { numberOf } from './custody-statement.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';

/** Call inside the log-in transaction, before anything else works on the cache. */
export function recoverAfterCrash(desk: OpenDesk): void {
  const { outbox, cases } = desk.session.store;
  const at = nowText(desk);
  for (const item of outbox.open()) {
    if (item.state === 'intended') {
      outbox.update(item.id, { state: nextDispatch('intended', 'dropped')!, stateAt: at });
      const stored = cases.find(item.applicationId);
      if (stored !== null)
        record(desk, stored, { type: 'intent-dropped', actId: item.id, crashed: true });
      const label = stored?.dossier.ticket ?? numberOf(desk, item.applicationId);
      journal(desk, 'act-not-signed', label, { act: item.id });
    }
    if (item.state === 'sending')
      outbox.update(item.id, {
        state: nextDispatch('sending', 'no-answer')!,
        stateAt: at,
        nextTryAt: null,
      });
  }
}
