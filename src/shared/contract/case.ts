// The case screen: everything the officer judges, what may be done and why not.
import { z } from 'zod';
import {
  CHECK_CODES,
  FEE_KINDS,
  checkOutcome,
  digitalId,
  idDocument,
  timelineEntry,
} from '../central/application.ts';
import { coded, instant, localDate, uuid } from '../central/common.ts';
import { CHECK_GROUPS, RULE_CODES, ruleOutcome } from '../central/statement.ts';
import {
  CHECKLIST,
  CHECKLIST_ANSWERS,
  MEASURE_CODES,
  measureState,
  range,
} from '../central/measures.ts';
import { channel } from './channel.ts';
import {
  MEASURE_FAILURES,
  component,
  fileFacts,
  histogram,
  point,
  portraitGeometry,
  signatureGeometry,
} from './measured.ts';
import { CLAIM_REFUSALS, actState, caseFlag, caseStage, holderDto, timeLeft } from './queue.ts';

export const PICTURE_PROBLEMS = [
  'not-here-yet', // still to be fetched
  'hash-mismatch',
  'not-an-image',
  'type-mismatch', // bytes are another format than announced
  'too-large', // pixels or bytes
  'truncated',
  'trailing-data', // polyglot: something follows the picture
  'animated',
  'unreadable',
] as const;

/** A picture by address; bytes never travel through messages. */
export const pictureDto = z.strictObject({
  url: z.string().nullable(), // case-image://…, null when it must not be shown
  sha256: z.string(),
  problem: z.enum(PICTURE_PROBLEMS).nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  bytes: z.int(),
  mime: z.string(),
});
export type PictureDto = z.infer<typeof pictureDto>;

export const COMPARED_FIELDS = [
  'iin',
  'surname',
  'name',
  'patronymic',
  'latinSurname',
  'latinName',
  'birthDate',
  'sex',
  'nationality',
  'citizenship',
  'birthPlace',
  'regAddress',
] as const;

/** Declared beside the authoritative record, texts in both languages where they differ by language. */
export const comparedField = z.strictObject({
  field: z.enum(COMPARED_FIELDS),
  declaredRu: z.string().nullable(),
  declaredKz: z.string().nullable(),
  recordRu: z.string().nullable(),
  recordKz: z.string().nullable(),
  same: z.boolean().nullable(), // null = no record to compare with
});

/** One row of the checks list: a register check as received, or a rule computed here. */
export const checkRow = z.strictObject({
  code: z.enum([...CHECK_CODES, ...RULE_CODES, ...MEASURE_CODES]),
  group: z.enum(CHECK_GROUPS),
  state: ruleOutcome,
  outcome: checkOutcome.nullable(), // as the register said; null for rules
  step: z.string(), // "3.4" = step 4 of clause 3; "7" = clause 7
  source: z.string(),
  at: instant.nullable(),
  requestId: z.string().nullable(),
  /** Shown as received for registers; for rules the values that led to the outcome. */
  values: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  obligatory: z.boolean(),
  overridable: z.boolean(),
  override: z.strictObject({ reason: z.string() }).nullable(),
  /** Rows of the pictures' measures only; null for registers and rules. */
  measure: z
    .strictObject({
      value: z.number().nullable(),
      agrees: range,
      tolerated: range,
      component: component.nullable(),
      linesMoved: z.boolean(),
      /** Why there is no value, where nothing could be measured; null = still being measured. */
      failure: z.enum(MEASURE_FAILURES).nullable(),
      /** Annulment reason the finding proposes. */
      reason: z.string().nullable(),
    })
    .nullable(),
  /** The officer's answer to a measure that wants one: looked at and in order. */
  answer: z.strictObject({ reason: z.string().nullable() }).nullable(),
  /** Approval waits for this row. */
  open: z.boolean(),
});
export type CheckRow = z.infer<typeof checkRow>;

export const ACTIONS = [
  'claim',
  'release',
  'confirm',
  'override',
  'approve',
  'annul',
  'take-back',
  'back-to-review',
  'open-hand-over',
  'hand-over',
  'refuse-hand-over',
] as const;
export type Action = (typeof ACTIONS)[number];

export const DISABLED_REASONS = [
  'wrong-stage',
  'wrong-role',
  'held-by-other',
  'not-held',
  'groups-unconfirmed', // params: count
  'finding-unanswered', // params: code
  'checklist-fault', // params: code
  'check-failed', // params: code
  'rule-disagrees', // params: code
  'picture-missing',
  'act-pending',
  'act-sent',
  'wrong-point',
  'investigation-open', // "not the person" or a refused hand-over nobody has looked into
  'card-damaged', // lies at the point until it is returned
  'card-returning', // in a signed act of return
  'moved-away',
  'damaged',
] as const;

export const actionDto = z.strictObject({
  action: z.enum(ACTIONS),
  enabled: z.boolean(),
  because: z
    .strictObject({
      code: z.enum(DISABLED_REASONS),
      clause: z.string().nullable(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
});
export type ActionDto = z.infer<typeof actionDto>;

export const actSummary = z.strictObject({
  actId: uuid,
  kind: z.enum(['approval', 'annulment', 'hand-over']),
  state: actState,
  since: instant,
  stuck: z.boolean(),
  answer: z
    .strictObject({ code: z.string(), at: instant, field: z.string().nullable() })
    .nullable(),
  sha256: z.string(),
});
export type ActSummary = z.infer<typeof actSummary>;

export const KEY_STORAGES = [
  'file', // PKCS#12
  'java-file', // JKS
  'id-card',
  'kaztoken',
  'etoken',
  'jacarta',
  'akey',
  'other',
] as const;

/** The signer's key as his certificate names it; of an invalid signature it is only claimed. */
export const signerKey = z.strictObject({
  algorithm: z.enum(['rsa', 'ec-p256', 'gost-512', 'other']),
  storage: z.enum(KEY_STORAGES).nullable(), // null = the certificate does not say
});
export type SignerKey = z.infer<typeof signerKey>;

export const applicantSignature = z.strictObject({
  kind: z.enum(['eds', 'sms', 'digital-id']),
  verdict: z.enum(['valid', 'invalid', 'cannot-check', 'not-eds']),
  reason: z.string().nullable(),
  signer: z.string().nullable(),
  key: signerKey.nullable(),
  signedAt: instant,
});

/** What was found on one portrait; null where it is not (yet) measured. */
export const portraitFindings = z.strictObject({
  geometry: portraitGeometry.nullable(),
  histogram,
  file: fileFacts,
});
export const signatureFindings = z.strictObject({
  geometry: signatureGeometry.nullable(),
  histogram,
  file: fileFacts,
});

/** Two faces as three zones; the number stands in the row of the checks, never first. */
export const similarity = z.strictObject({
  zone: measureState,
  refused: z.enum(['no-face', 'too-small']).nullable(),
  /** Digital-ID's own answer beside it; null = none came. */
  digitalIdPassed: z.boolean().nullable(),
  disagree: z.boolean(),
});
export type Similarity = z.infer<typeof similarity>;

/** Lines the officer laid on the photo, in fractions of it; null = as measured. */
export const headLines = z.strictObject({ crown: point, chin: point });
export type HeadLines = z.infer<typeof headLines>;

export const picturesMeasured = z.strictObject({
  engine: z.string().nullable(),
  limits: z.string(), // version
  /** Some of this case's pictures are still being measured. */
  pending: z.boolean(),
  photo: portraitFindings.nullable(),
  reference: portraitFindings.nullable(),
  signature: signatureFindings.nullable(),
  referenceSignature: signatureFindings.nullable(),
  similarity: similarity.nullable(), // null: no reference photo, or not compared yet
  /** The newest earlier annulled application with a photo. */
  earlier: z
    .strictObject({
      ticket: z.string(),
      sameFile: z.boolean(), // the very same picture was sent again
      photo: portraitFindings.nullable(),
      similarity: similarity.nullable(),
      /** Measures whose state or value moved between the attempts. */
      changed: z.array(
        z.strictObject({
          code: z.enum(MEASURE_CODES),
          before: z.number().nullable(),
          beforeState: measureState,
          now: z.number().nullable(),
          nowState: measureState,
        }),
      ),
    })
    .nullable(),
  lines: headLines.nullable(),
});
export type PicturesMeasured = z.infer<typeof picturesMeasured>;

export const checklistItem = z.strictObject({
  code: z.enum(CHECKLIST),
  group: z.enum(CHECK_GROUPS),
  answer: z.enum(CHECKLIST_ANSWERS).nullable(),
  reason: z.string().nullable(),
});
export type ChecklistItem = z.infer<typeof checklistItem>;

export const caseDto = z.strictObject({
  applicationId: uuid,
  revision: z.int(),
  ticket: z.string(),
  documentingCode: z.strictObject({ code: z.string(), entry: coded.nullable() }),
  name: z.string(),
  iin: z.string(),
  phone: z.string(),
  filedAt: instant,
  registeredAt: instant,
  registrationPoint: coded,
  stage: caseStage,
  act: actSummary.nullable(),
  flags: z.array(caseFlag),
  holder: holderDto.nullable(),
  timeLeft,
  compared: z.array(comparedField),
  document: idDocument,
  birthPlace: z.strictObject({ text: z.string(), printedRu: z.string(), printedKz: z.string() }),
  photo: pictureDto,
  photoTakenAt: localDate.nullable(),
  referencePhoto: pictureDto.nullable(),
  signature: pictureDto,
  referenceSignature: pictureDto.nullable(),
  measured: picturesMeasured,
  checklist: z.array(checklistItem),
  checks: z.array(checkRow),
  confirmed: z.array(z.enum(CHECK_GROUPS)),
  digitalId: digitalId.nullable(),
  fee: z.strictObject({
    kind: z.enum(FEE_KINDS),
    amountTenge: z.int(),
    paidAt: instant.nullable(),
    basis: z.string().nullable(),
  }),
  applicantSignature,
  earlier: z.array(
    z.strictObject({
      ticket: z.string(),
      filedAt: instant,
      outcome: z.enum(['annulled', 'issued', 'in-production', 'left']),
      decidedAt: instant.nullable(),
      reasons: z.array(z.string()),
      photo: pictureDto.nullable(),
    }),
  ),
  timeline: z.array(timelineEntry),
  /** Reasons the findings propose; never chosen by themselves. */
  proposedReasons: z.array(z.string()),
  actions: z.array(actionDto),
});
export type CaseDto = z.infer<typeof caseDto>;

/** Dictionary for the refusal composer, in the order of the keys. */
export const reasonDto = z.strictObject({
  code: z.string(),
  group: z.enum(['photo', 'signature', 'other']),
  nameRu: z.string(),
  nameKz: z.string(),
  citizenRu: z.string(),
  citizenKz: z.string(),
  filingAgain: z.boolean(),
  commentObligatory: z.boolean(),
});
export type ReasonDto = z.infer<typeof reasonDto>;

const one = z.strictObject({ applicationId: uuid });

/** A case that came in an unreadable form: kept aside with what could be read and what was wrong. */
export const damagedCase = z.strictObject({
  applicationId: uuid,
  ticket: z.string().nullable(),
  receivedAt: instant,
  problems: z.array(z.strictObject({ path: z.string(), message: z.string() })),
});

export const caseChannels = {
  /** Opening is itself a recorded event (domain §7). */
  'case.open': channel(one, caseDto, ['not-in-cache', 'case-damaged']),
  'case.damage': channel(one, damagedCase, ['not-in-cache']),
  /** Addresses of the pictures shown first, so that the screen can fetch the next case's before it is
      asked for; not an opening: nothing is shown and nothing is recorded. */
  'case.pictures': channel(one, z.strictObject({ urls: z.array(z.string()).max(10) }), [
    'not-in-cache',
  ]),
  'case.claim': channel(one, caseDto, [...CLAIM_REFUSALS, 'wrong-stage']),
  'case.release': channel(one, caseDto, [...CLAIM_REFUSALS, 'wrong-stage']),
  'case.confirm': channel(
    z.strictObject({ applicationId: uuid, group: z.enum(CHECK_GROUPS), confirmed: z.boolean() }),
    caseDto,
    ['not-in-cache', 'wrong-stage', 'not-held', 'check-unanswered'],
  ),
  'case.override': channel(
    z.strictObject({
      applicationId: uuid,
      code: z.enum([...CHECK_CODES, ...RULE_CODES]),
      reason: z.string().min(3).max(500).nullable(),
    }),
    caseDto,
    ['not-in-cache', 'wrong-stage', 'not-held', 'not-overridable'],
  ),
  /** "Looked at, in order"; a reason is obligatory where the measure does not agree; null takes it back. */
  'case.answer': channel(
    z.strictObject({
      applicationId: uuid,
      code: z.enum(MEASURE_CODES),
      answer: z.strictObject({ reason: z.string().min(3).max(500).nullable() }).nullable(),
    }),
    caseDto,
    ['not-in-cache', 'wrong-stage', 'not-held', 'not-overridable', 'reason-missing'],
  ),
  'case.checklist': channel(
    z.strictObject({
      applicationId: uuid,
      code: z.enum(CHECKLIST),
      answer: z.enum(CHECKLIST_ANSWERS).nullable(),
    }),
    caseDto,
    ['not-in-cache', 'wrong-stage', 'not-held'],
  ),
  /** Crown and chin as the officer sees them; head height and cut follow. */
  'case.lines': channel(
    z.strictObject({ applicationId: uuid, lines: headLines.nullable() }),
    caseDto,
    ['not-in-cache', 'wrong-stage', 'not-held'],
  ),
  'case.reasons': channel(z.strictObject({}), z.strictObject({ reasons: z.array(reasonDto) }), []),
} as const;
