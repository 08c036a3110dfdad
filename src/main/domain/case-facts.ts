// Facts of a case in the past tense: the truth from which every table is a projection.
import type { NodeStage } from '../../shared/central/application.ts';
import type { CheckCode } from '../../shared/central/application.ts';
import type { ChecklistAnswer, ChecklistCode, MeasureCode } from '../../shared/central/measures.ts';
import type { CheckGroup, RuleCode } from '../../shared/central/statement.ts';
import type { BY_EYE_REASONS, CardSide } from '../../shared/contract/issuance.ts';
import type { HeadLines } from '../../shared/contract/case.ts';
import type { MeasureAnswer } from './measure-rows.ts';

export interface Lease {
  readonly leaseId: string;
  readonly since: string;
  readonly until: string;
  readonly challenge: { readonly value: string; readonly expiresAt: string };
}

export type ActKind = 'approval' | 'annulment' | 'hand-over';
export type CounterRefusal = 'proxy' | 'not-the-person' | 'no-ticket' | 'abandoned';

export type CaseFact =
  /** The node's word on where the application stands; `decisionActId` tells whose act decided it. */
  | {
      readonly type: 'node-reported';
      readonly stage: NodeStage;
      readonly revision: number;
      readonly decisionActId: string | null;
      readonly heldByOther: boolean;
    }
  | { readonly type: 'moved-away'; readonly movedTo: string | null }
  | { readonly type: 'claimed'; readonly lease: Lease }
  | { readonly type: 'claim-renewed'; readonly lease: Lease }
  | { readonly type: 'claim-released' }
  | { readonly type: 'claim-lapsed' }
  | { readonly type: 'group-confirmed'; readonly group: CheckGroup; readonly confirmed: boolean }
  | {
      readonly type: 'check-overridden';
      readonly code: CheckCode | RuleCode;
      readonly reason: string | null;
    }
  /** Null takes the answer back. */
  | {
      readonly type: 'finding-answered';
      readonly code: MeasureCode;
      readonly answer: MeasureAnswer | null;
    }
  | {
      readonly type: 'checklist-answered';
      readonly code: ChecklistCode;
      readonly answer: ChecklistAnswer | null;
    }
  | { readonly type: 'lines-moved'; readonly lines: HeadLines | null }
  | { readonly type: 'act-intended'; readonly actId: string; readonly kind: ActKind }
  | { readonly type: 'intent-dropped'; readonly actId: string; readonly crashed: boolean }
  | { readonly type: 'act-signed'; readonly actId: string; readonly kind: ActKind }
  | { readonly type: 'act-taken-back'; readonly actId: string }
  | { readonly type: 'act-accepted'; readonly actId: string; readonly stage: NodeStage }
  | { readonly type: 'act-refused'; readonly actId: string; readonly code: string }
  | { readonly type: 'review-reopened' }
  | { readonly type: 'hand-over-opened'; readonly lease: Lease }
  | { readonly type: 'hand-over-refused'; readonly reason: CounterRefusal }
  /** Somebody looked into "not the person" and wrote what came of it. */
  | { readonly type: 'investigation-seen'; readonly note: string }
  /** The zone of another card was read: from now on a number by eye would hide it. */
  | { readonly type: 'zone-differed'; readonly side: CardSide }
  | { readonly type: 'zone-agreed'; readonly side: CardSide }
  | { readonly type: 'by-eye-allowed'; readonly reason: (typeof BY_EYE_REASONS)[number] }
  /** Our act of return was accepted: the card goes back, to be made anew or for good. */
  | { readonly type: 'card-to-be-remade' }
  | { readonly type: 'card-returned' };
