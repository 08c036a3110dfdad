// An application as the central node keeps it: the dossier (fixed per revision) and the head (what moves).
import { z } from 'zod';
import {
  base64,
  coded,
  department,
  instant,
  localDate,
  regionCode,
  sha256,
  shortText,
  uuid,
} from './common.ts';

export const CHECK_CODES = [
  'personal-data-consent', // step 1: КДП
  'person-record', // step 2: ГБД ФЛ
  'phone-owner', // step 2: БМГ
  'digital-id', // step 3
  'legal-capacity', // step 4
  'civil-record-change', // step 5: ИС ЗАГС
  'permanent-registration', // step 6
  'document-validity', // step 7
  'photo-requirements', // step 10
  'photo-match', // step 11: Digital-ID against ГБД ФЛ
  'request-signature', // step 12
  'request-registered', // step 13
  'social-status', // step 14: АИС СИК
  'fee', // step 15
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

export const checkOutcome = z.enum(['passed', 'failed', 'no-data', 'error']);
export type CheckOutcome = z.infer<typeof checkOutcome>;

/** One register check of clause 3, as received; `values` are shown, never interpreted. */
export const check = z.strictObject({
  code: z.enum(CHECK_CODES),
  outcome: checkOutcome,
  source: shortText,
  at: instant.nullable(),
  requestId: z.string().max(80).nullable(),
  values: z.record(z.string().max(60), shortText),
});
export type Check = z.infer<typeof check>;

/** A picture by the SHA-256 of its bytes; bytes come from the blob address. */
export const imageRef = z.strictObject({
  sha256,
  mime: z.enum(['image/jpeg', 'image/png']),
  bytes: z.int().min(1).max(20_000_000),
});
export type ImageRef = z.infer<typeof imageRef>;

/** A person as declared, or as ГБД ФЛ answers; every name part is optional in the register. */
export const person = z.strictObject({
  iin: z.string().regex(/^\d{12}$/),
  surname: shortText.nullable(),
  name: shortText.nullable(),
  patronymic: shortText.nullable(),
  latinSurname: shortText.nullable(),
  latinName: shortText.nullable(),
  birthDate: localDate,
  sex: z.enum(['male', 'female']),
  nationality: coded,
  citizenship: coded,
  birthPlace: z.strictObject({ country: coded, text: shortText }), // cl. 5.4: never modernised
  regAddress: z.strictObject({ text: shortText, since: localDate.nullable() }).nullable(),
});
export type Person = z.infer<typeof person>;

export const FEE_KINDS = ['exempt-expiry', 'exempt-category', 'paid', 'refund-due'] as const;

/** State duty: money and articles are data of the application's date, never code. */
export const fee = z.strictObject({
  kind: z.enum(FEE_KINDS),
  amountTenge: z.int().min(0),
  paidAt: instant.nullable(),
  basis: shortText.nullable(),
});
export type Fee = z.infer<typeof fee>;

export const idDocument = z.strictObject({
  type: coded,
  number: z.string().regex(/^\d{9}$/),
  beginDate: localDate,
  endDate: localDate,
  issuer: coded,
  status: coded,
});

export const digitalId = z.strictObject({
  score: z.number().min(0).max(1),
  threshold: z.number().min(0).max(1),
  liveness: z.enum(['passed', 'failed', 'no-data']),
  provider: shortText,
  at: instant,
});

/** The applicant's own request: signed bytes and, for EDS, a detached CMS over them. */
export const applicantRequest = z.strictObject({
  signatureKind: z.enum(['eds', 'sms', 'digital-id']),
  content: base64,
  cms: base64.nullable(),
  signedAt: instant,
});

/** An earlier application of the same person. */
export const earlierApplication = z.strictObject({
  applicationId: uuid,
  ticket: shortText,
  filedAt: instant,
  outcome: z.enum(['annulled', 'issued', 'in-production', 'left']),
  decidedAt: instant.nullable(),
  reasons: z.array(z.string().max(60)),
  photo: imageRef.nullable(),
});

export const timelineEntry = z.strictObject({
  at: instant,
  event: z.enum([
    'filed',
    'registered',
    'routed',
    'approved',
    'annulled',
    'production-started',
    'production-done',
    'sent',
    'arrived',
    'missing', // on the dispatch list and not in the parcel
    'card-damaged', // found at arrival
    'hand-over-refused',
    'card-returned',
    'remake-ordered',
    'issued',
    'moved',
  ]),
  note: shortText.nullable(),
  /** Who did it: the signed act or the report of it; the counter's events carry it. */
  by: z.strictObject({ id: uuid, officer: shortText, stationId: z.string().max(80) }).optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const registrationPoint = z.strictObject({
  code: z.string().max(40),
  nameRu: shortText,
  nameKz: shortText,
});

/** Everything the officer judges; its RFC 8785 bytes are hashed into the signed statement. */
export const dossier = z.strictObject({
  applicationId: uuid,
  revision: z.int().min(1),
  ticket: z.string().min(1).max(60),
  documentingCode: z.string().max(40),
  region: regionCode,
  department,
  registrationPoint,
  filedAt: instant,
  registeredAt: instant,
  phone: z.string().max(30),
  declared: person,
  authoritative: person.nullable(),
  document: idDocument,
  photo: imageRef,
  photoTakenAt: localDate.nullable(),
  referencePhoto: imageRef.nullable(),
  signature: imageRef,
  referenceSignature: imageRef.nullable(),
  checks: z.array(check).max(40),
  digitalId: digitalId.nullable(),
  fee,
  request: applicantRequest,
  earlier: z.array(earlierApplication).max(20),
});
export type Dossier = z.infer<typeof dossier>;

export const NODE_STAGES = [
  'pending',
  'in-production',
  'sent',
  'at-point',
  'issued',
  'returned', // uncollected: the card went back to the centre
  'annulled',
] as const;
export const nodeStage = z.enum(NODE_STAGES);
export type NodeStage = z.infer<typeof nodeStage>;

/** Who holds the case, as everybody may see it. */
export const holder = z.strictObject({
  department,
  officerName: shortText,
  stationId: z.string().max(80),
  since: instant,
  until: instant,
});
export type Holder = z.infer<typeof holder>;

export const card = z.strictObject({
  number: z.string().regex(/^\d{9}$/),
  endDate: localDate,
  place: shortText.nullable(),
  arrivedAt: instant.nullable(),
  /** A damaged card lies at the point until it is returned and is never handed over. */
  condition: z.enum(['good', 'damaged']),
});
export type Card = z.infer<typeof card>;

/** What moves during the life of an application. */
export const head = z.strictObject({
  applicationId: uuid,
  revision: z.int().min(1),
  stage: nodeStage,
  holder: holder.nullable(),
  card: card.nullable(),
  decision: z
    .strictObject({
      kind: z.enum(['approve', 'annul']),
      at: instant,
      actId: uuid,
      reasons: z.array(z.string().max(60)),
    })
    .nullable(),
  timeline: z.array(timelineEntry).max(60),
});
export type Head = z.infer<typeof head>;
