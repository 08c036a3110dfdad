// The dispatch machine under any sequence of events: accepted once, never out of nothing, never lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACT_EVENTS,
  canTakeBack,
  nextDispatch,
  retryDelaySeconds,
  type DispatchState,
} from '../../../../src/main/domain/act-machine.ts';

const FINAL: readonly DispatchState[] = ['accepted', 'refused', 'taken-back', 'dropped'];

describe('act machine', () => {
  it('ends once and stays ended, and never skips the sending', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACT_EVENTS), { maxLength: 60 }), (events) => {
        let state: DispatchState = 'intended';
        for (const event of events) {
          const next = nextDispatch(state, event);
          if (FINAL.includes(state)) expect(next).toBeNull();
          if (next === 'accepted' || next === 'refused') expect(state).toBe('sending');
          if (next === 'taken-back') expect(state).toBe('queued');
          state = next ?? state;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('asks again after no answer, however often', () => {
    let state: DispatchState = 'queued';
    for (let i = 0; i < 100; i++) {
      state = nextDispatch(state, 'send-began')!;
      state = nextDispatch(state, 'no-answer')!;
    }
    expect(state).toBe('queued');
  });

  it('takes back only what the node cannot have seen', () => {
    expect(canTakeBack('queued', false)).toBe(true);
    expect(canTakeBack('queued', true)).toBe(false);
    expect(canTakeBack('sending', false)).toBe(false);
    expect(canTakeBack('accepted', false)).toBe(false);
  });

  it('waits longer each time, at most five minutes', () => {
    expect([1, 2, 3, 4, 20].map(retryDelaySeconds)).toEqual([5, 10, 20, 40, 300]);
  });
});
