// Issues certificates of services: OCSP responder, time-stamp authority, signer of documents.
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { OID } from '../../src/shared/cades/oids.ts';
import {
  algorithmOf,
  exportKeyPem,
  pemOf,
  serial,
  subjectOf,
  type Authority,
  type Validity,
} from './issue.ts';
import type { PkiKey } from './pki-keys.ts';

export type ServicePurpose = 'ocsp' | 'tsa' | 'document';

export interface ServiceRequest extends Validity {
  readonly issuer: Authority;
  readonly commonName: string;
  readonly kind: 'rsa' | 'ec-p256';
  readonly purpose: ServicePurpose;
  /** False only in tests: a TSA whose purpose is not critical (RFC 3161 2.3 demands it). */
  readonly critical?: boolean;
  /** False only in tests: a responder whose own revocation would have to be asked. */
  readonly noCheck?: boolean;
}

const FLAG = x509.KeyUsageFlags;
const PURPOSE: Readonly<Record<ServicePurpose, string | null>> = {
  ocsp: OID.ocspSigning,
  tsa: OID.timeStamping,
  document: null,
};

/** A new software key and its certificate. */
export async function issueService(
  request: ServiceRequest,
): Promise<PkiKey & { readonly certDer: Uint8Array }> {
  const { issuer, purpose, notBefore, notAfter } = request;
  const keys = (await webcrypto.subtle.generateKey(algorithmOf(request.kind), true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const eku = PURPOSE[purpose];
  const critical = request.critical ?? purpose === 'tsa';
  const noCheck = purpose === 'ocsp' && request.noCheck !== false;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: new x509.Name([
      { CN: [{ utf8String: request.commonName }] },
      { C: [{ printableString: 'KZ' }] },
    ]),
    issuer: subjectOf(issuer),
    notBefore,
    notAfter,
    publicKey: keys.publicKey,
    signingKey: issuer.privateKey,
    signingAlgorithm: algorithmOf(issuer.kind),
    extensions: [
      ...(eku === null ? [] : [new x509.ExtendedKeyUsageExtension([eku], critical)]),
      new x509.KeyUsagesExtension(FLAG.digitalSignature | FLAG.nonRepudiation, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(noCheck ? [new x509.Extension(OID.ocspNoCheck, false, Uint8Array.of(5, 0))] : []),
    ],
  });
  const certDer = new Uint8Array(certificate.rawData);
  return { certDer, certPem: pemOf(certDer), keyPem: await exportKeyPem(keys.privateKey) };
}
