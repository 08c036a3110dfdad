// Path from a signer to a configured anchor: names, signatures, CA flags, path length and dates.
import { DerError, readDer, sameBytes } from './der.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { readSignatureAlgorithm, signatureFits } from './public-key.ts';

export interface ChainInput {
  readonly leaf: NcaCertificate;
  readonly anchors: readonly NcaCertificate[];
  /** Tried in this order; they are helpers, never trusted by themselves. */
  readonly intermediates: readonly NcaCertificate[];
  readonly now: Date;
}

export type ChainResult =
  | { readonly ok: true; readonly path: readonly NcaCertificate[] }
  | { readonly ok: false; readonly detail: string };

/** Root, issuing CA and a cross certificate at most: the NCA has two levels. */
const MAX_CAS = 4;
const MAX_TRIES = 64;

/** Builds leaf → … → anchor. Source: RFC 5280 section 6, without name constraints (refused as critical). */
export function buildChain({ leaf, anchors, intermediates, now }: ChainInput): ChainResult {
  let detail = 'no issuer found';
  let tries = 0;
  const extend = (path: readonly NcaCertificate[]): readonly NcaCertificate[] | null => {
    const last = path[path.length - 1] ?? leaf;
    if (anchors.some((anchor) => sameBytes(anchor.der, last.der)))
      return path.length > 1 ? path : null;
    if (path.length > MAX_CAS) return null;
    for (const issuer of [...anchors, ...intermediates]) {
      if (!sameBytes(issuer.subjectDer, last.issuerDer) || path.includes(issuer)) continue;
      if (++tries > MAX_TRIES) return null;
      const wrong = issuerFault(issuer, last, path.length - 1, now);
      if (wrong) {
        detail = wrong;
        continue;
      }
      const found = extend([...path, issuer]);
      if (found) return found;
    }
    return null;
  };
  if (leaf.unknownCritical.length > 0)
    return { ok: false, detail: `critical extension ${leaf.unknownCritical[0]}` };
  const path = extend([leaf]);
  return path ? { ok: true, path } : { ok: false, detail };
}

/** Why `issuer` cannot have issued `subject`; `casBelow` CA certificates stand under it. */
function issuerFault(
  issuer: NcaCertificate,
  subject: NcaCertificate,
  casBelow: number,
  now: Date,
): string | null {
  if (!issuer.isCa) return 'issuer is not a CA';
  if (!issuer.keyUsage.includes('keyCertSign')) return 'issuer may not sign certificates';
  if (issuer.pathLength !== null && casBelow > issuer.pathLength) return 'path too long';
  if (now < issuer.notBefore || now > issuer.notAfter) return 'issuer out of its dates';
  if (issuer.unknownCritical.length > 0) return 'issuer has an unknown critical extension';
  const named = subject.authorityKeyId;
  if (named && issuer.subjectKeyId && !sameBytes(named, issuer.subjectKeyId))
    return 'issuer has another key id';
  return issuedBy(subject, issuer) ? null : 'signature of the issuer is wrong or unknown';
}

const LIMITS = { maxBytes: 512, maxDepth: 4, maxNodes: 16 } as const;

/** True when the issuer's key made the signature of this certificate. */
export function issuedBy(subject: NcaCertificate, issuer: NcaCertificate): boolean {
  try {
    const algorithm = readSignatureAlgorithm(readDer(subject.signatureAlgorithmDer, LIMITS));
    return (
      algorithm !== null && signatureFits(issuer, algorithm, subject.tbsDer, subject.signature)
    );
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}
