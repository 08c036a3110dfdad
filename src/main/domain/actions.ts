// One table stage → actions, thinned by role, holder and state; every "no" carries its reason.
import type { Role } from '../../shared/central/messages.ts';
import { CHECK_GROUPS } from '../../shared/central/statement.ts';
import type {
  Action,
  ActionDto,
  CheckRow,
  ChecklistItem,
  DISABLED_REASONS,
} from '../../shared/contract/case.ts';
import type { CaseStage } from '../../shared/contract/queue.ts';
import type { CaseState } from './case-machine.ts';

type Why = (typeof DISABLED_REASONS)[number];

/** What each stage offers at all. The core refuses what is not listed. */
export const STAGE_ACTIONS = {
  received: ['claim'],
  'in-review': ['release', 'confirm', 'override', 'approve', 'annul', 'back-to-review'],
  'approval-promised': ['take-back'],
  'annulment-promised': ['take-back'],
  'in-production': [],
  annulled: [],
  'at-point': ['open-hand-over'],
  'at-counter': ['hand-over', 'refuse-hand-over'],
  'issue-promised': ['take-back'],
  issued: [],
  returned: [],
  left: [],
  damaged: [],
} as const satisfies Record<CaseStage, readonly Action[]>;

const ROLE_OF: Readonly<Record<Action, Role>> = {
  claim: 'reviewer',
  release: 'reviewer',
  confirm: 'reviewer',
  override: 'reviewer',
  approve: 'reviewer',
  annul: 'reviewer',
  'take-back': 'reviewer', // or issuer, for a hand-over
  'back-to-review': 'reviewer',
  'open-hand-over': 'issuer', // cl. 4.3, step 19
  'hand-over': 'issuer',
  'refuse-hand-over': 'issuer',
};

export interface ActionContext {
  readonly state: CaseState;
  readonly roles: readonly Role[];
  readonly rows: readonly CheckRow[];
  readonly checklist: readonly ChecklistItem[];
  readonly heldByOther: boolean;
  /** A newer form of it came and cannot be read: what is shown is old, nothing may be decided on it. */
  readonly damaged: boolean;
  readonly picturesReady: boolean;
  /** It lies here until it is returned, and is never handed over. */
  readonly cardDamaged: boolean;
  /** In a signed act of return that is not answered yet. */
  readonly returning: boolean;
  /** The promised act may still be taken back: queued and never sent. */
  readonly takeBack: boolean;
}

const DECIDING: ReadonlySet<Action> = new Set(['claim', 'approve', 'annul', 'hand-over']);

const SCREEN_ACTIONS: readonly Action[] = [
  'claim',
  'release',
  'confirm',
  'override',
  'approve',
  'annul',
  'take-back',
  'back-to-review',
];
const COUNTER_ACTIONS: readonly Action[] = [
  'open-hand-over',
  'hand-over',
  'refuse-hand-over',
  'take-back',
];

const no = (
  action: Action,
  code: Why,
  clause: string | null = null,
  params: Record<string, string | number> = {},
): ActionDto => ({ action, enabled: false, because: { code, clause, params } });

/** Whether one action may be done now and, when not, the rule that forbids it. */
export function actionFor(action: Action, context: ActionContext): ActionDto {
  const { state, roles, rows } = context;
  const listed = STAGE_ACTIONS[state.stage] as readonly Action[];
  const issuing = state.stage === 'issue-promised' && action === 'take-back';
  if (!roles.includes(issuing ? 'issuer' : ROLE_OF[action])) return no(action, 'wrong-role');
  if (!listed.includes(action)) return no(action, stageReason(state));
  if (context.damaged && DECIDING.has(action)) return no(action, 'damaged');
  if (action === 'open-hand-over' || action === 'hand-over') {
    if (context.cardDamaged) return no(action, 'card-damaged');
    if (context.returning) return no(action, 'card-returning');
  }
  if (action === 'claim' || action === 'open-hand-over')
    return context.heldByOther ? no(action, 'held-by-other') : yes(action);
  if (action === 'take-back') return context.takeBack ? yes(action) : no(action, 'act-sent');
  if (state.lease === null) return no(action, 'not-held');
  if (action === 'back-to-review')
    return state.flags.includes('refused-by-node') ? yes(action) : no(action, 'wrong-stage');
  if (action === 'annul') return yes(action);
  // Somebody came who was not the person, or a hand-over was refused: first it is looked into.
  if (action === 'hand-over' && state.flags.includes('investigate'))
    return no(action, 'investigation-open', '4.3');
  if (action === 'approve') {
    if (!context.picturesReady) return no(action, 'picture-missing', '11');
    const fault = context.checklist.find(({ answer }) => answer === 'fault');
    if (fault !== undefined) return no(action, 'checklist-fault', '11', { code: fault.code });
    const open = rows.find((row) => row.open);
    if (open !== undefined) return no(action, whyOpen(open), open.step, { code: open.code });
    const left = CHECK_GROUPS.length - state.confirmed.length;
    if (left > 0) return no(action, 'groups-unconfirmed', '11', { count: left });
  }
  return yes(action);
}

const yes = (action: Action): ActionDto => ({ action, enabled: true, because: null });

const whyOpen = (row: CheckRow): Why => {
  if (row.measure !== null) return 'finding-unanswered';
  return row.outcome === null ? 'rule-disagrees' : 'check-failed';
};

const stageReason = (state: CaseState): Why => {
  if (state.stage === 'left') return 'moved-away';
  return state.act !== null && state.stage.endsWith('-promised') ? 'act-pending' : 'wrong-stage';
};

export const caseActions = (context: ActionContext): ActionDto[] =>
  SCREEN_ACTIONS.map((action) => actionFor(action, context));

export const counterActions = (context: ActionContext): ActionDto[] =>
  COUNTER_ACTIONS.map((action) => actionFor(action, context));
