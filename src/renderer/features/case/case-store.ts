// What the case screen holds: the open case, why it cannot be worked on, the panel and the drafts.
import { create } from 'zustand';
import type { PictureBox } from '../../../shared/central/statement.ts';
import type { CaseDto, CheckRow, ReasonDto } from '../../../shared/contract/case.ts';
import type { IntentDto } from '../../../shared/contract/act.ts';
import type { AnyRefusal, ReplyOf } from '../../shared/bridge.ts';
import { useTold } from '../../shared/state/session.ts';
import type { Draft } from './refusal/draft.ts';

export type DamagedCase = ReplyOf<'case.damage'>;

/** The act signed last: the quiet line that follows the officer to the next case. */
export interface SignedAct {
  readonly actId: string;
  readonly ticket: string;
  readonly kind: 'approval' | 'annulment';
  readonly state: 'queued' | 'sending' | 'accepted' | 'refused';
  readonly acceptedAt: string | null;
  readonly answer: string | null;
}

export type Panel = { readonly kind: 'none' } | { readonly kind: 'compose' } | DecisionPanelState;
export interface DecisionPanelState {
  readonly kind: 'decision';
  readonly act: 'approval' | 'annulment';
  readonly intent: IntentDto | null;
  /** Why the statement could not be prepared. */
  readonly refusal: AnyRefusal | null;
}

export const TABS = ['checks', 'data', 'history'] as const;
export type Tab = (typeof TABS)[number];

/** A finding took the officer to the composer: its place is offered as the first mark of its reason. */
export interface Suggestion {
  readonly finding: CheckRow['code'];
  readonly reason: string;
  readonly box: PictureBox;
}

export interface CaseState {
  readonly applicationId: string | null;
  readonly dto: CaseDto | null;
  readonly damaged: DamagedCase | null;
  readonly refusal: AnyRefusal | null;
  readonly claimRefusal: AnyRefusal | null;
  /** The node is being asked for the case: nobody can say yet who has it. */
  readonly claiming: boolean;
  /** A refusal of the last small deed (confirm, override, take back), shown in the action bar. */
  readonly note: { readonly tone: 'plain' | 'bad'; readonly text: string } | null;
  readonly busy: boolean;
  readonly panel: Panel;
  readonly tab: Tab;
  /** The finding the officer stands on, and whether the field for its reason is open. */
  readonly current: CheckRow['code'] | null;
  readonly writing: boolean;
  /** What stands in that field so far. */
  readonly written: string;
  readonly suggestion: Suggestion | null;
  readonly signed: SignedAct | null;
  readonly drafts: Readonly<Record<string, Draft>>;
  /** Which pictures the places of a draft were marked on, SHA-256 by application. */
  readonly drawnOn: Readonly<Record<string, DrawnOn>>;
  readonly reasons: readonly ReasonDto[];
  /** The pending cases in the order of urgency, for J and K. */
  readonly neighbours: readonly string[];
}

type DrawnOn = Readonly<Record<PictureBox['picture'], string>>;

const empty: CaseState = {
  applicationId: null,
  dto: null,
  damaged: null,
  refusal: null,
  claimRefusal: null,
  claiming: false,
  note: null,
  busy: false,
  panel: { kind: 'none' },
  tab: 'checks',
  current: null,
  writing: false,
  written: '',
  suggestion: null,
  signed: null,
  drafts: {},
  drawnOn: {},
  reasons: [],
  neighbours: [],
};

export const useCase = create<CaseState>(() => empty);

// Behind the lock nothing of a case stays in the window: drafts are in the cache.
useTold.subscribe(({ session }) => {
  if (session !== null && session.state !== 'open') useCase.setState(empty, true);
});
