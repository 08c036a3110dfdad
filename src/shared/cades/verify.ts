// Checks a detached CAdES signature in the node's order: limits, signer, digest, signature, certificate, chain, use.
import type { NcaCertificate } from './certificate-types.ts';
import { buildChain } from './chain.ts';
import { DerError } from './der.ts';
import { timeValue } from './der-values.ts';
import { OID } from './oids.ts';
import { signatureFault, type SignatureFault } from './public-key.ts';
import { Refused, type CadesRefusal } from './refused.ts';
import {
  assessSigningCertificate,
  type SigningPolicy,
  type SigningWarning,
  type UnusableReason,
} from './signability.ts';
import { CMS_LIMITS, readSignedData } from './signed-data.ts';
import {
  checkAlgorithms,
  checkAttributes,
  checkBinding,
  findSigner,
  readEmbedded,
} from './signer-checks.ts';

export interface VerifyInput {
  readonly cms: Uint8Array;
  readonly content: Uint8Array;
  readonly anchors: readonly NcaCertificate[];
  readonly intermediates: readonly NcaCertificate[];
  /** Dates of all certificates are judged at this time, never at the signer's own signing-time. */
  readonly now: Date;
  /** True for acts of officers; applicants' signatures of other makers may lack the attribute. */
  readonly requireSigningCertificateV2: boolean;
  /** Roles, IIN, BIN and key storage; without it only key usage and dates are judged. */
  readonly policy?: SigningPolicy;
  /** Signers trusted as such, by the certificate itself (a pin): no path is asked of them. */
  readonly pinned?: readonly NcaCertificate[];
}

export type VerifyResult =
  | {
      readonly ok: true;
      readonly signer: NcaCertificate;
      readonly signingTime: Date | null;
      /** Leaf … anchor. */
      readonly chain: readonly NcaCertificate[];
      readonly warnings: readonly SigningWarning[];
    }
  | {
      readonly ok: false;
      readonly code: CadesRefusal;
      /** Why the signer's certificate may not sign, with `key-usage` and `signer-not-allowed`. */
      readonly reason?: UnusableReason;
      /** What is wrong with the signature's numbers or its key, with `signature-invalid`. */
      readonly fault?: SignatureFault;
      /** Technical English for the details pane and logs; no names, no IIN. */
      readonly detail: string;
      /** Whose certificate it claims to be, when it could be read: not proven. */
      readonly claimedSigner?: NcaCertificate;
    };

/** Verifies; never throws for bad bytes. Revocation is the caller's next step (OCSP, CRL). */
export function verifyDetachedCades(input: VerifyInput): VerifyResult {
  const seen: { signer?: NcaCertificate } = {};
  try {
    return check(input, seen);
  } catch (error) {
    const claimed = seen.signer ? { claimedSigner: seen.signer } : {};
    if (error instanceof DerError)
      return { ok: false, code: 'malformed', detail: error.message, ...claimed };
    if (!(error instanceof Refused)) throw error;
    const reason = error.reason ? { reason: error.reason } : {};
    const fault = error.fault ? { fault: error.fault } : {};
    return { ok: false, code: error.code, detail: error.message, ...reason, ...fault, ...claimed };
  }
}

function check(input: VerifyInput, seen: { signer?: NcaCertificate }): VerifyResult {
  if (input.cms.length > CMS_LIMITS.maxBytes)
    throw new Refused('too-large', `${input.cms.length} bytes`);
  const data = readSignedData(input.cms);
  if (data.attached) throw new Refused('content-attached', 'the content must be detached');
  const [info, ...others] = data.signers;
  if (!info || others.length > 0)
    throw new Refused('signer-count', `${data.signers.length} signers`);
  const bag = data.certificates.map(readEmbedded);
  const signer = findSigner(bag, info);
  seen.signer = signer;
  const algorithms = checkAlgorithms(data, info, signer, input.requireSigningCertificateV2);
  checkAttributes(info, input.content, algorithms.digest);
  const fault = signatureFault(signer, algorithms.signature, info.signedBytes, info.signature);
  if (fault)
    throw new Refused(
      'signature-invalid',
      `the signature does not fit: ${fault}`,
      undefined,
      fault,
    );
  checkBinding(info, signer, input.requireSigningCertificateV2);
  const chain = checkChain(signer, bag, input);
  const warnings = checkUse(signer, input);
  const time = info.attributes.get(OID.signingTime);
  return { ok: true, signer, signingTime: time ? timeValue(time) : null, chain, warnings };
}

function checkChain(
  leaf: NcaCertificate,
  bag: readonly NcaCertificate[],
  { anchors, intermediates, now, pinned, policy }: VerifyInput,
): readonly NcaCertificate[] {
  const embedded = bag.filter((c) => c !== leaf);
  if (embedded.length === 0 && pinned?.some(({ sha256 }) => sha256 === leaf.sha256)) return [leaf];
  // The message's own CA is tried first, so that a damaged copy of it cannot hide behind ours.
  const result = buildChain({ leaf, anchors, intermediates: [...embedded, ...intermediates], now });
  if (!result.ok) throw new Refused('chain-untrusted', result.detail);
  const stray = embedded.find((c) => !result.path.some((p) => p.sha256 === c.sha256));
  if (stray) throw new Refused('certificate-unexpected', 'a certificate is not on the path');
  const issuers = policy?.issuers ?? [];
  if (issuers.length > 0 && !issuers.includes(result.path[1]?.sha256 ?? ''))
    throw new Refused('chain-untrusted', 'the issuing CA is not allowed for this purpose');
  return result.path;
}

/** Reasons that belong to the dates and the key itself have their own codes. */
const CODE_OF_REASON: Partial<Record<UnusableReason, CadesRefusal>> = {
  expired: 'expired',
  'not-yet-valid': 'not-yet-valid',
  'auth-key': 'key-usage',
  'no-signing-usage': 'key-usage',
  'ca-certificate': 'key-usage',
  'algorithm-unsupported': 'algorithm-unsupported',
};

function checkUse(signer: NcaCertificate, { now, policy }: VerifyInput): readonly SigningWarning[] {
  if (policy) {
    const judged = assessSigningCertificate(signer, { now, policy });
    if (judged.usable) return judged.warnings;
    const code = CODE_OF_REASON[judged.reasonCode] ?? 'signer-not-allowed';
    throw new Refused(code, `certificate: ${judged.reasonCode}`, judged.reasonCode);
  }
  if (signer.isCa || !signer.keyUsage.includes('nonRepudiation'))
    throw new Refused('key-usage', 'the key is not for signatures');
  if (now < signer.notBefore) throw new Refused('not-yet-valid', 'certificate not yet valid');
  if (now > signer.notAfter) throw new Refused('expired', 'certificate expired');
  return [];
}
