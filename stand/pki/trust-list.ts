// Makes the training trust list: the demo PKI's anchors with their purposes, signed by the list's own key.
import { createPrivateKey, sign } from 'node:crypto';
import { toBeSigned } from '../../src/shared/cades/build.ts';
import type { NcaCertificate } from '../../src/shared/cades/certificate-types.ts';
import { APPLICANT_POLICY, OFFICER_POLICY } from '../../src/shared/cades/signability.ts';
import { DEFAULT_OFFICER_HOURS, holderPolicyOf } from '../../src/shared/cades/trust-list.ts';
import { readPemCertificates } from '../../src/shared/cades/trust.ts';
import { canonicalBytes } from '../../src/shared/central/statement.ts';
import type { TrustListBody, TrustPurpose } from '../../src/shared/central/trust-list.ts';
import type { PkiKey } from './pki-keys.ts';

const DAY_MS = 86_400_000;

export interface TrustListOrder {
  /** Roots and issuing CAs, PEM. */
  readonly trustPem: string;
  readonly version: number;
  readonly now: Date;
  readonly change?: Partial<TrustListBody>;
}

/** GOST keys are applicants' on this stand; all else stands under the one training root. */
const purposesOf = (certificate: NcaCertificate): TrustPurpose[] =>
  certificate.publicKeyKind === 'gost-512'
    ? ['applicant']
    : ['officer', 'applicant', 'tsa', 'ocsp'];

/** The list as it would be signed. */
export function trainingTrustList({
  trustPem,
  version,
  now,
  change,
}: TrustListOrder): TrustListBody {
  return {
    type: 'kualik/trust-list',
    format: 1,
    version,
    issuedAt: now.toISOString(),
    nextUpdate: new Date(now.getTime() + 30 * DAY_MS).toISOString(),
    anchors: readPemCertificates(trustPem).map((certificate) => ({
      certificate: Buffer.from(certificate.der).toString('base64'),
      kind: certificate.selfIssued ? 'root' : 'issuing',
      purposes: purposesOf(certificate),
      validFrom: certificate.notBefore.toISOString(),
      validTo: certificate.notAfter.toISOString(),
    })),
    policy: {
      officer: holderPolicyOf(OFFICER_POLICY),
      applicant: holderPolicyOf(APPLICANT_POLICY),
      tsa: { policies: [] },
    },
    revocation: { officerHours: DEFAULT_OFFICER_HOURS },
    ...change,
  };
}

export interface SignedTrustList {
  readonly list: Uint8Array;
  readonly signature: Uint8Array;
}

/** RFC 8785 bytes and the detached CAdES over them; the key is an RSA one in software. */
export function signTrustList(body: TrustListBody, signer: PkiKey, now: Date): SignedTrustList {
  const list = canonicalBytes(body);
  return { list, signature: signAsNode(list, signer, now) };
}

/** Detached CAdES of the list signer over any document of the node. */
export function signAsNode(bytes: Uint8Array, signer: PkiKey, now: Date): Uint8Array {
  const [certificate] = readPemCertificates(signer.certPem);
  if (!certificate) throw new Error('the list signer has no certificate');
  const job = toBeSigned({
    content: bytes,
    certDer: certificate.der,
    chainDer: [],
    signingTime: now,
  });
  const done = job.finish(sign('sha256', job.signedAttrsDer, createPrivateKey(signer.keyPem)));
  if (!done.ok) throw new Error(`own signature: ${done.code}`);
  return done.cms;
}
