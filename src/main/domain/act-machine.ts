// Where our signed act stands: intended → queued → sending → accepted or refused; never lost between.

import type { ActKind } from './case-facts.ts';

/** Acts that decide one application; the others move cards or only report. */
export const isCaseAct = (kind: string): kind is ActKind =>
  kind === 'approval' || kind === 'annulment' || kind === 'hand-over';

export const ACT_EVENTS = [
  'signed',
  'dropped',
  'taken-back',
  'send-began',
  'no-answer',
  'accepted',
  'refused',
] as const;
export type ActEvent = (typeof ACT_EVENTS)[number];

export type DispatchState =
  'intended' | 'queued' | 'sending' | 'accepted' | 'refused' | 'taken-back' | 'dropped';

const MOVES: Readonly<Record<DispatchState, Partial<Record<ActEvent, DispatchState>>>> = {
  intended: { signed: 'queued', dropped: 'dropped' },
  queued: { 'send-began': 'sending', 'taken-back': 'taken-back' },
  // A crash while sending shows as sending at start: it is asked for again under the same key.
  sending: { accepted: 'accepted', refused: 'refused', 'no-answer': 'queued' },
  accepted: {},
  refused: {},
  'taken-back': {},
  dropped: {},
};

/** The next state, or null when the event is illegal there. */
export const nextDispatch = (state: DispatchState, event: ActEvent): DispatchState | null =>
  MOVES[state][event] ?? null;

/** Seconds to wait before try `attempts + 1`: 5, 10, 20 … at most 5 minutes. */
export const retryDelaySeconds = (attempts: number): number =>
  Math.min(300, 5 * 2 ** Math.max(0, attempts - 1));

/** After this long without an answer the act is shown as stuck, in red, with what to do. */
export const STUCK_AFTER_MINUTES = 30;

/**
 * An act may be taken back only while the node cannot have seen it: a try that never reached the
 * node does no harm, one whose answer was lost may have been stored.
 */
export const canTakeBack = (state: DispatchState, maybeSeen: boolean): boolean =>
  state === 'queued' && !maybeSeen;
