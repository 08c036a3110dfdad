// The canonical statements an officer signs: what is shown, hashed and signed are the same bytes (RFC 8785).
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { CHECK_CODES, checkOutcome } from './application.ts';
import { instant, sha256, shortText, uuid } from './common.ts';
import { CHECKLIST, CHECKLIST_ANSWERS, MEASURE_CODES, measureState, range } from './measures.ts';

/** Rules the workstation computes itself, beside the register checks. */
export const RULE_CODES = [
  'iin-check-digit',
  'filing-window', // cl. 7
  'fee-by-date',
  'photo-age',
  'applicant-signature', // step 12, verified by the workstation
  'declared-matches-record',
  'birth-country-printed', // cl. 5.4
  'documenting-code', // cl. 4.1
] as const;
export type RuleCode = (typeof RULE_CODES)[number];

export const ruleOutcome = z.enum(['agrees', 'look', 'disagrees', 'no-data']);
export type RuleOutcome = z.infer<typeof ruleOutcome>;

export const CHECK_GROUPS = ['register', 'rules', 'photo', 'signature'] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];

const override = z.strictObject({ reason: z.string().min(3).max(500) }).nullable();

const common = {
  actId: uuid,
  applicationId: uuid,
  revision: z.int().min(1),
  ticket: z.string().min(1).max(60),
  dossierSha256: sha256,
  photoSha256: sha256,
  officerIin: z.string().regex(/^\d{12}$/),
  departmentBin: z.string().regex(/^\d{12}$/),
  stationId: z.string().min(1).max(80),
  challenge: z.strictObject({ value: z.string().min(20).max(100), expiresAt: instant }),
  at: instant,
};

/** A place on a picture, fractions 0…1 from its top left. */
export const pictureBox = z.strictObject({
  picture: z.enum(['photo', 'signature']),
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  w: z.number().min(0).max(1),
  h: z.number().min(0).max(1),
});
export type PictureBox = z.infer<typeof pictureBox>;

/** A measure as the officer saw it: value, limits, state, and his answer where one was wanted. */
export const measureRow = z.strictObject({
  code: z.enum(MEASURE_CODES),
  value: z.number().nullable(),
  agrees: range,
  tolerated: range,
  state: measureState,
  /** The officer laid the lines anew and the value follows them. */
  linesMoved: z.boolean(),
  answer: z.strictObject({ reason: z.string().min(3).max(500).nullable() }).nullable(),
});
export type MeasureRow = z.infer<typeof measureRow>;

const decisionCommon = {
  ...common,
  version: z.literal(2), // 2: measures, checklist and places on the pictures
  signatureSha256: sha256,
  checks: z.array(z.strictObject({ code: z.enum(CHECK_CODES), outcome: checkOutcome, override })),
  rules: z.array(z.strictObject({ code: z.enum(RULE_CODES), outcome: ruleOutcome, override })),
  /** Version of the node's limits; engine = what measured, null = nothing did. */
  measuring: z.strictObject({ limits: z.string().max(40), engine: z.string().max(80).nullable() }),
  measures: z.array(measureRow).max(MEASURE_CODES.length),
  checklist: z.array(
    z.strictObject({ code: z.enum(CHECKLIST), answer: z.enum(CHECKLIST_ANSWERS).nullable() }),
  ),
};

export const approvalStatement = z.strictObject({
  type: z.literal('kualik/approval'),
  ...decisionCommon,
  /** Groups the officer confirmed one by one; an approval carries all four. */
  confirmed: z.array(z.enum(CHECK_GROUPS)),
});

export const annulmentStatement = z.strictObject({
  type: z.literal('kualik/annulment'),
  ...decisionCommon,
  reasons: z
    .array(
      z.strictObject({
        code: z.string().max(60),
        comment: shortText.nullable(),
        boxes: z.array(pictureBox).max(8), // where on the pictures the fault is
      }),
    )
    .min(1)
    .max(10),
  refundDue: z.boolean(),
});

export const QUESTION_CODES = ['birth-date', 'birth-place', 'address', 'old-card-end'] as const;

export const CARD_WAYS = ['mrz', 'by-eye'] as const;
const cardNumber = z.string().regex(/^\d{9}$/);
const zoneDate = z.string().regex(/^[\d<]{6}$/); // YYMMDD as the zone has it

/** By the machine-readable zone (ICAO Doc 9303, TD1): fields as read. By eye: the number alone. */
export const cardCheck = z.discriminatedUnion('way', [
  z.strictObject({
    way: z.literal('mrz'),
    number: cardNumber,
    iin: z.string().regex(/^\d{12}$/),
    birth: zoneDate,
    sex: z.enum(['male', 'female']),
    expiry: zoneDate,
    /** Signs read as look-alikes, each proved by a check digit. */
    corrected: z.int().min(0).max(90),
  }),
  z.strictObject({ way: z.literal('by-eye'), number: cardNumber }),
]);

export const handOverStatement = z.strictObject({
  type: z.literal('kualik/hand-over'),
  ...common,
  version: z.literal(2), // 2: how the cards in the hand were checked
  cardNumber,
  registrationPoint: z.string().max(40),
  inPerson: z.literal(true), // cl. 4.3: only in person, proxies excluded
  questions: z.array(
    z.strictObject({
      code: z.enum(QUESTION_CODES),
      outcome: z.enum(['right', 'wrong', 'skipped']),
    }),
  ),
  /** The card in the hand is the card of this ticket: its zone as read, or its number typed. */
  cardCheck,
  /** `number` and `way` of a surrendered card; `reason` of one not presented. */
  oldCard: z.strictObject({
    outcome: z.enum(['surrendered', 'not-presented']),
    reason: shortText.nullable(),
    number: cardNumber.nullable(),
    way: z.enum(CARD_WAYS).nullable(),
  }),
});

export const logInStatement = z.strictObject({
  type: z.literal('kualik/log-in'),
  version: z.literal(1),
  challengeId: uuid,
  challenge: z.string().min(20).max(100),
  stationId: z.string().min(1).max(80),
  officerIin: z.string().regex(/^\d{12}$/),
  at: instant,
});

export const actStatement = z.discriminatedUnion('type', [
  approvalStatement,
  annulmentStatement,
  handOverStatement,
]);

export type ApprovalStatement = z.infer<typeof approvalStatement>;
export type AnnulmentStatement = z.infer<typeof annulmentStatement>;
export type HandOverStatement = z.infer<typeof handOverStatement>;
export type LogInStatement = z.infer<typeof logInStatement>;
export type ActStatement = z.infer<typeof actStatement>;

/** RFC 8785 text of a JSON value; throws on what JSON cannot hold, never returns undefined. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('value has no canonical JSON form');
  return text;
}

/** RFC 8785 bytes (UTF-8) of a JSON value. */
export const canonicalBytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(canonicalText(value));
