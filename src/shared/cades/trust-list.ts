// Opens a signed trust list: its signer is pinned, its version never goes back, its anchors have purposes.
import { createHash } from 'node:crypto';
import {
  trustListBody,
  type HolderPolicy,
  type TrustListBody,
  type TrustPurpose,
} from '../central/trust-list.ts';
import { canonicalText } from '../central/statement.ts';
import { readCertificate } from './certificate.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { KEY_STORAGE_FILE_PREFIX } from './oids.ts';
import { APPLICANT_POLICY, OFFICER_POLICY, type SigningPolicy } from './signability.ts';
import type { TrustMaterial } from './trust.ts';
import { verifyDetachedCades } from './verify.ts';

export const TRUST_LIST_REFUSALS = [
  'malformed',
  'signature-invalid',
  'signer-unknown',
  'older',
  'version-reused',
  'not-yet',
  'expired',
] as const;
export type TrustListRefusal = (typeof TRUST_LIST_REFUSALS)[number];

/** Whom to trust for a purpose, and by which rules; from a list, or from the station's own file. */
export interface Trust {
  /** null: the station has no pin, its own file is the trust. */
  readonly list: {
    readonly version: number;
    readonly issuedAt: Date;
    readonly nextUpdate: Date;
    readonly sha256: string;
  } | null;
  /** Anchors and helpers for a signature of this time. */
  of(purpose: TrustPurpose, at: Date): TrustMaterial;
  readonly officerPolicy: SigningPolicy;
  readonly applicantPolicy: SigningPolicy;
  /** Policies under which a time-stamp counts; none = any. */
  readonly tsaPolicies: readonly string[];
  /** How long an officer signs on the last good answer while nothing newer can be had. */
  readonly officerHours: number;
}

export const DEFAULT_OFFICER_HOURS = 72;

export interface OpenTrustListInput {
  /** RFC 8785 bytes, as delivered. */
  readonly list: Uint8Array;
  /** Detached CAdES over them. */
  readonly signature: Uint8Array;
  /** The station's pin: the signer's own certificate, or the CA kept for list signers alone. */
  readonly pins: readonly NcaCertificate[];
  readonly now: Date;
  /** The newest list this station ever took. */
  readonly newest: { readonly version: number; readonly sha256: string } | null;
}

export type OpenTrustListResult =
  | { readonly ok: true; readonly trust: Trust; readonly stale: boolean }
  | { readonly ok: false; readonly code: TrustListRefusal; readonly detail: string };

const SKEW_MS = 5 * 60_000;
const no = (code: TrustListRefusal, detail: string): OpenTrustListResult => ({
  ok: false,
  code,
  detail,
});

/**
 * Signature first, then form, then version. A list that has run out is refused, unless it is the very
 * one the station works with already: then it is `stale` and goes on until a newer one comes.
 */
export function openTrustList(input: OpenTrustListInput): OpenTrustListResult {
  const { list, signature, pins, now, newest } = input;
  const sha256 = createHash('sha256').update(list).digest('hex');
  const known = newest?.sha256 === sha256;
  const signed = verifyDetachedCades({
    cms: signature,
    content: list,
    anchors: pins.filter(({ isCa }) => isCa),
    intermediates: [],
    pinned: pins.filter(({ isCa }) => !isCa),
    now,
    requireSigningCertificateV2: true,
  });
  if (!signed.ok) {
    const stranger = signed.code === 'chain-untrusted' || signed.code === 'certificate-unexpected';
    return no(
      stranger ? 'signer-unknown' : 'signature-invalid',
      `${signed.code}: ${signed.detail}`,
    );
  }
  const body = readBody(list);
  if (typeof body === 'string') return no('malformed', body);
  const anchors = readAnchors(body);
  if (typeof anchors === 'string') return no('malformed', anchors);
  if (newest !== null && body.version < newest.version)
    return no('older', `version ${body.version} after ${newest.version}`);
  if (newest !== null && body.version === newest.version && !known)
    return no('version-reused', `another list is version ${body.version}`);
  if (Date.parse(body.issuedAt) > now.getTime() + SKEW_MS) return no('not-yet', body.issuedAt);
  const stale = Date.parse(body.nextUpdate) < now.getTime();
  if (stale && !known) return no('expired', body.nextUpdate);
  return { ok: true, trust: trustOf(body, anchors, sha256), stale };
}

/** The list, or what is wrong with its form. */
function readBody(list: Uint8Array): TrustListBody | string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(list);
    const value: unknown = JSON.parse(text);
    const parsed = trustListBody.safeParse(value);
    if (!parsed.success) return parsed.error.issues[0]?.path.join('.') || 'shape';
    return canonicalText(value) === text ? parsed.data : 'not canonical';
  } catch {
    return 'not JSON';
  }
}

interface Anchor {
  readonly certificate: NcaCertificate;
  readonly kind: 'root' | 'issuing';
  readonly purposes: readonly TrustPurpose[];
  readonly from: number;
  readonly to: number;
}

function readAnchors(body: TrustListBody): Anchor[] | string {
  const anchors: Anchor[] = [];
  for (const { certificate: text, kind, purposes, validFrom, validTo } of body.anchors) {
    const read = readCertificate(Buffer.from(text, 'base64'));
    if (!read.ok) return `anchor ${anchors.length + 1}: ${read.detail}`;
    const { certificate } = read;
    if (!certificate.isCa || (kind === 'root') !== certificate.selfIssued)
      return `anchor ${anchors.length + 1}: not what it is called`;
    anchors.push({
      certificate,
      kind,
      purposes,
      from: Date.parse(validFrom),
      to: Date.parse(validTo),
    });
  }
  return anchors;
}

function trustOf(body: TrustListBody, anchors: readonly Anchor[], sha256: string): Trust {
  return {
    list: {
      version: body.version,
      issuedAt: new Date(body.issuedAt),
      nextUpdate: new Date(body.nextUpdate),
      sha256,
    },
    of(purpose, at) {
      const time = at.getTime();
      const good = anchors.filter(
        ({ purposes, from, to }) => purposes.includes(purpose) && time >= from && time <= to,
      );
      const only = (kind: Anchor['kind']): NcaCertificate[] =>
        good.filter((anchor) => anchor.kind === kind).map(({ certificate }) => certificate);
      return { anchors: only('root'), intermediates: only('issuing') };
    },
    officerPolicy: signingPolicy(body.policy.officer),
    applicantPolicy: signingPolicy(body.policy.applicant),
    tsaPolicies: body.policy.tsa.policies,
    officerHours: body.revocation.officerHours,
  };
}

/** A policy of the list as the judge of certificates takes it. */
export function signingPolicy(policy: HolderPolicy): SigningPolicy {
  const { employees, civilServants, gost, ...rest } = policy;
  const refused = policy.refusedKeyStorage;
  return {
    ...rest,
    allowEmployee: employees,
    allowCivilServants: civilServants,
    allowGost: gost,
    allowFileKeys: !refused.includes(KEY_STORAGE_FILE_PREFIX),
  };
}

/** The other way round: what a list says for this policy. */
export function holderPolicyOf(policy: SigningPolicy): HolderPolicy {
  const refused = policy.allowFileKeys ? [] : [KEY_STORAGE_FILE_PREFIX];
  return {
    holder: policy.holder,
    requiredRoles: [...policy.requiredRoles],
    allowedRoles: [...policy.allowedRoles],
    refusedRoles: [...policy.refusedRoles],
    allowedKeyStorage: policy.allowedKeyStorage === null ? null : [...policy.allowedKeyStorage],
    refusedKeyStorage: [...new Set([...refused, ...policy.refusedKeyStorage])],
    employees: policy.allowEmployee,
    civilServants: policy.allowCivilServants,
    gost: policy.allowGost === true,
    issuers: [...policy.issuers],
  };
}

/** Trust of a station without a pin: its own file serves every purpose, by the rules built in. */
export function bootstrapTrust(material: TrustMaterial): Trust {
  return {
    list: null,
    of: () => material,
    officerPolicy: OFFICER_POLICY,
    applicantPolicy: APPLICANT_POLICY,
    tsaPolicies: [],
    // Without a list nobody laid down that revocation must be known.
    officerHours: Number.POSITIVE_INFINITY,
  };
}

/** Trust of a station with a pin that never got a list: nobody is trusted. */
export const NO_TRUST: Trust = {
  ...bootstrapTrust({ anchors: [], intermediates: [] }),
  officerHours: 0,
};
