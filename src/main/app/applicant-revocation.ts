// Asks whether an applicant's certificate was revoked when the request was signed; the verdict follows.
import type { RevocationAnswer } from '../../shared/cades/revocation.ts';
import { signerCertificate } from '../../shared/cades/signer-certificate.ts';
import type { SignatureVerdict } from '../domain/rules.ts';
import type { StoredCase } from '../ports/case-store.ts';
import { saveCase } from './case-record.ts';
import type { OpenDesk } from './desk.ts';

const AGAIN_MS = 60 * 60_000;

/** A valid signature whose certificate was not asked about, or in vain an hour ago. */
function wantsAsking({ signature }: StoredCase, now: Date): boolean {
  if (signature?.verdict !== 'valid') return false;
  const asked = signature.revocation;
  if (asked === undefined) return true;
  return asked.status === 'unavailable' && now.getTime() - Date.parse(asked.at) > AGAIN_MS;
}

/** Asks for these cases one after another; called on a good line only. */
export async function askApplicants(
  desk: OpenDesk,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { cases } = desk.session.store;
  for (const id of ids) {
    const stored = cases.find(id);
    if (stored === null || !wantsAsking(stored, desk.deps.clock.now())) continue;
    const { cms } = stored.dossier.request;
    if (cms === null) continue;
    const certificate = signerCertificate(Uint8Array.from(Buffer.from(cms, 'base64')));
    const answer = await desk.deps.revocation.ask(certificate, 'applicant', AGAIN_MS);
    if (signal.aborted) return;
    const fresh = cases.find(id);
    if (fresh === null || fresh.head.revision !== stored.head.revision || !fresh.signature)
      continue;
    const at = desk.deps.clock.now().toISOString();
    const signature = judged(fresh.signature, answer, stored.dossier.request.signedAt, at);
    desk.session.store.transaction(() => saveCase(desk, { ...fresh, signature }));
    if (signature.verdict !== 'valid') desk.deps.push({ topic: 'cases', ids: [id] });
  }
}

/**
 * Revoked before the request was signed: invalid. Revoked later: the signature stands.
 * Not known to its CA: cannot be checked. Unavailable: the verdict stays, and is asked about again.
 */
export function judged(
  verdict: SignatureVerdict,
  answer: RevocationAnswer,
  signedAt: string,
  at: string,
): SignatureVerdict {
  const noted = { ...verdict, revocation: { status: answer.status, at } };
  if (answer.status === 'unknown')
    return { ...noted, verdict: 'cannot-check', reason: 'status-unknown' };
  return answer.status === 'revoked' && answer.at <= new Date(signedAt)
    ? { ...noted, verdict: 'invalid', reason: 'revoked' }
    : noted;
}
