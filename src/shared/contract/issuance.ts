// The issuance desk: ready list, one card by its ticket, in-person questions, hand-over or refusal.
import { z } from 'zod';
import { card } from '../central/application.ts';
import { instant, localDate, uuid } from '../central/common.ts';
import { NODE_REFUSALS, REPORT_REASONS } from '../central/messages.ts';
import { QUESTION_CODES } from '../central/statement.ts';
import { intentDto } from './act.ts';
import { actSummary, actionDto, pictureDto } from './case.ts';
import { channel } from './channel.ts';
import { caseFlag, caseStage } from './queue.ts';

export const ISSUANCE_VIEWS = ['ready', 'on-the-way', 'promised', 'issued'] as const;

export const issuanceRow = z.strictObject({
  applicationId: uuid,
  ticket: z.string(),
  name: z.string(),
  stage: caseStage,
  place: z.string().nullable(),
  arrivedAt: instant.nullable(),
  daysWaiting: z.int().nullable(),
  flags: z.array(caseFlag),
});
export type IssuanceRow = z.infer<typeof issuanceRow>;

/** Questions are asked aloud; the answer is for the officer's eyes only. */
export const questionDto = z.strictObject({
  code: z.enum(QUESTION_CODES),
  answerRu: z.string(),
  answerKz: z.string(),
});

export const handOverDto = z.strictObject({
  applicationId: uuid,
  ticket: z.string(),
  name: z.string(),
  surname: z.string(),
  givenNames: z.string(),
  iin: z.string(),
  birthDate: localDate,
  stage: caseStage,
  act: actSummary.nullable(),
  flags: z.array(caseFlag),
  photo: pictureDto,
  signature: pictureDto,
  card,
  oldCard: z.strictObject({ number: z.string(), endDate: localDate }),
  questions: z.array(questionDto),
  refusals: z.array(z.strictObject({ at: instant, reason: z.string() })),
  /** Until when this station alone may hand the card over; null = not claimed. */
  claimedUntil: instant.nullable(),
  actions: z.array(actionDto),
});
export type HandOverDto = z.infer<typeof handOverDto>;

const OPEN_REFUSALS = [
  ...NODE_REFUSALS,
  'line-dead',
  'ticket-unknown',
  'already-issued', // params: at
  'not-arrived', // params: stage
  'not-in-cache',
  'wrong-stage',
] as const;

export const issuanceChannels = {
  'issuance.page': channel(
    z.strictObject({
      view: z.enum(ISSUANCE_VIEWS),
      search: z.string().max(200),
      after: z.string().max(500).nullable(),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      rows: z.array(issuanceRow),
      next: z.string().nullable(),
      total: z.int(),
      counts: z.record(z.enum(ISSUANCE_VIEWS), z.int()),
    }),
    [],
  ),
  /** By ticket, typed or scanned: the card, claimed for this station so that nobody else issues it. */
  'issuance.openByTicket': channel(
    z.strictObject({ ticket: z.string().min(1).max(60) }),
    handOverDto,
    [...OPEN_REFUSALS],
  ),
  'issuance.open': channel(z.strictObject({ applicationId: uuid }), handOverDto, [
    ...OPEN_REFUSALS,
  ]),
  /** One key: refusal recorded with its clause (proxy: cl. 4.3) and reported to the node. */
  'issuance.refuse': channel(
    z.strictObject({ applicationId: uuid, reason: z.enum(REPORT_REASONS) }),
    handOverDto,
    ['not-in-cache', 'wrong-stage'],
  ),
  'issuance.prepareHandOver': channel(
    z.strictObject({
      applicationId: uuid,
      present: z.literal(true),
      questions: z.array(
        z.strictObject({
          code: z.enum(QUESTION_CODES),
          outcome: z.enum(['right', 'wrong', 'skipped']),
        }),
      ),
      oldCard: z.strictObject({
        outcome: z.enum(['surrendered', 'not-presented']),
        reason: z.string().max(500).nullable(),
      }),
    }),
    intentDto,
    [
      'not-in-cache',
      'wrong-stage',
      'not-held',
      'lease-expired',
      'challenge-expired',
      'action-disabled',
      'old-card-reason-missing',
    ],
  ),
} as const;
