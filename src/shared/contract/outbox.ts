// The outbox: every act and report with its state, since when, last answer, next try and a way out.
import { z } from 'zod';
import { instant, uuid } from '../central/common.ts';
import { channel, nothing } from './channel.ts';
import { actState } from './queue.ts';

export const OUTBOX_KINDS = [
  'approval',
  'annulment',
  'hand-over',
  'hand-over-refusal',
  'dispatch-acceptance',
  'card-return',
  'placement',
] as const;
export const OUTBOX_ACTIONS = ['send-now', 'take-back', 'back-to-review', 'export'] as const;

export const outboxRow = z.strictObject({
  id: uuid,
  applicationId: uuid,
  kind: z.enum(OUTBOX_KINDS),
  /** Ticket; the dispatch's number; the first ticket of a return. */
  ticket: z.string(),
  name: z.string(),
  /** Of acts that move cards; null = the row is about one application. */
  cards: z.int().nullable(),
  state: actState,
  since: instant,
  attempts: z.int(),
  lastAnswer: z
    .strictObject({
      code: z.string(),
      at: instant,
      field: z.string().nullable(),
      /** What the words of a refusal are filled with. */
      params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    })
    .nullable(),
  nextTryAt: instant.nullable(),
  stuck: z.boolean(),
  acceptedAt: instant.nullable(),
  sha256: z.string().nullable(),
  /** What the node added and this station verified; null = nothing yet. */
  evidence: z
    .strictObject({
      timeStampedAt: instant,
      tsa: z.string(),
      /** Which answer proved the certificate at acceptance. */
      revocation: z.enum(['ocsp', 'crl']).nullable(),
    })
    .nullable(),
  actions: z.array(z.enum(OUTBOX_ACTIONS)),
});
export type OutboxRow = z.infer<typeof outboxRow>;

export const outboxDto = z.strictObject({
  needsYou: z.array(outboxRow),
  onItsWay: z.array(outboxRow),
  acceptedToday: z.array(outboxRow),
  acceptedTodayTotal: z.int(),
});
export type OutboxDto = z.infer<typeof outboxDto>;

export const outboxChannels = {
  'outbox.read': channel(nothing, outboxDto, []),
  'outbox.sendNow': channel(nothing, outboxDto, []),
  /** After a refusal: the act is closed as refused and the case opens for review again. */
  'outbox.backToReview': channel(z.strictObject({ id: uuid }), outboxDto, [
    'intent-gone',
    'act-sent',
  ]),
} as const;
