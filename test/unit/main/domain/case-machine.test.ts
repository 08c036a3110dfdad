// The case machine under any sequence of facts: no illegal stage, nothing doubled, promises kept apart.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseFact, Lease } from '../../../../src/main/domain/case-facts.ts';
import {
  applyFact,
  initialCase,
  isPromised,
  replay,
  type CaseState,
} from '../../../../src/main/domain/case-machine.ts';
import { CHECK_GROUPS } from '../../../../src/shared/central/statement.ts';
import { CASE_STAGES } from '../../../../src/shared/contract/queue.ts';

const lease: Lease = {
  leaseId: 'l',
  since: '2026-11-20T04:00:00.000Z',
  until: '2026-11-20T04:30:00.000Z',
  challenge: { value: 'c'.repeat(43), expiresAt: '2026-11-23T04:00:00.000Z' },
};

const actId = fc.constantFrom('act-1', 'act-2');
const kind = fc.constantFrom('approval' as const, 'annulment' as const, 'hand-over' as const);
const nodeStage = fc.constantFrom(
  'pending' as const,
  'in-production' as const,
  'sent' as const,
  'at-point' as const,
  'issued' as const,
  'annulled' as const,
);

const anyFact: fc.Arbitrary<CaseFact> = fc.oneof(
  fc.record({
    type: fc.constant('node-reported' as const),
    stage: nodeStage,
    revision: fc.integer({ min: 1, max: 3 }),
    decisionActId: fc.option(actId),
    heldByOther: fc.boolean(),
  }),
  fc.record({ type: fc.constant('moved-away' as const), movedTo: fc.constant('710000000') }),
  fc.constant<CaseFact>({ type: 'claimed', lease }),
  fc.constant<CaseFact>({ type: 'claim-renewed', lease }),
  fc.constant<CaseFact>({ type: 'claim-released' }),
  fc.constant<CaseFact>({ type: 'claim-lapsed' }),
  fc.record({
    type: fc.constant('group-confirmed' as const),
    group: fc.constantFrom(...CHECK_GROUPS),
    confirmed: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('check-overridden' as const),
    code: fc.constantFrom('photo-age' as const, 'phone-owner' as const),
    reason: fc.option(fc.constant('seen by eye')),
  }),
  fc.record({
    type: fc.constant('finding-answered' as const),
    code: fc.constantFrom('smile' as const, 'ink-share' as const),
    answer: fc.option(fc.record({ value: fc.constant(0.7), reason: fc.constant(null) })),
  }),
  fc.record({
    type: fc.constant('checklist-answered' as const),
    code: fc.constant('glasses' as const),
    answer: fc.option(fc.constantFrom('in-order' as const, 'fault' as const)),
  }),
  fc.record({
    type: fc.constant('lines-moved' as const),
    lines: fc.option(fc.constant({ crown: { x: 0.5, y: 0.1 }, chin: { x: 0.5, y: 0.8 } })),
  }),
  fc.record({ type: fc.constant('act-intended' as const), actId, kind }),
  fc.record({ type: fc.constant('intent-dropped' as const), actId, crashed: fc.boolean() }),
  fc.record({ type: fc.constant('act-signed' as const), actId, kind }),
  fc.record({ type: fc.constant('act-taken-back' as const), actId }),
  fc.record({ type: fc.constant('act-accepted' as const), actId, stage: nodeStage }),
  fc.record({
    type: fc.constant('act-refused' as const),
    actId,
    code: fc.constant('stage-mismatch'),
  }),
  fc.constant<CaseFact>({ type: 'review-reopened' }),
  fc.constant<CaseFact>({ type: 'hand-over-opened', lease }),
  fc.record({
    type: fc.constant('hand-over-refused' as const),
    reason: fc.constantFrom('proxy' as const, 'not-the-person' as const, 'abandoned' as const),
  }),
  fc.constant<CaseFact>({ type: 'card-to-be-remade' }),
  fc.constant<CaseFact>({ type: 'card-returned' }),
  fc.record({
    type: fc.constantFrom('zone-differed' as const, 'zone-agreed' as const),
    side: fc.constantFrom('card' as const, 'old-card' as const),
  }),
  fc.constant<CaseFact>({ type: 'by-eye-allowed', reason: 'zone-worn' }),
);

/** What must hold of every state that can be reached at all. */
function holds(state: CaseState): void {
  expect(CASE_STAGES).toContain(state.stage);
  expect(new Set(state.confirmed).size).toBe(state.confirmed.length);
  expect(new Set(state.flags).size).toBe(state.flags.length);
  expect(new Set(state.zoneWanted).size).toBe(state.zoneWanted.length);
  if (isPromised(state.stage)) {
    expect(state.act).not.toBeNull();
    expect(state.intent).toBeNull();
  }
  if (state.stage === 'in-review' || state.stage === 'at-counter')
    expect(state.lease).not.toBeNull();
  if (state.stage === 'received' || state.stage === 'left') expect(state.lease).toBeNull();
  if (state.stage === 'received') {
    expect(state.confirmed).toEqual([]);
    expect([state.answers, state.checklist, state.lines]).toEqual([{}, {}, null]);
  }
}

describe('case machine', () => {
  it('keeps its invariants under any sequence of facts', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 40 }), (facts) => {
        let state = initialCase;
        for (const fact of facts) {
          const step = applyFact(state, fact);
          if (!step.legal) expect(step.state).toBe(state);
          state = step.state;
          holds(state);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('promises only what was intended under the same id and kind', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 40 }), (facts) => {
        let state = initialCase;
        for (const fact of facts) {
          const before = state;
          const step = applyFact(state, fact);
          state = step.state;
          if (fact.type === 'act-signed' && step.legal)
            expect(before.intent).toEqual({ actId: fact.actId, kind: fact.kind });
          if (!isPromised(before.stage) && isPromised(state.stage))
            expect(fact.type).toBe('act-signed');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same state again when the legal facts are replayed', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 30 }), (facts) => {
        const legal: CaseFact[] = [];
        let state = initialCase;
        for (const fact of facts) {
          const step = applyFact(state, fact);
          if (step.legal) legal.push(fact);
          state = step.state;
        }
        expect(replay(legal)).toEqual(state);
      }),
    );
  });

  const approve: CaseFact[] = [
    { type: 'claimed', lease },
    ...CHECK_GROUPS.map((group): CaseFact => ({ type: 'group-confirmed', group, confirmed: true })),
    { type: 'act-intended', actId: 'act-1', kind: 'approval' },
    { type: 'act-signed', actId: 'act-1', kind: 'approval' },
  ];

  it('walks from received to production', () => {
    expect(replay(approve).stage).toBe('approval-promised');
    const accepted = replay([
      ...approve,
      { type: 'act-accepted', actId: 'act-1', stage: 'in-production' },
    ]);
    expect(accepted.stage).toBe('in-production');
    expect(accepted.lease).toBeNull();
  });

  it('takes a queued promise back, and a second time not', () => {
    const back = replay([...approve, { type: 'act-taken-back', actId: 'act-1' }]);
    expect(back.stage).toBe('in-review');
    expect(back.confirmed).toHaveLength(4);
    expect(applyFact(back, { type: 'act-taken-back', actId: 'act-1' }).legal).toBe(false);
  });

  it('keeps a refused act in sight and clears what was confirmed', () => {
    const refused = replay([
      ...approve,
      { type: 'act-refused', actId: 'act-1', code: 'statement-mismatch' },
    ]);
    expect(refused).toMatchObject({
      stage: 'in-review',
      flags: ['refused-by-node'],
      confirmed: [],
    });
  });

  it('shows a conflict when another act decided a case we have promised', () => {
    const conflict = replay([
      ...approve,
      {
        type: 'node-reported',
        stage: 'annulled',
        revision: 1,
        decisionActId: 'act-of-another',
        heldByOther: false,
      },
    ]);
    expect(conflict).toMatchObject({ stage: 'annulled', flags: ['conflict'] });
  });

  it('keeps nothing said of an older revision for a promise that is taken back', () => {
    const said: CaseFact[] = [
      { type: 'claimed', lease },
      { type: 'finding-answered', code: 'ink-share', answer: { value: null, reason: null } },
      { type: 'checklist-answered', code: 'glasses', answer: 'in-order' },
      { type: 'lines-moved', lines: { crown: { x: 0.5, y: 0.1 }, chin: { x: 0.5, y: 0.8 } } },
      { type: 'group-confirmed', group: 'photo', confirmed: true },
      { type: 'act-intended', actId: 'act-1', kind: 'approval' },
      { type: 'act-signed', actId: 'act-1', kind: 'approval' },
    ];
    const report = (revision: number): CaseFact => ({
      type: 'node-reported',
      stage: 'pending',
      revision,
      decisionActId: null,
      heldByOther: false,
    });
    const back: CaseFact = { type: 'act-taken-back', actId: 'act-1' };
    expect(replay([report(1), ...said, report(1), back])).toMatchObject({
      stage: 'in-review',
      confirmed: ['photo'],
      checklist: { glasses: 'in-order' },
    });
    expect(replay([report(1), ...said, report(2), back])).toMatchObject({
      stage: 'in-review',
      confirmed: [],
      answers: {},
      checklist: {},
      lines: null,
    });
  });

  it('waits for the answer itself when the feed tells of our own act first', () => {
    const state = replay([
      ...approve,
      {
        type: 'node-reported',
        stage: 'in-production',
        revision: 1,
        decisionActId: 'act-1',
        heldByOther: false,
      },
    ]);
    expect(state.stage).toBe('approval-promised');
    expect(state.flags).toEqual([]);
  });

  it('sends a moved case with work of ours to conflict, an untouched one quietly away', () => {
    expect(replay([{ type: 'moved-away', movedTo: null }]).flags).toEqual([]);
    expect(replay([...approve, { type: 'moved-away', movedTo: '710000000' }])).toMatchObject({
      stage: 'left',
      flags: ['conflict'],
    });
  });

  it('hands a card over once: opened, signed, accepted; and refuses a proxy back to the shelf', () => {
    const atPoint: CaseFact = {
      type: 'node-reported',
      stage: 'at-point',
      revision: 1,
      decisionActId: null,
      heldByOther: false,
    };
    const opened: CaseFact[] = [atPoint, { type: 'hand-over-opened', lease }];
    expect(replay([...opened, { type: 'hand-over-refused', reason: 'proxy' }])).toMatchObject({
      stage: 'at-point',
      lease: null,
      flags: [],
    });
    expect(
      replay([...opened, { type: 'hand-over-refused', reason: 'not-the-person' }]).flags,
    ).toEqual(['investigate']);
    const issued = replay([
      ...opened,
      { type: 'act-intended', actId: 'act-1', kind: 'hand-over' },
      { type: 'act-signed', actId: 'act-1', kind: 'hand-over' },
      { type: 'act-accepted', actId: 'act-1', stage: 'issued' },
    ]);
    expect(issued.stage).toBe('issued');
    expect(applyFact(issued, { type: 'hand-over-opened', lease }).legal).toBe(false);
  });

  it('keeps that the zone of another card was read, till it agrees or a reason is given', () => {
    const atPoint: CaseFact = {
      type: 'node-reported',
      stage: 'at-point',
      revision: 1,
      decisionActId: null,
      heldByOther: false,
    };
    const differed: CaseFact = { type: 'zone-differed', side: 'card' };
    expect(applyFact(replay([atPoint]), differed).legal).toBe(false);
    const opened: CaseFact[] = [atPoint, { type: 'hand-over-opened', lease }];
    const wanted: CaseFact[] = [...opened, differed, { ...differed, side: 'old-card' }, differed];
    expect(replay(wanted).zoneWanted).toEqual(['old-card', 'card']);
    const closed: CaseFact[] = [...wanted, { type: 'hand-over-refused', reason: 'abandoned' }];
    expect(replay(closed).zoneWanted).toHaveLength(2);
    expect(replay([...wanted, { type: 'zone-agreed', side: 'card' }]).zoneWanted).toEqual([
      'old-card',
    ]);
    expect(replay([...wanted, { type: 'by-eye-allowed', reason: 'zone-worn' }]).zoneWanted).toEqual(
      [],
    );
    expect(replay([...closed, { type: 'card-to-be-remade' }]).zoneWanted).toEqual([]);
  });

  it('marks an intent that a crash left unsigned', () => {
    const state = replay([
      { type: 'claimed', lease },
      { type: 'act-intended', actId: 'act-1', kind: 'approval' },
      { type: 'intent-dropped', actId: 'act-1', crashed: true },
    ]);
    expect(state).toMatchObject({ stage: 'in-review', intent: null, flags: ['not-signed'] });
  });
});
