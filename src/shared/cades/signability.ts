// May this certificate sign here? One list of reasons, used before signing, at log-in and by the node.
import type { NcaCertificate } from './certificate-types.ts';
import { KEY_STORAGE_FILE_PREFIX, ROLE_OIDS } from './oids.ts';

/** Data of the trust list; the constants below are the content of the training list. */
export interface SigningPolicy {
  /** Officers act for an organisation (BIN and a role); applicants for themselves. */
  readonly holder: 'organisation' | 'individual';
  /** Role OIDs: all of `required`, one of `allowed` when any stands there, none of `refused`. */
  readonly requiredRoles: readonly string[];
  readonly allowedRoles: readonly string[];
  readonly refusedRoles: readonly string[];
  /** NCA role "employee" without the right of signature: allowed by local policy or not. */
  readonly allowEmployee: boolean;
  /** Civil servants' keys of УЦ ГО: allow only where that CA is an anchor. */
  readonly allowCivilServants: boolean;
  /** Keys in a PKCS#12 or JKS file. */
  readonly allowFileKeys: boolean;
  /** GOST R 34.10-2015 keys: applicants sign with them; a token of an officer may not compute them. */
  readonly allowGost?: boolean;
  /** OIDs of key storages, or their beginnings with a dot at the end; null = all but the refused. */
  readonly allowedKeyStorage: readonly string[] | null;
  readonly refusedKeyStorage: readonly string[];
  /** SHA-256 of the CAs that may have issued the certificate; none = any below a trusted root. */
  readonly issuers: readonly string[];
  readonly expectedIin?: string;
  readonly expectedBin?: string;
}

export const OFFICER_POLICY: SigningPolicy = {
  holder: 'organisation',
  requiredRoles: [ROLE_OIDS['legal-entity']],
  allowedRoles: [ROLE_OIDS.head, ROLE_OIDS.signatory, ROLE_OIDS.employee],
  refusedRoles: [
    ROLE_OIDS.individual,
    ROLE_OIDS.finance,
    ROLE_OIDS.hr,
    ROLE_OIDS['information-system'],
  ],
  allowEmployee: true,
  allowCivilServants: false,
  allowFileKeys: false,
  allowedKeyStorage: null,
  refusedKeyStorage: [],
  issuers: [],
};

export const APPLICANT_POLICY: SigningPolicy = {
  holder: 'individual',
  requiredRoles: [ROLE_OIDS.individual],
  allowedRoles: [],
  refusedRoles: [],
  allowEmployee: false,
  allowCivilServants: false,
  allowFileKeys: true,
  allowGost: true,
  allowedKeyStorage: null,
  refusedKeyStorage: [],
  issuers: [],
};

export type UnusableReason =
  | 'not-yet-valid'
  | 'expired'
  | 'ca-certificate'
  | 'auth-key'
  | 'no-signing-usage'
  | 'role-missing'
  | 'role-individual'
  | 'role-finance'
  | 'role-hr'
  | 'role-employee'
  | 'role-information-system'
  | 'role-refused'
  | 'no-iin'
  | 'no-bin'
  | 'iin-mismatch'
  | 'bin-mismatch'
  | 'file-key-forbidden'
  | 'key-storage-forbidden'
  | 'algorithm-unsupported'
  | 'key-too-short';

export type SigningWarning =
  | { readonly code: 'expires-soon'; readonly daysLeft: number }
  | { readonly code: 'key-storage-unknown' };

export type Signability =
  | { readonly usable: true; readonly warnings: readonly SigningWarning[] }
  | { readonly usable: false; readonly reasonCode: UnusableReason };

const DAY_MS = 86_400_000;
const WARN_DAYS = 30;
const MIN_RSA_BITS = 2048;

/**
 * Judges a certificate by itself (no chain, no revocation). The first reason found is the one shown:
 * what the key is comes before whose it is, and dates come last but one, since only they pass by waiting.
 */
export function assessSigningCertificate(
  certificate: NcaCertificate,
  { now, policy }: { readonly now: Date; readonly policy: SigningPolicy },
): Signability {
  const reasonCode =
    keyReason(certificate, policy) ??
    roleReason(certificate, policy) ??
    holderReason(certificate, policy);
  if (reasonCode) return { usable: false, reasonCode };
  if (now < certificate.notBefore) return { usable: false, reasonCode: 'not-yet-valid' };
  if (now > certificate.notAfter) return { usable: false, reasonCode: 'expired' };
  const warnings: SigningWarning[] = [];
  const daysLeft = Math.floor((certificate.notAfter.getTime() - now.getTime()) / DAY_MS);
  if (daysLeft <= WARN_DAYS) warnings.push({ code: 'expires-soon', daysLeft });
  if (certificate.keyStorage === null && !policy.allowFileKeys)
    warnings.push({ code: 'key-storage-unknown' });
  return { usable: true, warnings };
}

function keyReason(certificate: NcaCertificate, policy: SigningPolicy): UnusableReason | null {
  const has = (usage: (typeof certificate.keyUsage)[number]) =>
    certificate.keyUsage.includes(usage);
  if (certificate.isCa || has('keyCertSign')) return 'ca-certificate';
  // NCA: digitalSignature + keyEncipherment is an AUTH key; it never signs a decision.
  if (has('keyEncipherment') && !has('nonRepudiation')) return 'auth-key';
  if (!has('digitalSignature') || !has('nonRepudiation')) return 'no-signing-usage';
  const { publicKeyKind: kind, publicKeyBits: bits } = certificate;
  if (kind === 'other' || (kind === 'gost-512' && policy.allowGost !== true))
    return 'algorithm-unsupported';
  return kind === 'rsa' && (bits ?? 0) < MIN_RSA_BITS ? 'key-too-short' : null;
}

const REASON_OF_ROLE: Readonly<Record<string, UnusableReason>> = {
  [ROLE_OIDS.individual]: 'role-individual',
  [ROLE_OIDS.finance]: 'role-finance',
  [ROLE_OIDS.hr]: 'role-hr',
  [ROLE_OIDS['information-system']]: 'role-information-system',
  [ROLE_OIDS.employee]: 'role-employee',
};

function roleReason(
  { roles, ekuOids }: NcaCertificate,
  policy: SigningPolicy,
): UnusableReason | null {
  const has = (role: string): boolean => ekuOids.includes(role);
  if (policy.allowCivilServants && roles.includes('civil-servant')) return null;
  const refused = policy.refusedRoles.find(has);
  if (refused !== undefined) return REASON_OF_ROLE[refused] ?? 'role-refused';
  if (!policy.requiredRoles.every(has)) return 'role-missing';
  if (policy.allowedRoles.length === 0) return null;
  const held = policy.allowedRoles.filter(has);
  if (held.some((role) => role !== ROLE_OIDS.employee)) return null;
  if (held.length > 0) return policy.allowEmployee ? null : 'role-employee';
  return 'role-missing';
}

function holderReason(certificate: NcaCertificate, policy: SigningPolicy): UnusableReason | null {
  if (certificate.iin === null) return 'no-iin';
  if (policy.holder === 'organisation' && certificate.bin === null) return 'no-bin';
  if (policy.expectedIin !== undefined && certificate.iin !== policy.expectedIin)
    return 'iin-mismatch';
  if (policy.expectedBin !== undefined && certificate.bin !== policy.expectedBin)
    return 'bin-mismatch';
  return storageReason(certificate, policy);
}

function storageReason(
  { keyStorage, keyStorageOid: where }: NcaCertificate,
  policy: SigningPolicy,
): UnusableReason | null {
  if (!policy.allowFileKeys && keyStorage === 'file') return 'file-key-forbidden';
  // Nothing said of the storage is a warning, not a refusal: older certificates lack the extension.
  if (where === null) return null;
  const under = (named: string): boolean =>
    named.endsWith('.') ? where.startsWith(named) : where === named;
  const forbidden =
    policy.refusedKeyStorage.some(under) ||
    (policy.allowedKeyStorage !== null && !policy.allowedKeyStorage.some(under));
  if (!forbidden) return null;
  return where.startsWith(KEY_STORAGE_FILE_PREFIX) ? 'file-key-forbidden' : 'key-storage-forbidden';
}

/** Days before the end at which the holder is warned, louder each time. */
export const EXPIRY_STEPS = [30, 14, 7] as const;
export type ExpiryStep = (typeof EXPIRY_STEPS)[number];

/** The step a certificate has reached; null while its end is far, or behind. */
export function expiryStep({ notAfter }: NcaCertificate, now: Date): ExpiryStep | null {
  const left = (notAfter.getTime() - now.getTime()) / DAY_MS;
  if (left < 0) return null;
  return [...EXPIRY_STEPS].reverse().find((days) => left <= days) ?? null;
}
