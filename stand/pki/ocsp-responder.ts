// The training CA's OCSP responder: real answers of RFC 6960 signed by a key the CA named for it.
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { NcaCertificate } from '../../src/shared/cades/certificate-types.ts';
import {
  bits,
  context,
  enumerated,
  generalizedTime,
  nothing,
  octets,
  oid,
  sequence,
  tlv,
} from '../../src/shared/cades/der-write.ts';
import { readOcspRequest } from '../../src/shared/cades/ocsp.ts';
import { OID } from '../../src/shared/cades/oids.ts';
import { CRL_REASONS } from '../../src/shared/cades/revocation.ts';
import { digest, publicKeyBits } from '../../src/shared/cades/signed-by.ts';
import { readPemCertificates } from '../../src/shared/cades/trust.ts';
import type { PkiKey } from './pki-keys.ts';
import type { StatusBook } from './status-book.ts';

export interface OcspResponder {
  /** DER of the answer; `malformedRequest` and `unauthorized` are answers as well. */
  answer(request: Uint8Array, book: StatusBook, when: OcspTimes): Uint8Array;
}

export interface OcspTimes {
  readonly now: Date;
  readonly validSeconds: number;
  /** False as a fault: the answer then may be an old one. */
  readonly nonce?: boolean;
}

/** `signer` = a delegated responder's key, or the CA's own. Key: RSA or P-256. */
export function createOcspResponder(issuer: NcaCertificate, signer: PkiKey): OcspResponder {
  const key = createPrivateKey(signer.keyPem);
  const [certificate] = readPemCertificates(signer.certPem);
  if (!certificate) throw new Error('the responder has no certificate');
  return {
    answer(request, book, { now, validSeconds, nonce = true }) {
      const asked = readOcspRequest(request);
      if (asked === null) return sequence(enumerated(1));
      const ours =
        Buffer.from(asked.issuerNameHash).equals(digest(asked.hash, issuer.subjectDer)) &&
        Buffer.from(asked.issuerKeyHash).equals(digest(asked.hash, publicKeyBits(issuer)));
      if (!ours) return sequence(enumerated(6));
      const echoed = nonce && asked.nonceDer !== null ? asked.nonceDer : null;
      const data = sequence(
        context(1, certificate.subjectDer),
        generalizedTime(now),
        sequence(
          sequence(
            asked.idDer,
            statusOf(asked.serialDer, book),
            generalizedTime(now),
            context(0, generalizedTime(new Date(now.getTime() + validSeconds * 1000))),
          ),
        ),
        ...(echoed === null ? [] : [context(1, sequence(echoed))]),
      );
      const basic = sequence(
        data,
        ...signatureOver(data, key),
        context(0, sequence(certificate.der)),
      );
      return sequence(enumerated(0), context(0, sequence(oid(OID.ocspBasic), octets(basic))));
    },
  };
}

function statusOf(serialDer: Uint8Array, { revoked, unknown }: StatusBook): Uint8Array {
  const serial = serialHexOf(serialDer);
  if (unknown.has(serial)) return tlv(0x82);
  const entry = revoked.get(serial);
  if (entry === undefined) return tlv(0x80);
  const reason = context(0, enumerated(CRL_REASONS.indexOf(entry.reason)));
  return context(1, generalizedTime(entry.at), reason);
}

/** As `NcaCertificate.serialHex` writes it. */
const serialHexOf = (serialDer: Uint8Array): string =>
  Buffer.from(serialDer.subarray(2))
    .toString('hex')
    .replace(/^00(?=.)/, '');

/** AlgorithmIdentifier and BIT STRING of a signature with SHA-256. */
export function signatureOver(data: Uint8Array, key: KeyObject): [Uint8Array, Uint8Array] {
  const rsa = key.asymmetricKeyType === 'rsa';
  return [
    rsa ? sequence(oid(OID.sha256WithRsa), nothing()) : sequence(oid(OID.ecdsaWithSha256)),
    bits(sign('sha256', data, rsa ? key : { key, dsaEncoding: 'der' })),
  ];
}
