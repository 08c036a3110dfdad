// May this certificate sign here? One list of reasons, used before signing, at log-in and by the node.
import type { NcaCertificate } from './certificate-types.ts';

export interface SigningPolicy {
  /** Officers act for an organisation (BIN and a role); applicants for themselves. */
  readonly holder: 'organisation' | 'individual';
  /** NCA role "employee" without the right of signature: allowed by local policy or not. */
  readonly allowEmployee: boolean;
  /** Civil servants' keys of УЦ ГО: allow only where that CA is an anchor. */
  readonly allowCivilServants: boolean;
  /** Keys in a PKCS#12 or JKS file. */
  readonly allowFileKeys: boolean;
  /** GOST R 34.10-2015 keys; absent means no. Officers only where the station's module says so. */
  readonly allowGost?: boolean;
  readonly expectedIin?: string;
  readonly expectedBin?: string;
}

export const OFFICER_POLICY: SigningPolicy = {
  holder: 'organisation',
  allowEmployee: true,
  allowCivilServants: false,
  allowFileKeys: false,
};

export const APPLICANT_POLICY: SigningPolicy = {
  holder: 'individual',
  allowEmployee: false,
  allowCivilServants: false,
  allowFileKeys: true,
  allowGost: true,
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
  | 'no-iin'
  | 'no-bin'
  | 'iin-mismatch'
  | 'bin-mismatch'
  | 'file-key-forbidden'
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

function roleReason({ roles }: NcaCertificate, policy: SigningPolicy): UnusableReason | null {
  if (policy.holder === 'individual') return roles.includes('individual') ? null : 'role-missing';
  if (policy.allowCivilServants && roles.includes('civil-servant')) return null;
  if (roles.includes('individual')) return 'role-individual';
  if (roles.includes('finance')) return 'role-finance';
  if (roles.includes('hr')) return 'role-hr';
  if (roles.includes('information-system')) return 'role-information-system';
  if (!roles.includes('legal-entity')) return 'role-missing';
  if (roles.includes('head') || roles.includes('signatory')) return null;
  if (roles.includes('employee')) return policy.allowEmployee ? null : 'role-employee';
  return 'role-missing';
}

function holderReason(certificate: NcaCertificate, policy: SigningPolicy): UnusableReason | null {
  if (certificate.iin === null) return 'no-iin';
  if (policy.holder === 'organisation' && certificate.bin === null) return 'no-bin';
  if (policy.expectedIin !== undefined && certificate.iin !== policy.expectedIin)
    return 'iin-mismatch';
  if (policy.expectedBin !== undefined && certificate.bin !== policy.expectedBin)
    return 'bin-mismatch';
  if (!policy.allowFileKeys && certificate.keyStorage === 'file') return 'file-key-forbidden';
  return null;
}
