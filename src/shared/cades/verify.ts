// Checks a detached CAdES signature in the node's order: limits, signer, digest, signature, certificate, chain, use.
import { createHash } from 'node:crypto';
import { readCertificate } from './certificate.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { buildChain } from './chain.ts';
import { DerError, sameBytes } from './der.ts';
import { oidText, timeValue } from './der-values.ts';
import { OID } from './oids.ts';
import { readSignatureAlgorithm, signatureFits } from './public-key.ts';
import {
  assessSigningCertificate,
  type SigningPolicy,
  type SigningWarning,
  type UnusableReason,
} from './signability.ts';
import {
  algorithmsProtected,
  CMS_LIMITS,
  isSha256,
  readSignedData,
  type SignedDataParts,
  type SignerParts,
} from './signed-data.ts';
import { certificateBinding } from './signing-certificate.ts';

export type CadesRefusal =
  | 'too-large'
  | 'malformed'
  | 'content-attached'
  | 'signer-count'
  | 'certificate-missing'
  | 'certificate-unexpected'
  | 'algorithm-unsupported'
  | 'attributes-invalid'
  | 'digest-mismatch'
  | 'signature-invalid'
  | 'signing-certificate-missing'
  | 'signing-certificate-mismatch'
  | 'chain-untrusted'
  | 'not-yet-valid'
  | 'expired'
  | 'key-usage'
  | 'signer-not-allowed';

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
      /** Technical English for the details pane and logs; no names, no IIN. */
      readonly detail: string;
      /** Whose certificate it claims to be, when it could be read: not proven. */
      readonly claimedSigner?: NcaCertificate;
    };

class Refused extends Error {
  readonly code: CadesRefusal;
  readonly reason: UnusableReason | undefined;
  constructor(code: CadesRefusal, detail: string, reason?: UnusableReason) {
    super(detail);
    this.code = code;
    this.reason = reason;
  }
}

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
    return { ok: false, code: error.code, detail: error.message, ...reason, ...claimed };
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
  const algorithm = checkAlgorithms(data, info, signer, input.requireSigningCertificateV2);
  checkAttributes(info, input.content);
  if (!signatureFits(signer, algorithm, info.signedBytes, info.signature))
    throw new Refused('signature-invalid', 'the signature does not fit the key and the bytes');
  checkBinding(info, signer, input.requireSigningCertificateV2);
  const chain = checkChain(signer, bag, input);
  const warnings = checkUse(signer, input);
  const time = info.attributes.get(OID.signingTime);
  return { ok: true, signer, signingTime: time ? timeValue(time) : null, chain, warnings };
}

function readEmbedded(der: Uint8Array): NcaCertificate {
  const read = readCertificate(der);
  if (!read.ok) throw new Refused('malformed', `certificate: ${read.detail}`);
  return read.certificate;
}

function findSigner(bag: readonly NcaCertificate[], info: SignerParts): NcaCertificate {
  const found = bag.filter(
    (c) => sameBytes(c.issuerDer, info.issuerDer) && sameBytes(c.serialDer, info.serialDer),
  );
  const [signer] = found;
  if (!signer || found.length !== 1)
    throw new Refused('certificate-missing', `${found.length} certificates of the signer`);
  return signer;
}

function checkAlgorithms(
  data: SignedDataParts,
  info: SignerParts,
  signer: NcaCertificate,
  strict: boolean,
) {
  const algorithm = readSignatureAlgorithm(info.signatureAlgorithm);
  const known = algorithm === 'rsa-sha256' || algorithm === 'ecdsa-sha256';
  if (!known || !isSha256(info.digestAlgorithm))
    throw new Refused(
      'algorithm-unsupported',
      `${oidText(info.signatureAlgorithm.children[0])} (key ${signer.publicKeyKind})`,
    );
  const [declared, ...more] = data.digestAlgorithms;
  if (!declared || more.length > 0 || !sameBytes(declared.raw, info.digestAlgorithm.raw))
    throw new Refused('attributes-invalid', 'digest algorithms differ');
  const stated = info.attributes.has(OID.algorithmProtection);
  if ((strict || stated) && !algorithmsProtected(info))
    throw new Refused('attributes-invalid', 'algorithm protection is missing or differs');
  // Evidence added later is not covered by the signature: at level B-B there is none.
  if (strict && info.hasUnsignedAttributes)
    throw new Refused('attributes-invalid', 'unsigned attributes');
  return algorithm;
}

function checkAttributes(info: SignerParts, content: Uint8Array): void {
  const type = info.attributes.get(OID.contentType);
  const digest = info.attributes.get(OID.messageDigest);
  if (!type || oidText(type) !== OID.data || digest?.tag !== 0x04)
    throw new Refused('attributes-invalid', 'content type or message digest');
  if (!sameBytes(digest.body, createHash('sha256').update(content).digest()))
    throw new Refused('digest-mismatch', 'the signature is over other content');
}

function checkBinding(info: SignerParts, signer: NcaCertificate, required: boolean): void {
  const binding = certificateBinding(info.attributes.get(OID.signingCertificateV2), signer);
  if (binding === 'absent' && required)
    throw new Refused('signing-certificate-missing', 'no signing-certificate-v2');
  if (binding === 'other')
    throw new Refused('signing-certificate-mismatch', 'signing-certificate-v2 names another one');
}

function checkChain(
  leaf: NcaCertificate,
  bag: readonly NcaCertificate[],
  { anchors, intermediates, now }: VerifyInput,
): readonly NcaCertificate[] {
  const embedded = bag.filter((c) => c !== leaf);
  // The message's own CA is tried first, so that a damaged copy of it cannot hide behind ours.
  const result = buildChain({ leaf, anchors, intermediates: [...embedded, ...intermediates], now });
  if (!result.ok) throw new Refused('chain-untrusted', result.detail);
  const stray = embedded.find((c) => !result.path.some((p) => p.sha256 === c.sha256));
  if (stray) throw new Refused('certificate-unexpected', 'a certificate is not on the path');
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
