// The actions table as a guard: what it does not list now is refused, whoever asks.
import type { Action } from '../../shared/contract/case.ts';
import { no, type No } from '../../shared/kernel/result.ts';
import { actionFor } from '../domain/actions.ts';
import type { StoredCase } from '../ports/case-store.ts';
import { actionContext } from './action-context.ts';
import type { OpenDesk } from './desk.ts';

/** null when the action may be done; else the refusal the screens have words for. */
export function forbidden(
  desk: OpenDesk,
  stored: StoredCase,
  action: Action,
): No<'not-allowed' | 'not-held' | 'wrong-stage'> | null {
  const { enabled, because } = actionFor(action, actionContext(desk, stored));
  if (enabled) return null;
  if (because?.code === 'wrong-role') return no('not-allowed');
  return no(because?.code === 'not-held' ? 'not-held' : 'wrong-stage');
}
