// Where the case stands: a pure reducer over facts; an illegal fact changes nothing and says so.
import type { NodeStage } from '../../shared/central/application.ts';
import type { CheckGroup } from '../../shared/central/statement.ts';
import type { CaseFlag, CaseStage } from '../../shared/contract/queue.ts';
import type { HeadLines } from '../../shared/contract/case.ts';
import type { CardSide } from '../../shared/contract/issuance.ts';
import type { ActKind, CaseFact, Lease } from './case-facts.ts';
import type { ChecklistAnswers } from './checklist.ts';
import type { MeasureReview } from './measure-rows.ts';

type MachineFlag = Extract<
  CaseFlag,
  'refused-by-node' | 'conflict' | 'remake' | 'investigate' | 'not-signed'
>;

export interface CaseState {
  readonly stage: Exclude<CaseStage, 'damaged'>;
  readonly revision: number;
  readonly lease: Lease | null;
  /** The act that is promised or was intended; kept after acceptance as the act of record. */
  readonly act: { readonly actId: string; readonly kind: ActKind } | null;
  readonly intent: { readonly actId: string; readonly kind: ActKind } | null;
  readonly confirmed: readonly CheckGroup[];
  readonly overrides: Readonly<Record<string, string>>;
  readonly answers: MeasureReview['answers'];
  readonly checklist: ChecklistAnswers;
  readonly lines: HeadLines | null;
  readonly flags: readonly MachineFlag[];
  /** Sides whose zone was another card's and has not agreed since; outlives the opening of the ticket. */
  readonly zoneWanted: readonly CardSide[];
}

export type Step =
  | { readonly legal: true; readonly state: CaseState }
  | { readonly legal: false; readonly state: CaseState };

export const initialCase: CaseState = {
  stage: 'received',
  revision: 0,
  lease: null,
  act: null,
  intent: null,
  confirmed: [],
  overrides: {},
  answers: {},
  checklist: {},
  lines: null,
  flags: [],
  zoneWanted: [],
};

const BY_NODE: Readonly<Record<NodeStage, CaseState['stage']>> = {
  pending: 'received',
  'in-production': 'in-production',
  sent: 'in-production',
  'at-point': 'at-point',
  issued: 'issued',
  returned: 'returned',
  annulled: 'annulled',
};

const PROMISES: Readonly<Record<ActKind, CaseState['stage']>> = {
  approval: 'approval-promised',
  annulment: 'annulment-promised',
  'hand-over': 'issue-promised',
};

/** A promise is ours, signed and not yet answered. */
export const isPromised = (stage: CaseStage): boolean =>
  stage === 'approval-promised' || stage === 'annulment-promised' || stage === 'issue-promised';

/** Nothing of ours can happen any more. */
export const isFinal = (stage: CaseStage): boolean =>
  stage === 'annulled' || stage === 'issued' || stage === 'returned' || stage === 'left';

const flag = (state: CaseState, add: MachineFlag): CaseState['flags'] =>
  state.flags.includes(add) ? state.flags : [...state.flags, add];
const unflag = (state: CaseState, drop: MachineFlag): CaseState['flags'] =>
  state.flags.filter((one) => one !== drop);

const cleared = {
  confirmed: [],
  overrides: {},
  answers: {},
  checklist: {},
  lines: null,
  intent: null,
} as const;

/** Applies one fact. Facts from the node are never illegal; facts of ours are, out of their stage. */
export function applyFact(state: CaseState, fact: CaseFact): Step {
  const legal = (next: Partial<CaseState>): Step => ({
    legal: true,
    state: { ...state, ...next },
  });
  const illegal: Step = { legal: false, state };
  const { stage } = state;

  switch (fact.type) {
    case 'node-reported':
      return legal(nodeReported(state, fact));
    case 'moved-away':
      return legal({
        stage: 'left',
        lease: null,
        flags: hasOurWork(state) ? flag(state, 'conflict') : state.flags,
      });
    case 'claimed':
      return stage === 'received' ? legal({ stage: 'in-review', lease: fact.lease }) : illegal;
    case 'claim-renewed':
      return state.lease === null ? illegal : legal({ lease: fact.lease });
    case 'claim-released':
    case 'claim-lapsed':
      if (stage === 'in-review') return legal({ ...cleared, stage: 'received', lease: null });
      // What was prepared under the claim goes with it: it must not be signed any more.
      return stage === 'at-counter'
        ? legal({ stage: 'at-point', lease: null, intent: null })
        : illegal;
    case 'group-confirmed': {
      if (stage !== 'in-review') return illegal;
      const others = state.confirmed.filter((group) => group !== fact.group);
      return legal({ confirmed: fact.confirmed ? [...others, fact.group] : others });
    }
    case 'check-overridden': {
      if (stage !== 'in-review') return illegal;
      const overrides = { ...state.overrides };
      delete overrides[fact.code];
      if (fact.reason !== null) overrides[fact.code] = fact.reason;
      return legal({ overrides });
    }
    case 'finding-answered': {
      if (stage !== 'in-review') return illegal;
      const answers = { ...state.answers };
      delete answers[fact.code];
      if (fact.answer !== null) answers[fact.code] = fact.answer;
      return legal({ answers });
    }
    case 'checklist-answered': {
      if (stage !== 'in-review') return illegal;
      const checklist = { ...state.checklist };
      delete checklist[fact.code];
      if (fact.answer !== null) checklist[fact.code] = fact.answer;
      return legal({ checklist });
    }
    case 'lines-moved':
      return stage === 'in-review' ? legal({ lines: fact.lines }) : illegal;
    case 'act-intended': {
      const at = fact.kind === 'hand-over' ? 'at-counter' : 'in-review';
      return stage === at
        ? legal({
            intent: { actId: fact.actId, kind: fact.kind },
            flags: unflag(state, 'not-signed'),
          })
        : illegal;
    }
    case 'intent-dropped':
      return state.intent?.actId === fact.actId
        ? legal({ intent: null, flags: fact.crashed ? flag(state, 'not-signed') : state.flags })
        : illegal;
    case 'act-signed':
      return state.intent?.actId === fact.actId &&
        state.intent.kind === fact.kind &&
        (fact.kind !== 'hand-over' || (stage === 'at-counter' && state.lease !== null))
        ? legal({
            stage: PROMISES[fact.kind],
            act: { actId: fact.actId, kind: fact.kind },
            intent: null,
            flags: unflag(state, 'refused-by-node'),
          })
        : illegal;
    case 'act-taken-back':
      return isPromised(stage) && state.act?.actId === fact.actId
        ? legal({ stage: stage === 'issue-promised' ? 'at-counter' : 'in-review', act: null })
        : illegal;
    case 'act-accepted':
      return isPromised(stage) && state.act?.actId === fact.actId
        ? legal({ stage: BY_NODE[fact.stage], lease: null, flags: [] })
        : illegal;
    case 'act-refused': {
      if (!isPromised(stage) || state.act?.actId !== fact.actId) return illegal;
      const issuing = stage === 'issue-promised';
      return legal({
        ...cleared,
        stage: issuing ? 'at-point' : 'in-review',
        lease: issuing ? null : state.lease,
        flags: flag(state, issuing ? 'investigate' : 'refused-by-node'),
      });
    }
    case 'review-reopened':
      return stage === 'in-review' && state.flags.includes('refused-by-node')
        ? legal({
            stage: 'received',
            lease: null,
            act: null,
            flags: unflag(state, 'refused-by-node'),
          })
        : illegal;
    case 'hand-over-opened':
      return stage === 'at-point' || stage === 'at-counter'
        ? legal({
            stage: 'at-counter',
            lease: fact.lease,
            // Prepared under another claim: its challenge is not this one's.
            intent: state.lease?.leaseId === fact.lease.leaseId ? state.intent : null,
          })
        : illegal;
    case 'hand-over-refused':
      return stage === 'at-counter'
        ? legal({
            stage: 'at-point',
            lease: null,
            intent: null,
            flags: fact.reason === 'not-the-person' ? flag(state, 'investigate') : state.flags,
          })
        : illegal;
    case 'investigation-seen':
      return state.flags.includes('investigate')
        ? legal({ flags: unflag(state, 'investigate') })
        : illegal;
    case 'zone-differed':
    case 'zone-agreed': {
      if (stage !== 'at-counter') return illegal;
      const others = state.zoneWanted.filter((side) => side !== fact.side);
      return legal({ zoneWanted: fact.type === 'zone-differed' ? [...others, fact.side] : others });
    }
    case 'by-eye-allowed':
      return stage === 'at-counter' ? legal({ zoneWanted: [] }) : illegal;
    case 'card-to-be-remade':
      return stage === 'in-production' || stage === 'at-point' || stage === 'at-counter'
        ? legal({
            stage: 'in-production',
            lease: null,
            intent: null,
            flags: flag(state, 'remake'),
            zoneWanted: [],
          })
        : illegal;
    case 'card-returned':
      return stage === 'at-point' || stage === 'at-counter'
        ? legal({ stage: 'returned', lease: null, intent: null, zoneWanted: [] })
        : illegal;
  }
}

/** Folds facts in their order; illegal ones leave no trace. */
export const replay = (facts: Iterable<CaseFact>, from: CaseState = initialCase): CaseState => {
  let state = from;
  for (const fact of facts) state = applyFact(state, fact).state;
  return state;
};

const hasOurWork = (state: CaseState): boolean =>
  isPromised(state.stage) || state.confirmed.length > 0 || state.intent !== null;

function nodeReported(
  state: CaseState,
  fact: Extract<CaseFact, { type: 'node-reported' }>,
): Partial<CaseState> {
  const told = BY_NODE[fact.stage];
  const revision = fact.revision;
  if (isPromised(state.stage)) {
    // The answer itself settles a promise; the feed may come first, or tell of somebody else's act.
    const ours = fact.decisionActId !== null && fact.decisionActId === state.act?.actId;
    if (told === (state.stage === 'issue-promised' ? 'at-point' : 'received'))
      // The node will refuse our act; taken back before, nothing said of the old pictures may stay.
      return fact.revision === state.revision ? { revision } : { ...cleared, revision };
    if (ours || (state.stage === 'issue-promised' && told === 'issued')) return { revision };
    return { revision, stage: told, lease: null, flags: flag(state, 'conflict') };
  }
  if (told === 'received') {
    if (state.stage !== 'in-review')
      return { ...cleared, revision, stage: 'received', lease: null };
    if (!fact.heldByOther && fact.revision === state.revision) return { revision };
    return {
      ...cleared,
      revision,
      ...(fact.heldByOther ? { stage: 'received', lease: null } : {}),
      flags: state.confirmed.length > 0 ? flag(state, 'conflict') : state.flags,
    };
  }
  if (told === 'at-point' && state.stage === 'at-counter' && !fact.heldByOther) return { revision };
  return {
    ...cleared,
    revision,
    stage: told,
    lease: null,
    flags:
      state.stage === 'in-review' && state.confirmed.length > 0
        ? flag(state, 'conflict')
        : told === 'at-point'
          ? unflag(state, 'remake')
          : state.flags,
  };
}
