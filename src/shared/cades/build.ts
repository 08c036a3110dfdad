// Makes a detached CAdES-B-B signature in two steps, with the private key staying in its token between them.
import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { readCertificate } from './certificate.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { compareBytes } from './der.ts';
import { ecdsaDer } from './ecdsa-der.ts';
import { OID } from './oids.ts';
import { signatureFits } from './public-key.ts';

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
   * Puts the token's answer (RSA block, or r‖s) into the CMS.
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
 * @throws SigningInputError for a certificate that cannot be read or whose key is neither RSA nor P-256.
 */
export function toBeSigned(input: ToBeSignedInput): ToBeSigned {
  const signer = readable(input.certDer);
  const kind = signer.publicKeyKind;
  if (kind !== 'rsa' && kind !== 'ec-p256') throw new SigningInputError(`key kind ${kind}`);
  const digest = 'content' in input ? sha256(input.content) : input.contentSha256;
  if (digest.length !== 32) throw new SigningInputError('content digest is not SHA-256');
  const issuers = input.chainDer.map(readable).filter((certificate) => !certificate.selfIssued);
  const attributes = signedAttributes(signer, kind, digest, input.signingTime);
  const signedAttrsDer = encode(new asn1js.Set({ value: attributes.map((a) => a.toSchema()) }));
  return {
    signedAttrsDer,
    finish(rawSignature) {
      const signature = kind === 'rsa' ? rawSignature : ecdsaDer(rawSignature);
      if (signature === null) return { ok: false, code: 'signature-malformed' };
      const algorithm = kind === 'rsa' ? 'rsa-sha256' : 'ecdsa-sha256';
      if (!signatureFits(signer, algorithm, signedAttrsDer, signature))
        return { ok: false, code: 'signature-invalid' };
      return { ok: true, cms: assemble(signer, issuers, kind, attributes, signature) };
    },
  };
}

/** RSA carries NULL parameters, ECDSA none (RFC 3370, RFC 5754). */
const signatureParts = (kind: 'rsa' | 'ec-p256'): asn1js.AsnType[] =>
  kind === 'rsa'
    ? [new asn1js.ObjectIdentifier({ value: OID.sha256WithRsa }), new asn1js.Null()]
    : [new asn1js.ObjectIdentifier({ value: OID.ecdsaWithSha256 })];

function signedAttributes(
  signer: NcaCertificate,
  kind: 'rsa' | 'ec-p256',
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
        list(new asn1js.ObjectIdentifier({ value: OID.sha256 })),
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
  kind: 'rsa' | 'ec-p256',
  attributes: pkijs.Attribute[],
  signature: Uint8Array,
): Uint8Array {
  const certificate = (c: NcaCertificate) => pkijs.Certificate.fromBER(buffer(c.der));
  const own = certificate(signer);
  const digestAlgorithm = new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 });
  const signerInfo = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    digestAlgorithm,
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: new pkijs.AlgorithmIdentifier(
      kind === 'rsa'
        ? { algorithmId: OID.sha256WithRsa, algorithmParams: new asn1js.Null() }
        : { algorithmId: OID.ecdsaWithSha256 },
    ),
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
