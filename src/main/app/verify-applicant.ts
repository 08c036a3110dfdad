// Verifies the applicant's own signature under the request (step 12), once per revision, by ourselves.
import { keyStoragePlace } from '../../shared/cades/key-storage.ts';
import { verifyDetachedCades } from '../../shared/cades/verify.ts';
import type { Dossier } from '../../shared/central/application.ts';
import type { SignatureVerdict } from '../domain/rules.ts';
import type { StoredCase } from '../ports/case-store.ts';
import { saveCase } from './case-record.ts';
import type { OpenDesk } from './desk.ts';

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));

/** The verdict on the request's CMS; a key kind we cannot compute with is said so, never guessed. */
export function applicantVerdict(desk: OpenDesk, dossier: Dossier): SignatureVerdict {
  const { request, declared } = dossier;
  if (request.signatureKind !== 'eds') return { verdict: 'not-eds', reason: null, signer: null };
  if (request.cms === null) return { verdict: 'invalid', reason: 'missing', signer: null };
  const trust = desk.deps.trust.current();
  const signedAt = new Date(request.signedAt);
  const verified = verifyDetachedCades({
    cms: fromBase64(request.cms),
    content: fromBase64(request.content),
    ...trust.of('applicant', signedAt),
    now: signedAt,
    requireSigningCertificateV2: false,
    policy: { ...trust.applicantPolicy, expectedIin: declared.iin },
  });
  const certificate = verified.ok ? verified.signer : verified.claimedSigner;
  const signer = certificate?.subjectCommonName ?? null;
  const key = certificate && {
    key: {
      algorithm: certificate.publicKeyKind,
      storage: keyStoragePlace(certificate.keyStorageOid),
    },
  };
  if (verified.ok) return { verdict: 'valid', reason: null, signer, ...key };
  const unknown = verified.code === 'algorithm-unsupported';
  return {
    verdict: unknown ? 'cannot-check' : 'invalid',
    reason: verified.reason ?? verified.code,
    signer,
    ...key,
  };
}

/** Verifies and keeps the verdict with the case. */
export function verifiedCase(desk: OpenDesk, stored: StoredCase): StoredCase {
  if (stored.signature !== null) return stored;
  const next = { ...stored, signature: applicantVerdict(desk, stored.dossier) };
  desk.session.store.transaction(() => saveCase(desk, next));
  return next;
}
