// Revocation as the station knows it: asked of the CA through the node alone, answers kept while they are good.
import type { NcaCertificate } from '../../shared/cades/certificate-types.ts';
import { buildChain } from '../../shared/cades/chain.ts';
import { readCrlAnswer } from '../../shared/cades/crl.ts';
import { buildOcspRequest, readOcspAnswer } from '../../shared/cades/ocsp.ts';
import type { RevocationAnswer, RevocationUnavailable } from '../../shared/cades/revocation.ts';
import type { TrustPurpose } from '../../shared/central/trust-list.ts';
import type { CentralNode } from '../ports/central-node.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeptAnswer, StationFiles } from '../ports/station.ts';
import type { TrustKeeper } from './trust-keeper.ts';

type Known = Exclude<RevocationAnswer, { status: 'unavailable' }>;

export interface RevocationDesk {
  /** The last answer that said something, whatever its age; null = never had one. */
  known(certificate: NcaCertificate): Known | null;
  /** A kept answer no older than `maxAgeMs`, else a new one; `unavailable` says why there is none. */
  ask(
    certificate: NcaCertificate,
    purpose: TrustPurpose,
    maxAgeMs: number,
  ): Promise<RevocationAnswer>;
}

export interface RevocationParts {
  readonly node: Pick<CentralNode, 'revocation'>;
  readonly files: StationFiles;
  readonly trust: TrustKeeper;
  readonly clock: Pick<Clock, 'now'>;
  /** Random bytes for the nonce. */
  random(length: number): Uint8Array;
}

/** Lists of a country do not belong into the station's small file. */
const MOST_KEPT_BYTES = 64 * 1024;
const MOST_KEPT = 40;
/** While a last good answer serves, a dead service is not asked before each signature of a batch. */
const AGAIN_MS = 30_000;

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
const base64 = (data: Uint8Array): string => Buffer.from(data).toString('base64');
const unavailable = (why: RevocationUnavailable, detail: string): RevocationAnswer => ({
  status: 'unavailable',
  why,
  detail,
});

export function revocationDesk(parts: RevocationParts): RevocationDesk {
  const { node, files, trust, clock } = parts;
  const held = new Map<string, Known>();
  const running = new Map<string, Promise<RevocationAnswer>>();
  const silent = new Map<string, { readonly at: number; readonly answer: RevocationAnswer }>();

  const issuerOf = (certificate: NcaCertificate, purpose: TrustPurpose): NcaCertificate | null => {
    const now = clock.now();
    const path = buildChain({ leaf: certificate, ...trust.current().of(purpose, now), now });
    return path.ok ? (path.path[1] ?? null) : null;
  };

  /** An answer of an earlier start: its signature and dates are verified again, as of then. */
  function recalled(certificate: NcaCertificate): Known | null {
    const kept = files.readAnswers().find(({ certSha256 }) => certSha256 === certificate.sha256);
    if (kept === undefined) return null;
    const issuer = issuerOf(certificate, kept.purpose);
    if (issuer === null) return null;
    const now = new Date(kept.at);
    const answer =
      kept.kind === 'ocsp'
        ? readOcspAnswer({ response: bytes(kept.der), certificate, issuer, nonce: null, now })
        : readCrlAnswer({
            base: bytes(kept.der),
            delta: kept.delta === null ? null : bytes(kept.delta),
            certificate,
            issuer,
            now,
          });
    return answer.status === 'unavailable' ? null : answer;
  }

  function known(certificate: NcaCertificate): Known | null {
    const found = held.get(certificate.sha256) ?? recalled(certificate);
    if (found !== null) held.set(certificate.sha256, found);
    return found;
  }

  function keep(certificate: NcaCertificate, answer: Known, kept: KeptAnswer | null): Known {
    held.set(certificate.sha256, answer);
    // Applicants come by thousands and are asked once; officers' answers must outlive a restart.
    if (kept !== null && kept.purpose === 'officer') {
      const others = files.readAnswers().filter((one) => one.certSha256 !== certificate.sha256);
      files.writeAnswers([kept, ...others].slice(0, MOST_KEPT));
    }
    return answer;
  }

  async function askNow(
    certificate: NcaCertificate,
    purpose: TrustPurpose,
  ): Promise<RevocationAnswer> {
    const issuer = issuerOf(certificate, purpose);
    if (issuer === null) return unavailable('no-responder', 'no path to an anchor');
    const { sha256: certSha256 } = certificate;
    const at = (): string => clock.now().toISOString();
    let first: RevocationAnswer = unavailable('no-responder', 'not trusted for OCSP');
    const ocspTrusted = trust.current().of('ocsp', clock.now());
    if (isUnder(issuer, ocspTrusted.anchors, ocspTrusted.intermediates, clock.now())) {
      const nonce = parts.random(24);
      const request = base64(buildOcspRequest({ certificate, issuer, nonce }));
      const said = await node.revocation({ kind: 'ocsp', issuerSha256: issuer.sha256, request });
      if (!said.ok) return unavailable('no-answer', said.failure.kind);
      first = unavailable('no-answer', 'the service does not answer');
      if (said.value.kind === 'ocsp') {
        const { response: der } = said.value;
        const input = { response: bytes(der), certificate, issuer, nonce };
        first = readOcspAnswer({ ...input, now: clock.now() });
        if (first.status !== 'unavailable')
          return keep(certificate, first, {
            certSha256,
            purpose,
            kind: 'ocsp',
            der,
            delta: null,
            at: at(),
          });
      } else if (said.value.kind === 'unavailable') first = unavailable(said.value.why, 'OCSP');
    }
    const lists = await node.revocation({ kind: 'crl', issuerSha256: issuer.sha256 });
    if (!lists.ok || lists.value.kind !== 'crl') return first;
    const { base, delta } = lists.value;
    const answer = readCrlAnswer({
      base: bytes(base),
      delta: delta === null ? null : bytes(delta),
      certificate,
      issuer,
      now: clock.now(),
    });
    // Why OCSP said nothing is the better reason, unless there was nobody to ask.
    if (answer.status === 'unavailable')
      return first.status === 'unavailable' && first.why === 'no-answer' ? answer : first;
    const small = base.length + (delta?.length ?? 0) < MOST_KEPT_BYTES;
    const kept: KeptAnswer = { certSha256, purpose, kind: 'crl', der: base, delta, at: at() };
    return keep(certificate, answer, small ? kept : null);
  }

  return {
    known,
    async ask(certificate, purpose, maxAgeMs) {
      const found = known(certificate);
      const now = clock.now().getTime();
      if (found?.status === 'good' && found.until.getTime() > now)
        if (now - found.asOf.getTime() <= maxAgeMs) return found;
      const inVain = silent.get(certificate.sha256);
      if (found?.status === 'good' && inVain !== undefined && now - inVain.at < AGAIN_MS)
        return inVain.answer;
      const open = running.get(certificate.sha256) ?? askNow(certificate, purpose);
      running.set(certificate.sha256, open);
      try {
        const answer = await open;
        if (answer.status === 'unavailable') silent.set(certificate.sha256, { at: now, answer });
        else silent.delete(certificate.sha256);
        return answer;
      } finally {
        running.delete(certificate.sha256);
      }
    },
  };
}

/** The CA is an anchor itself, or stands under one. */
function isUnder(
  ca: NcaCertificate,
  anchors: readonly NcaCertificate[],
  intermediates: readonly NcaCertificate[],
  now: Date,
): boolean {
  return (
    anchors.some(({ sha256 }) => sha256 === ca.sha256) ||
    buildChain({ leaf: ca, anchors, intermediates, now }).ok
  );
}
