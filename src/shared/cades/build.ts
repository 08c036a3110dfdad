// Makes a detached CAdES-B-B signature in two steps, with the private key staying in its token between them.
import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { readCertificate } from './certificate.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { compareBytes } from './der.ts';
import { OID } from './oids.ts';
import { signatureFits } from './public-key.ts';
import {
  digestForContent,
  digestParts,
  PROFILE,
  readingsOf,
  signatureParts,
  type SigningKind,
} from './signing-profile.ts';

export type ToBeSignedInput = (
  { readonly content: Uint8Array } | { readonly contentSha256: Uint8Array }
) & {
  readonly certDer: Uint8Array;
  /** The issuing CA; self-issued certificates are left out: a verifier has its own anchors. */
  readonly chainDer: readonly Uint8Array[];
  /** Informative only; whole seconds are kept. */
  readonly signingTime: Date;
};

export type FinishResult =
  | { readonly ok: true; readonly cms: Uint8Array }
  | { readonly ok: false; readonly code: 'signature-malformed' | 'signature-invalid' };

export interface ToBeSigned {
  /** DER SET OF the signed attributes: the bytes the token signs, whole. */
  readonly signedAttrsDer: Uint8Array;
  /**
   * Puts the token's answer (RSA block, r‖s, or GOST's s‖r) into the CMS.
   * The signature is checked with the certificate's own key first: a token may hold another key under its name.
   */
  finish(rawSignature: Uint8Array): FinishResult;
}

/** The caller asked to sign with a certificate that `assessSigningCertificate` would have refused. */
export class SigningInputError extends Error {}

const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const encode = (value: { toBER(): ArrayBuffer }): Uint8Array => new Uint8Array(value.toBER());

function readable(der: Uint8Array): NcaCertificate {
  const read = readCertificate(der);
  if (!read.ok) throw new SigningInputError(`certificate ${read.code}: ${read.detail}`);
  return read.certificate;
}

/**
 * Signed attributes of EN 319 122-1 level B-B over detached content.
 * @throws SigningInputError for a certificate that cannot be read, a key of a kind that cannot sign here,
 * or a SHA-256 digest in place of the content where the key wants another one.
 */
export function toBeSigned(input: ToBeSignedInput): ToBeSigned {
  const signer = readable(input.certDer);
  const kind = signer.publicKeyKind;
  if (kind === 'other') throw new SigningInputError(`key kind ${kind}`);
  const digest =
    'content' in input
      ? digestForContent(kind, input.content)
      : givenDigest(kind, input.contentSha256);
  const issuers = input.chainDer.map(readable).filter((certificate) => !certificate.selfIssued);
  const attributes = signedAttributes(signer, kind, digest, input.signingTime);
  const signedAttrsDer = encode(new asn1js.Set({ value: attributes.map((a) => a.toSchema()) }));
  return {
    signedAttrsDer,
    finish(rawSignature) {
      const readings = readingsOf(kind, rawSignature);
      if (readings.length === 0) return { ok: false, code: 'signature-malformed' };
      const algorithm = PROFILE[kind].algorithm;
      const signature = readings.find((one) =>
        signatureFits(signer, algorithm, signedAttrsDer, one),
      );
      if (!signature) return { ok: false, code: 'signature-invalid' };
      return { ok: true, cms: assemble(signer, issuers, kind, attributes, signature) };
    },
  };
}

function givenDigest(kind: SigningKind, contentSha256: Uint8Array): Uint8Array {
  if (PROFILE[kind].digest !== 'sha256' || contentSha256.length !== 32)
    throw new SigningInputError('content digest is not SHA-256');
  return contentSha256;
}

function signedAttributes(
  signer: NcaCertificate,
  kind: SigningKind,
  digest: Uint8Array,
  signingTime: Date,
): pkijs.Attribute[] {
  const octets = (bytes: Uint8Array) => new asn1js.OctetString({ valueHex: buffer(bytes) });
  const list = (...value: asn1js.AsnType[]) => new asn1js.Sequence({ value });
  const one = (type: string, value: asn1js.AsnType) =>
    new pkijs.Attribute({ type, values: [value] });
  const attributes = [
    one(OID.contentType, new asn1js.ObjectIdentifier({ value: OID.data })),
    one(OID.signingTime, new asn1js.UTCTime({ valueDate: signingTime })),
    one(OID.messageDigest, octets(digest)),
    // RFC 5035: hashAlgorithm is SHA-256 by DEFAULT and therefore not written in DER.
    one(OID.signingCertificateV2, list(list(list(octets(sha256(signer.der)))))),
    // RFC 6211: binds the algorithm names, which the signature itself does not cover.
    one(
      OID.algorithmProtection,
      list(
        list(...digestParts(kind)),
        new asn1js.Constructed({
          idBlock: { tagClass: 3, tagNumber: 1 },
          value: signatureParts(kind),
        }),
      ),
    ),
  ];
  // pkijs leaves the SET unsorted: BouncyCastle and GnuTLS re-encode it sorted and then refuse.
  return attributes
    .map((attribute) => ({ attribute, der: encode(attribute.toSchema()) }))
    .sort((a, b) => compareBytes(a.der, b.der))
    .map(({ attribute }) => attribute);
}

function assemble(
  signer: NcaCertificate,
  issuers: readonly NcaCertificate[],
  kind: SigningKind,
  attributes: pkijs.Attribute[],
  signature: Uint8Array,
): Uint8Array {
  const certificate = (c: NcaCertificate) => pkijs.Certificate.fromBER(buffer(c.der));
  const own = certificate(signer);
  const algorithm = (oid: string, withNull: boolean) =>
    new pkijs.AlgorithmIdentifier({
      algorithmId: oid,
      ...(withNull && { algorithmParams: new asn1js.Null() }),
    });
  const { oid, withNull, digestOid, digestWithNull } = PROFILE[kind];
  const digestAlgorithm = algorithm(digestOid, digestWithNull);
  const signerInfo = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    digestAlgorithm,
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: algorithm(oid, withNull),
    signature: new asn1js.OctetString({ valueHex: buffer(signature) }),
  });
  // The certificates box is a SET OF as well.
  const others = new Map(issuers.map((issuer) => [issuer.sha256, issuer]));
  others.delete(signer.sha256);
  const bag = [signer, ...others.values()].sort((a, b) => compareBytes(a.der, b.der));
  const signedData = new pkijs.SignedData({
    version: 1,
    digestAlgorithms: [digestAlgorithm],
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    signerInfos: [signerInfo],
    certificates: bag.map((c) => (c === signer ? own : certificate(c))),
  });
  const content = signedData.toSchema(true);
  return encode(new pkijs.ContentInfo({ contentType: OID.signedData, content }).toSchema());
}
