// Requests and answers of the central node, one entry an operation.
import { z } from 'zod';
import { card, dossier, head, nodeStage } from './application.ts';
import {
  base64,
  coded,
  department,
  instant,
  localDate,
  regionCode,
  shortText,
  uuid,
} from './common.ts';
import { CHECK_CODES } from './application.ts';
import { pictureLimits } from './measures.ts';
import { outsideServices } from './services.ts';

export const ROLES = ['reviewer', 'issuer', 'head', 'administrator'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

export const officerProfile = z.strictObject({
  iin: z.string().regex(/^\d{12}$/),
  fullName: shortText,
  department,
  region: coded, // code = KATO root
  roles: z.array(role).min(1),
  registrationPoint: coded.nullable(),
});
export type OfficerProfile = z.infer<typeof officerProfile>;

export const annulmentReason = z.strictObject({
  code: z.string().max(60),
  group: z.enum(['photo', 'signature', 'other']),
  nameRu: shortText,
  nameKz: shortText,
  /** What the citizen reads: what was wrong and what to do. */
  citizenRu: z.string().max(1500),
  citizenKz: z.string().max(1500),
  filingAgain: z.boolean(), // may file again online; otherwise to the public service centre (ЦОН)
  commentObligatory: z.boolean(),
});
export type AnnulmentReason = z.infer<typeof annulmentReason>;

/** Everything that is data of the order and its period, never code. */
export const nodeConfig = z.strictObject({
  version: z.string().max(40),
  order: z.strictObject({ from: localDate, to: localDate }),
  filingWindow: z.strictObject({ daysBefore: z.int(), daysAfter: z.int() }),
  calendars: z.array(
    z.strictObject({ year: z.int(), version: z.string(), daysOff: z.array(localDate) }),
  ),
  deadline: z.strictObject({ targetDays: z.int(), alarmDays: z.int(), serviceDays: z.int() }),
  productionCutOff: z
    .string()
    .regex(/^\d\d:\d\d$/)
    .nullable(),
  leaseMinutes: z.int(),
  /** For how long a counter may hold cards for a dead line; `automatic` = taken without being asked. */
  issueLease: z.strictObject({ hours: z.number().positive().max(168), automatic: z.boolean() }),
  annulmentReasons: z.array(annulmentReason),
  checkRules: z.array(
    z.strictObject({
      code: z.enum(CHECK_CODES),
      obligatory: z.boolean(),
      overridable: z.boolean(),
    }),
  ),
  documentingCodes: z.array(coded),
  fee: z.strictObject({
    budgetCode: z.string(),
    exemptOnExpiryFrom: localDate,
    amounts: z.array(z.strictObject({ from: localDate, amountTenge: z.int(), basis: shortText })),
  }),
  photoMaxAgeMonths: z.int(),
  pictureLimits,
  outsideServices,
  /** Policy: whether a counter may compare a live picture (never kept) with the approved photo. */
  liveCamera: z.strictObject({ allowed: z.boolean() }),
  /** Policy: how long a station keeps pictures and measures of a case after its decision or issue. */
  picturesKeptDays: z.int().min(1).max(3650),
  lockAfterMinutes: z.int(),
  logOutAfterHours: z.int(),
});
export type NodeConfig = z.infer<typeof nodeConfig>;

export const challengeReply = z.strictObject({
  challengeId: uuid,
  challenge: z.string(),
  expiresAt: instant,
});
export const openSessionRequest = z.strictObject({ statement: base64, cms: base64 });
export const openSessionReply = z.strictObject({
  token: z.string(),
  expiresAt: instant,
  officer: officerProfile,
  config: nodeConfig,
});

/**
 * One change of the feed. `dossier` is absent when the reader already holds that revision.
 * Items are parsed one by one: a malformed one must not stop the rest of the page.
 */
export const change = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('application'),
    seq: z.int(),
    head,
    dossier: dossier.nullable(),
  }),
  z.strictObject({
    type: z.literal('left'),
    seq: z.int(),
    applicationId: uuid,
    movedTo: regionCode.nullable(),
  }),
]);
export type Change = z.infer<typeof change>;

export const changesQuery = z.strictObject({
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});
/** `total` = how many changes lie behind `cursor` in all, for the progress bar. */
export const changesReply = z.strictObject({
  items: z.array(z.unknown()).max(1000),
  cursor: z.int(),
  more: z.boolean(),
  total: z.int(),
});

/** Long poll: answers as soon as the scope's newest seq exceeds `cursor`, or after `waitMs`. */
export const newsQuery = z.strictObject({
  cursor: z.coerce.number().int().min(0),
  waitMs: z.coerce.number().int().min(0).max(30_000).default(25_000),
});
export const newsReply = z.strictObject({ newest: z.int() });

export const claimRequest = z.strictObject({ applicationId: uuid });
/** Names the claim that is given up: a release that comes late must not end a newer one. */
export const releaseClaimQuery = z.strictObject({ leaseId: uuid.optional() });
/** A lease: nobody else may decide until `until`; its challenge goes into the signed statement. */
export const claimReply = z.strictObject({
  applicationId: uuid,
  leaseId: uuid,
  since: instant,
  until: instant,
  challenge: z.strictObject({ value: z.string(), expiresAt: instant }),
});
export type Claim = z.infer<typeof claimReply>;

export const actRequest = z.strictObject({ actId: uuid, statement: base64, cms: base64 });
export const actReply = z.strictObject({
  actId: uuid,
  acceptedAt: instant,
  stage: nodeStage,
});
export type ActReply = z.infer<typeof actReply>;

export const REPORT_REASONS = ['proxy', 'not-the-person', 'no-ticket', 'abandoned'] as const;
/** A refusal at the counter: no custody changes, so it is reported, not signed (cl. 4.3). */
export const reportRequest = z.strictObject({
  reportId: uuid,
  kind: z.literal('hand-over-refused'),
  applicationId: uuid,
  reason: z.enum(REPORT_REASONS),
  clause: z.string().max(20).nullable(),
  stationId: z.string().max(80),
  at: instant,
});
export const reportReply = z.strictObject({ reportId: uuid, recordedAt: instant });

export const ticketReply = z.strictObject({ head, dossier, card: card.nullable() });

/** Every refusal the node may answer; texts in both languages stand with the screens. */
export const NODE_REFUSALS = [
  'unauthenticated', // no session, or it ended: log in again
  'forbidden', // the role may not do this
  'challenge-unknown',
  'challenge-expired',
  'certificate-refused', // chain, purpose, validity, IIN/BIN
  'signature-invalid',
  'officer-unknown',
  'not-found',
  'out-of-scope', // another region's or point's application
  'claimed-by-other', // params: department, until
  'lease-missing',
  'lease-expired',
  'lease-unsettled', // an issue lease ran out and its station has not told yet; params: stationId, officerName, until
  'stage-mismatch', // decided already, moved on, or not yet there
  'revision-mismatch',
  'statement-mismatch', // params: field
  'statement-malformed',
  'reason-unknown',
  'not-approvable', // a failed obligatory check without an allowed override
  'already-accepted', // the dispatch was taken over by another act; params: officerName, at
  'idempotency-mismatch', // same act id, other bytes
  'too-large',
  'malformed-request',
  'unavailable', // fault switch or maintenance: try later
] as const;
export type NodeRefusal = (typeof NODE_REFUSALS)[number];

export const refusalReply = z.strictObject({
  refusal: z.strictObject({
    code: z.enum(NODE_REFUSALS),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
});
