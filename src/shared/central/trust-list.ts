// The trust list: whom stations trust for what, as data the node delivers and a pinned key signs.
import { z } from 'zod';
import { base64, instant, sha256 } from './common.ts';

export const TRUST_PURPOSES = ['officer', 'applicant', 'tsa', 'ocsp'] as const;
export type TrustPurpose = (typeof TRUST_PURPOSES)[number];

const oid = z
  .string()
  .max(80)
  .regex(/^[0-2](\.(0|[1-9]\d*))+$/);
/** An OID, or its beginning with a dot at the end: all values below it. */
const oidOrPrefix = z
  .string()
  .max(80)
  .regex(/^[0-2](\.(0|[1-9]\d*))+\.?$/);

/** Who may sign under a purpose. Roles and key storages are OIDs of the certificate, never names. */
export const holderPolicy = z.strictObject({
  holder: z.enum(['organisation', 'individual']),
  /** Extended key usages: all of these … */
  requiredRoles: z.array(oid).max(20),
  /** … at least one of these, when any stands here … */
  allowedRoles: z.array(oid).max(20),
  /** … and none of these. The first found is the reason that is shown. */
  refusedRoles: z.array(oid).max(20),
  /** Where the key lives; null = anywhere that is not refused. */
  allowedKeyStorage: z.array(oidOrPrefix).max(20).nullable(),
  refusedKeyStorage: z.array(oidOrPrefix).max(20),
  /** Staff without the right of signature. */
  employees: z.boolean(),
  civilServants: z.boolean(),
  /** GOST R 34.10-2015 keys. */
  gost: z.boolean(),
  /** SHA-256 of the CAs that may have issued the certificate; none = any below a trusted root. */
  issuers: z.array(sha256).max(50),
});
export type HolderPolicy = z.infer<typeof holderPolicy>;

export const trustAnchor = z.strictObject({
  certificate: base64.max(12_000), // DER
  /** Only a root ends a path; an issuing CA helps to build it. */
  kind: z.enum(['root', 'issuing']),
  purposes: z.array(z.enum(TRUST_PURPOSES)).min(1),
  /** Trusted for signatures of this time; may be shorter than the certificate's own dates. */
  validFrom: instant,
  validTo: instant,
});

/** Signed as RFC 8785 bytes. */
export const trustListBody = z.strictObject({
  type: z.literal('kualik/trust-list'),
  format: z.literal(1),
  /** Only grows: a station never goes back. */
  version: z.int().min(1),
  issuedAt: instant,
  nextUpdate: instant,
  anchors: z.array(trustAnchor).min(1).max(60),
  policy: z.strictObject({
    officer: holderPolicy,
    applicant: holderPolicy,
    /** Policies under which a time-stamp counts; none = any. */
    tsa: z.strictObject({ policies: z.array(oid).max(20) }),
  }),
  revocation: z.strictObject({
    /** While nothing newer can be had, an officer signs on an answer no older than this. */
    officerHours: z.int().min(0).max(720),
  }),
});
export type TrustListBody = z.infer<typeof trustListBody>;

/** As delivered: the bytes that were signed, and the detached CAdES over them. */
export const trustListReply = z.strictObject({
  list: base64.max(1_000_000),
  signature: base64.max(90_000),
});
export type TrustListReply = z.infer<typeof trustListReply>;
