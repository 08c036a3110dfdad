// Signs the content of a time-stamp token anew with any certificate, past the checks of an honest authority.
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readDer } from '../../src/shared/cades/der.ts';
import {
  context,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  tlv,
} from '../../src/shared/cades/der-write.ts';
import { OID } from '../../src/shared/cades/oids.ts';
import { readTimeStampToken, TOKEN_LIMITS } from '../../src/shared/cades/timestamp-token.ts';
import { readPemCertificates } from '../../src/shared/cades/trust.ts';
import type { PkiKey } from '../../stand/pki/pki-keys.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** `signer` has an RSA key; the certificates of the old token stay out, the issuing CA is the reader's. */
export function forgeToken(token: Uint8Array, { certPem, keyPem }: PkiKey): Uint8Array {
  const { content } = readTimeStampToken(token);
  const [certificate] = readPemCertificates(certPem);
  if (!certificate) throw new Error('no certificate');
  const algorithm = sequence(oid(OID.sha256), nothing());
  const attributes = [
    sequence(oid(OID.contentType), setOf(oid(OID.timeStampInfo))),
    sequence(oid(OID.messageDigest), setOf(octets(sha256(content)))),
    sequence(
      oid(OID.signingCertificateV2),
      setOf(sequence(sequence(sequence(octets(sha256(certificate.der)))))),
    ),
  ];
  const signedAttributes = setOf(...attributes);
  const signature = sign('sha256', signedAttributes, createPrivateKey(keyPem));
  const { body } = readDer(signedAttributes, TOKEN_LIMITS);
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuerDer, certificate.serialDer),
    algorithm,
    tlv(0xa0, body),
    sequence(oid(OID.sha256WithRsa), nothing()),
    octets(signature),
  );
  const signedData = sequence(
    integer(3),
    setOf(algorithm),
    sequence(oid(OID.timeStampInfo), context(0, octets(content))),
    context(0, certificate.der),
    setOf(signerInfo),
  );
  return sequence(oid(OID.signedData), context(0, signedData));
}
