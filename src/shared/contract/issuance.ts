// The issuance desk: ready list, one card by its ticket, in-person questions, hand-over or refusal.
import { z } from 'zod';
import { card } from '../central/application.ts';
import { instant, localDate, uuid } from '../central/common.ts';
import { measureState } from '../central/measures.ts';
import { NODE_REFUSALS, REPORT_REASONS } from '../central/messages.ts';
import { CARD_WAYS, QUESTION_CODES } from '../central/statement.ts';
import { intentDto } from './act.ts';
import { actSummary, actionDto, pictureDto } from './case.ts';
import { channel, nothing } from './channel.ts';
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

/** Cards read at the counter: the one to be handed over, and the one it replaces. */
export const CARD_SIDES = ['card', 'old-card'] as const;
export type CardSide = (typeof CARD_SIDES)[number];

/** Why a number by eye will do although the zone of another card was read for this ticket. */
export const BY_EYE_REASONS = [
  'other-card-put-back', // the right one is in the hand now
  'zone-worn',
  'reader-fails',
] as const;

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
  /** What came of the last "not the person" or refused hand-over, as this officer wrote it; null = nothing. */
  lookedInto: z.strictObject({ at: instant, officer: z.string(), note: z.string() }).nullable(),
  /** Sides whose zone was another card's: a number by eye does not do for them. */
  zoneWanted: z.array(z.enum(CARD_SIDES)),
  /** Until when this station alone may hand the card over; null = not claimed. */
  claimedUntil: instant.nullable(),
  /** The node's policy lets this counter compare a live picture. */
  liveCamera: z.boolean(),
  actions: z.array(actionDto),
});
export type HandOverDto = z.infer<typeof handOverDto>;

export const CARD_FIELDS = [
  'issuer',
  'number',
  'iin',
  'birth-date',
  'sex',
  'end-date',
  'names',
] as const;
export type CardField = (typeof CARD_FIELDS)[number];

/** A card read at the counter against the record of this ticket; values stay in the core. */
export const cardCheckDto = z.strictObject({
  which: z.enum(CARD_SIDES),
  way: z.enum(CARD_WAYS),
  agrees: z.boolean(),
  fields: z.array(
    z.strictObject({
      field: z.enum(CARD_FIELDS),
      state: z.enum(['agrees', 'differs', 'no-data']),
    }),
  ),
  /** Signs read as look-alikes, each proved by a check digit. */
  corrected: z.int(),
});
export type CardCheckDto = z.infer<typeof cardCheckDto>;

/** Advice of a comparison with a picture from the camera; decides nothing, stands in no statement. */
export const liveAdvice = z.strictObject({
  zone: measureState,
  refused: z.enum(['no-face', 'too-small']).nullable(),
  /** Which of the two pictures could not be compared; null = both could. */
  of: z.enum(['approved', 'live']).nullable(),
  /** On the live picture; the largest was compared. Null = not looked for. */
  facesFound: z.int().nullable(),
});
export type LiveAdvice = z.infer<typeof liveAdvice>;

const LIVE_BYTES = 5_000_000;
const MARKS = [
  [0xff, 0xd8, 0xff], // JPEG
  [0x89, 0x50, 0x4e, 0x47], // PNG
];
const livePicture = z
  .instanceof(Uint8Array)
  .refine((b) => b.length <= LIVE_BYTES && MARKS.some((mark) => mark.every((v, i) => b[i] === v)));

/** Three lines of thirty signs, or a number; as scanned or typed. */
const cardText = z.string().min(1).max(200);

/** Ages of the uncollected, in days of waiting; data of the screen, no rule of the order. */
export const WAITING_DAYS = [7, 30, 90] as const;

const OPEN_REFUSALS = [
  ...NODE_REFUSALS,
  'line-dead',
  'ticket-unknown',
  'already-issued', // params: at
  'not-arrived', // params: stage
  'clock-went-back', // with the line dead: the lease cannot be judged
  'card-damaged',
  'card-returning',
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
      /** Only cards that wait at least so many days; 0 = all. */
      waitingDays: z.int().min(0).max(3650).optional(),
    }),
    z.strictObject({
      rows: z.array(issuanceRow),
      next: z.string().nullable(),
      total: z.int(),
      counts: z.record(z.enum(ISSUANCE_VIEWS), z.int()),
      /** How many ready cards wait at least so many days, in the order of WAITING_DAYS. */
      waiting: z.array(z.int()).length(WAITING_DAYS.length),
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
  /** The card in the hand, by its zone or number: field by field; a difference is journalled. */
  'issuance.checkCard': channel(
    z.strictObject({ applicationId: uuid, text: cardText }),
    cardCheckDto.extend({ zoneWanted: handOverDto.shape.zoneWanted }),
    ['not-in-cache', 'wrong-stage', 'not-a-card', 'mrz-unreadable', 'zone-wanted'],
  ),
  /** The way out where no zone can agree: the number by eye will do, for a reason that is journalled. */
  'issuance.allowByEye': channel(
    z.strictObject({ applicationId: uuid, reason: z.enum(BY_EYE_REASONS) }),
    handOverDto,
    ['not-in-cache', 'wrong-stage'],
  ),
  /** The panel of the camera stands open, or no more: only meanwhile the window may film. */
  'issuance.camera': channel(z.strictObject({ applicationId: uuid, open: z.boolean() }), nothing, [
    'not-in-cache',
    'wrong-stage',
    'camera-not-allowed',
  ]),
  /** A still against the approved photo, in memory alone: nothing of it is kept, only the advice is told. */
  'issuance.compareLive': channel(
    z.strictObject({ applicationId: uuid, picture: livePicture }),
    liveAdvice,
    [
      'not-in-cache',
      'wrong-stage',
      'camera-not-allowed',
      'picture-missing',
      'not-compared', // params: failure
    ],
  ),
  /** The way out of "not the person": somebody looked, and wrote what came of it. */
  'issuance.seen': channel(
    z.strictObject({ applicationId: uuid, note: z.string().min(3).max(500) }),
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
        /** As read off the old card; null = its number was compared by eye. */
        text: cardText.nullable(),
      }),
      /** As read off the card in the hand; the core compares it again. */
      card: cardText,
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
      'card-unchecked', // nothing readable was given for the card in the hand
      'card-mismatch', // params: fields
      'zone-wanted', // the zone of another card was read before; its number by eye does not do
    ],
  ),
} as const;
