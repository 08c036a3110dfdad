// The CA's services as the node reaches them: OCSP, lists, time-stamps; each with the ways it may fail.
import { z } from 'zod';
import type { NcaCertificate } from '../../src/shared/cades/certificate-types.ts';
import { CRL_REASONS, type RevocationReason } from '../../src/shared/cades/revocation.ts';
import { readPemCertificates } from '../../src/shared/cades/trust.ts';
import { makeCrl } from '../pki/crl-maker.ts';
import { createOcspResponder } from '../pki/ocsp-responder.ts';
import type { PkiKeys } from '../pki/pki-keys.ts';
import type { BookEntry } from '../pki/status-book.ts';
import { openTimeStampAuthority } from '../pki/time-stamp-authority.ts';

const HOUR_MS = 3_600_000;

/** Switches of the control port. */
export const serviceSwitches = z.strictObject({
  ocsp: z.enum(['on', 'dead', 'no-nonce', 'foreign']).optional(),
  /** How long an answer may be used. */
  ocspSeconds: z.int().min(1).max(86_400).optional(),
  crl: z.enum(['on', 'dead', 'stale']).optional(),
  tsa: z.enum(['on', 'dead']).optional(),
  trustList: z.enum(['good', 'older', 'expired', 'broken-signature', 'unknown-signer']).optional(),
});
export type ServiceSwitches = z.infer<typeof serviceSwitches>;

export const certificateState = z.strictObject({
  /** Serial number, lower-case hex. */
  serial: z.string().regex(/^[0-9a-f]{1,40}$/),
  state: z.enum(['good', 'revoked', 'unknown']),
  reason: z
    .enum(
      CRL_REASONS.filter((reason) => reason !== null) as [RevocationReason, ...RevocationReason[]],
    )
    .optional(),
});
export type CertificateState = z.infer<typeof certificateState>;

/** The service did not answer. */
export class ServiceDead extends Error {}

export interface CaServices {
  readonly issuer: NcaCertificate;
  readonly switches: Required<{ [K in keyof ServiceSwitches]: NonNullable<ServiceSwitches[K]> }>;
  /** @throws ServiceDead */
  ocsp(request: Uint8Array): Uint8Array;
  /** @throws ServiceDead */
  lists(): { readonly base: Uint8Array; readonly delta: Uint8Array };
  /** @throws ServiceDead or Error */
  stamp(request: Uint8Array): Promise<Uint8Array>;
  put(state: CertificateState): void;
  close(): void;
}

/** Opens the services of the training CA; `now` is the node's clock (the TSA has the machine's). */
export function openCaServices(keys: PkiKeys, now: () => Date): CaServices {
  const [issuer] = readPemCertificates(keys.issuing.certPem);
  if (!issuer) throw new Error('the training CA has no certificate');
  const revoked = new Map<string, BookEntry>();
  const unknown = new Set<string>();
  const responder = createOcspResponder(issuer, keys.ocsp);
  // A certificate of the same CA that was never named a responder.
  const stranger = createOcspResponder(issuer, keys.tsa);
  const tsa = openTimeStampAuthority(keys.tsa, keys.issuing.certPem);
  const switches: { -readonly [K in keyof CaServices['switches']]: CaServices['switches'][K] } = {
    ocsp: 'on',
    ocspSeconds: 600,
    crl: 'on',
    tsa: 'on',
    trustList: 'good',
  };
  // The base is of the start; whatever changes later stands in the delta.
  const base = { asOf: now(), entries: new Map(revoked) };
  let number = 1;
  return {
    issuer,
    switches,
    ocsp(request) {
      if (switches.ocsp === 'dead') throw new ServiceDead('ocsp');
      return (switches.ocsp === 'foreign' ? stranger : responder).answer(
        request,
        { revoked, unknown },
        {
          now: now(),
          validSeconds: switches.ocspSeconds,
          nonce: switches.ocsp !== 'no-nonce',
        },
      );
    },
    lists() {
      if (switches.crl === 'dead') throw new ServiceDead('crl');
      const at = now().getTime();
      const stale = switches.crl === 'stale';
      const term = (hours: number) => ({
        asOf: new Date(stale ? at - 48 * HOUR_MS : Math.min(at, base.asOf.getTime())),
        until: new Date(stale ? at - 24 * HOUR_MS : at + hours * HOUR_MS),
      });
      number += 1;
      const order = { entries: base.entries, number: 1 };
      return {
        base: makeCrl(issuer, keys.issuing.keyPem, { ...order, ...term(24) }),
        delta: makeCrl(issuer, keys.issuing.keyPem, {
          number,
          baseNumber: 1,
          ...term(1),
          ...(stale ? {} : { asOf: new Date(at) }),
          entries: revoked,
        }),
      };
    },
    stamp(request) {
      if (switches.tsa === 'dead') return Promise.reject(new ServiceDead('tsa'));
      return tsa.stamp(request);
    },
    put({ serial, state, reason }) {
      revoked.delete(serial);
      unknown.delete(serial);
      if (state === 'revoked') revoked.set(serial, { at: now(), reason: reason ?? 'unspecified' });
      if (state === 'unknown') unknown.add(serial);
    },
    close: () => tsa.close(),
  };
}
