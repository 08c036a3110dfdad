// May this officer's key sign here and now? Use, path to a trusted root, revocation: one answer for every screen.
import { readCertificate } from '../../shared/cades/certificate.ts';
import type { NcaCertificate } from '../../shared/cades/certificate-types.ts';
import { buildChain } from '../../shared/cades/chain.ts';
import { assessSigningCertificate } from '../../shared/cades/signability.ts';
import type { TokensDto } from '../../shared/contract/session.ts';
import type { Desk, OpenDesk } from './desk.ts';

export type KeyFault = NonNullable<TokensDto['tokens'][number]['certificates'][number]['unusable']>;

/** A good answer is asked anew before a signature when it is older than this. */
export const FRESH_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

/**
 * What is wrong with the key by all that is known without asking anybody; null = nothing.
 * Before the first trust list came, the path cannot be judged: log-in fetches the list first.
 */
export function keyFault(desk: Desk, certificate: NcaCertificate): KeyFault | null {
  const { trust, revocation, clock } = desk.deps;
  const now = clock.now();
  const policy = trust.current().officerPolicy;
  if (!allowedHere(desk, certificate)) return 'algorithm-forbidden';
  const verdict = assessSigningCertificate(certificate, { now, policy });
  if (!verdict.usable) return verdict.reasonCode;
  if (trust.state().source !== 'none' && !isTrusted(desk, certificate, policy.issuers))
    return 'untrusted-issuer';
  const known = revocation.known(certificate);
  if (known?.status === 'revoked') return 'revoked';
  return known?.status === 'unknown' ? 'status-unknown' : null;
}

/** The station's own key policy; without one the trust list's holds alone. */
function allowedHere({ deps }: Desk, { publicKeyKind }: NcaCertificate): boolean {
  const allowed = deps.station.fixed?.keyAlgorithms;
  return allowed === undefined || allowed.some((each) => publicKeyKind.startsWith(each));
}

function isTrusted(desk: Desk, leaf: NcaCertificate, issuers: readonly string[]): boolean {
  const now = desk.deps.clock.now();
  const path = buildChain({ leaf, ...desk.deps.trust.current().of('officer', now), now });
  return path.ok && (issuers.length === 0 || issuers.includes(path.path[1]?.sha256 ?? ''));
}

/** The same after asking the node, when the line may be there. Costs no PIN try. */
export async function askedKeyFault(
  desk: Desk,
  certificate: NcaCertificate,
): Promise<KeyFault | null> {
  const before = keyFault(desk, certificate);
  if (before !== null && before !== 'revoked' && before !== 'status-unknown') return before;
  await desk.deps.revocation.ask(certificate, 'officer', FRESH_MS);
  return keyFault(desk, certificate);
}

/**
 * Asks about the listed keys behind the officer's back, so that a revoked one is named before it is chosen.
 * The list is told anew only when something about a key became known.
 */
export async function askListed(desk: Desk, ders: readonly Uint8Array[]): Promise<void> {
  if (desk.deps.trust.state().source === 'none') return;
  let news = false;
  for (const der of ders) {
    const read = readCertificate(der);
    if (!read.ok) continue;
    const before = keyFault(desk, read.certificate);
    if (before !== null && before !== 'revoked' && before !== 'status-unknown') continue;
    const said = await desk.deps.revocation.ask(read.certificate, 'officer', FRESH_MS);
    if (said.status === 'unavailable' && said.why === 'no-answer') return;
    news ||= keyFault(desk, read.certificate) !== before;
  }
  if (news) desk.deps.push({ topic: 'tokens' });
}

/**
 * What forbids a signature: besides the faults, that nothing good was heard of the certificate for
 * longer than the trust list allows. A dead OCSP service alone stops nobody within that time.
 */
export function signingFault(desk: OpenDesk): KeyFault | null {
  const { certificate } = desk.session.key;
  const fault = keyFault(desk, certificate);
  if (fault !== null) return fault;
  const { trust, revocation, clock } = desk.deps;
  if (trust.state().source === 'none') return 'untrusted-issuer';
  const known = revocation.known(certificate);
  const age = clock.now().getTime() - (known?.asOf.getTime() ?? 0);
  return age <= trust.current().officerHours * HOUR_MS ? null : 'revocation-unavailable';
}

/** Before a signature: asks when the line is there and the last answer is not fresh. */
export async function askedSigningFault(desk: OpenDesk): Promise<KeyFault | null> {
  if (desk.line.state === 'online' && signingFault(desk) !== 'untrusted-issuer')
    await desk.deps.revocation.ask(desk.session.key.certificate, 'officer', FRESH_MS);
  return signingFault(desk);
}
