// The queue: pages of rows, counts, search and "next most urgent".
import { z } from 'zod';
import { instant, uuid } from '../central/common.ts';
import { NODE_REFUSALS } from '../central/messages.ts';
import { channel, nothing } from './channel.ts';

/** Where the case stands (design: two machines, never one). */
export const CASE_STAGES = [
  'received',
  'in-review',
  'approval-promised',
  'annulment-promised',
  'in-production',
  'annulled',
  'at-point',
  'at-counter',
  'issue-promised',
  'issued',
  'returned',
  'left',
  'damaged',
] as const;
export const caseStage = z.enum(CASE_STAGES);
export type CaseStage = z.infer<typeof caseStage>;

/** Where our signed act stands. */
export const ACT_STATES = ['intended', 'queued', 'sending', 'accepted', 'refused'] as const;
export const actState = z.enum(ACT_STATES);
export type ActState = z.infer<typeof actState>;

export const CASE_FLAGS = [
  'refused-by-node',
  'conflict', // moved elsewhere while work of ours exists
  'stuck',
  'overdue',
  'alarm',
  'phone-shared', // the same phone on another open application
  'applied-before',
  'outside-window',
  'picture-problem',
  'remake',
  'investigate',
  'not-signed', // an intent without a signature was left by a crash
] as const;
export const caseFlag = z.enum(CASE_FLAGS);
export type CaseFlag = z.infer<typeof caseFlag>;

/** Working minutes against the term; `level` is the one mark shown. */
export const timeLeft = z.strictObject({
  dueAt: instant,
  workingMinutesLeft: z.int(), // negative = overdue
  termMinutes: z.int(),
  level: z.enum(['ok', 'soon', 'late', 'done']),
});
export type TimeLeft = z.infer<typeof timeLeft>;

export const holderDto = z.strictObject({
  mine: z.boolean(),
  departmentRu: z.string(),
  departmentKz: z.string(),
  officerName: z.string(),
  until: instant,
});

export const findings = z.strictObject({
  disagrees: z.int(),
  look: z.int(),
  noData: z.int(),
});

export const queueRow = z.strictObject({
  applicationId: uuid,
  ticket: z.string(),
  name: z.string(),
  iinMasked: z.string(),
  filedAt: instant,
  stage: caseStage,
  actState: actState.nullable(),
  timeLeft,
  findings,
  flags: z.array(caseFlag),
  holder: holderDto.nullable(),
});
export type QueueRow = z.infer<typeof queueRow>;

export const QUEUE_VIEWS = [
  'pending', // received + in-review
  'mine', // held by this station
  'attention', // flags that want an officer
  'promised', // signed here, not yet accepted
  'production',
  'done', // annulled + issued + left
  'all',
] as const;
export const queueView = z.enum(QUEUE_VIEWS);
export type QueueView = z.infer<typeof queueView>;

export const QUEUE_SORTS = ['urgency', 'filed', 'name', 'ticket'] as const;

export const queueQuery = z.strictObject({
  view: queueView,
  sort: z.enum(QUEUE_SORTS),
  descending: z.boolean(),
  /** Free text: ticket, IIN, phone or name, folded; empty = all. */
  search: z.string().max(200),
  held: z.enum(['any', 'free', 'mine', 'others']),
  findings: z.enum(['any', 'clean', 'with-disagreement']),
  after: z.string().max(500).nullable(),
  limit: z.int().min(1).max(500),
});
export type QueueQuery = z.infer<typeof queueQuery>;

export const queuePage = z.strictObject({
  rows: z.array(queueRow),
  next: z.string().nullable(),
  total: z.int(),
  /** Until when a decision still makes today's production run; null when it is past or unknown. */
  productionCutOffAt: instant.nullable(),
});
export type QueuePage = z.infer<typeof queuePage>;

export const queueCounts = z.record(queueView, z.int());
export type QueueCounts = z.infer<typeof queueCounts>;

export const CLAIM_REFUSALS = [
  ...NODE_REFUSALS,
  'line-dead',
  'nothing-pending',
  'not-in-cache',
] as const;

export const queueChannels = {
  'queue.page': channel(queueQuery, queuePage, []),
  'queue.counts': channel(nothing, queueCounts, []),
  /** Claims the most urgent free case; with the line dead answers one already held here, else line-dead. */
  'queue.next': channel(
    z.strictObject({ after: uuid.nullable() }),
    z.strictObject({ applicationId: uuid }),
    [...CLAIM_REFUSALS],
  ),
} as const;
