// What differs between RSA, P-256 and GOST when a CMS is made: names, parameters, digest, form of the signature.
import * as asn1js from 'asn1js';
import { digestOf, type DigestName } from './digest.ts';
import { ecdsaDer } from './ecdsa-der.ts';
import { tokenSignatureReadings } from './gost/byte-order.ts';
import { OID } from './oids.ts';
import type { SignatureAlgorithm } from './public-key.ts';

export type SigningKind = 'rsa' | 'ec-p256' | 'gost-512';

interface Profile {
  readonly algorithm: SignatureAlgorithm;
  readonly oid: string;
  readonly withNull: boolean;
  readonly digest: DigestName;
  readonly digestOid: string;
  readonly digestWithNull: boolean;
}

const SHA256 = { digest: 'sha256', digestOid: OID.sha256, digestWithNull: false } as const;

/** RSA carries NULL, ECDSA nothing (RFC 3370, RFC 5754); the NCA writes NULL after both its GOST names. */
export const PROFILE: Readonly<Record<SigningKind, Profile>> = {
  rsa: { ...SHA256, algorithm: 'rsa-sha256', oid: OID.sha256WithRsa, withNull: true },
  'ec-p256': { ...SHA256, algorithm: 'ecdsa-sha256', oid: OID.ecdsaWithSha256, withNull: false },
  'gost-512': {
    algorithm: 'gost-512',
    oid: OID.gostSignature512,
    withNull: true,
    digest: 'streebog512',
    digestOid: OID.streebog512,
    digestWithNull: true,
  },
};

export const digestForContent = (kind: SigningKind, content: Uint8Array): Uint8Array =>
  digestOf(PROFILE[kind].digest, content);

/** What the token's answer may mean as a CMS signature value; none when its length is wrong. */
export function readingsOf(kind: SigningKind, raw: Uint8Array): readonly Uint8Array[] {
  if (kind === 'gost-512') return tokenSignatureReadings(raw);
  const one = kind === 'rsa' ? raw : ecdsaDer(raw);
  return one ? [one] : [];
}

const named = (oid: string, withNull: boolean): asn1js.AsnType[] => [
  new asn1js.ObjectIdentifier({ value: oid }),
  ...(withNull ? [new asn1js.Null()] : []),
];

/** Content of the signature's AlgorithmIdentifier. */
export const signatureParts = (kind: SigningKind): asn1js.AsnType[] =>
  named(PROFILE[kind].oid, PROFILE[kind].withNull);

/** Content of the digest's AlgorithmIdentifier. */
export const digestParts = (kind: SigningKind): asn1js.AsnType[] =>
  named(PROFILE[kind].digestOid, PROFILE[kind].digestWithNull);
