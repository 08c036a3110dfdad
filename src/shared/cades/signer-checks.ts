// The checks on the message and its one signer, each throwing the refusal it stands for.
import { readCertificate } from './certificate.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { sameBytes } from './der.ts';
import { oidText } from './der-values.ts';
import { DIGEST_OF, digestOf, readDigest, type DigestName } from './digest.ts';
import { OID } from './oids.ts';
import { readSignatureAlgorithm, type SignatureAlgorithm } from './public-key.ts';
import { Refused } from './refused.ts';
import { algorithmsProtected, type SignedDataParts, type SignerParts } from './signed-data.ts';
import { certificateBinding } from './signing-certificate.ts';

/** A certificate of the message. @throws Refused */
export function readEmbedded(der: Uint8Array): NcaCertificate {
  const read = readCertificate(der);
  if (!read.ok) throw new Refused('malformed', `certificate: ${read.detail}`);
  return read.certificate;
}

/** The one certificate that issuer and serial number name. @throws Refused */
export function findSigner(bag: readonly NcaCertificate[], info: SignerParts): NcaCertificate {
  const found = bag.filter(
    (c) => sameBytes(c.issuerDer, info.issuerDer) && sameBytes(c.serialDer, info.serialDer),
  );
  const [signer] = found;
  if (!signer || found.length !== 1)
    throw new Refused('certificate-missing', `${found.length} certificates of the signer`);
  return signer;
}

export interface MessageAlgorithms {
  readonly signature: SignatureAlgorithm;
  readonly digest: DigestName;
}

/** Algorithms we can check, the same in every place that names them. @throws Refused or DerError */
export function checkAlgorithms(
  data: SignedDataParts,
  info: SignerParts,
  signer: NcaCertificate,
  strict: boolean,
): MessageAlgorithms {
  const signature = readSignatureAlgorithm(info.signatureAlgorithm);
  const digest = readDigest(info.digestAlgorithm);
  // A key we cannot read (a foreign curve) is no fault of the signature: it cannot be checked.
  const known = signature !== null && digest !== null && signer.publicKeyKind !== 'other';
  if (!known || DIGEST_OF[signature] !== digest)
    throw new Refused(
      'algorithm-unsupported',
      `${oidText(info.signatureAlgorithm.children[0])} (key ${signer.publicKeyKind})`,
    );
  const [declared, ...more] = data.digestAlgorithms;
  if (!declared || more.length > 0 || !sameBytes(declared.raw, info.digestAlgorithm.raw))
    throw new Refused('attributes-invalid', 'digest algorithms differ');
  const stated = info.attributes.has(OID.algorithmProtection);
  if ((strict || stated) && !algorithmsProtected(info))
    throw new Refused('attributes-invalid', 'algorithm protection is missing or differs');
  // Evidence added later is not covered by the signature: at level B-B there is none.
  if (strict && info.hasUnsignedAttributes)
    throw new Refused('attributes-invalid', 'unsigned attributes');
  return { signature, digest };
}

/** Content type and digest of the content in hand. @throws Refused */
export function checkAttributes(
  info: SignerParts,
  content: Uint8Array,
  algorithm: DigestName,
): void {
  const type = info.attributes.get(OID.contentType);
  const digest = info.attributes.get(OID.messageDigest);
  if (!type || oidText(type) !== OID.data || digest?.tag !== 0x04)
    throw new Refused('attributes-invalid', 'content type or message digest');
  if (!sameBytes(digest.body, digestOf(algorithm, content)))
    throw new Refused('digest-mismatch', 'the signature is over other content');
}

/** signing-certificate-v2 names this certificate. @throws Refused */
export function checkBinding(info: SignerParts, signer: NcaCertificate, required: boolean): void {
  const binding = certificateBinding(info.attributes.get(OID.signingCertificateV2), signer);
  if (binding === 'absent' && required)
    throw new Refused('signing-certificate-missing', 'no signing-certificate-v2');
  if (binding === 'other')
    throw new Refused('signing-certificate-mismatch', 'signing-certificate-v2 names another one');
}
