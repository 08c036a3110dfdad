// Object identifiers of the signature profile and of the NCA certificate layout, named once.

export const OID = {
  // CMS, CAdES (RFC 5652, RFC 5035, RFC 6211, EN 319 122-1)
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  algorithmProtection: '1.2.840.113549.1.9.52',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  // Evidence: time-stamps (RFC 3161), OCSP (RFC 6960), CRL (RFC 5280 5)
  signingCertificateV1: '1.2.840.113549.1.9.16.2.12',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  ocspBasic: '1.3.6.1.5.5.7.48.1.1',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  crlNumber: '2.5.29.20',
  crlReason: '2.5.29.21',
  deltaCrl: '2.5.29.27',
  sha1: '1.3.14.3.2.26',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  // Algorithms we compute
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha384WithRsa: '1.2.840.113549.1.1.12',
  sha512WithRsa: '1.2.840.113549.1.1.13',
  ecPublicKey: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  // GOST R 34.10-2015 of Kazakhstan's NCA, 512 bits
  gostKey512: '1.2.398.3.10.1.1.2.2',
  /** Parameter set A: the curve id-tc26-gost-3410-12-512-paramSetA. */
  gostParamSetA: '1.2.398.3.10.1.1.2.2.1',
  gostSignature512: '1.2.398.3.10.1.1.2.3.2',
  streebog512: '1.2.398.3.10.1.3.3',
  // X.509 extensions and name parts
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  organisation: '2.5.4.10',
  organisationalUnit: '2.5.4.11',
  givenName: '2.5.4.42',
  email: '1.2.840.113549.1.9.1',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  /** NCA extension: where the private key lives. */
  ncaKeyStorage: '1.2.398.3.3.5',
  ncaPolicy: '1.2.398.3.3.2',
} as const;

/** What an NCA extended key usage says about the holder (signing facts, section 2). */
export type CertificateRole =
  | 'individual'
  | 'legal-entity'
  | 'head'
  | 'signatory'
  | 'finance'
  | 'hr'
  | 'employee'
  | 'information-system'
  | 'civil-servant';

export const ROLE_OIDS: Readonly<Record<CertificateRole, string>> = {
  individual: '1.2.398.3.3.4.1.1',
  'legal-entity': '1.2.398.3.3.4.1.2',
  head: '1.2.398.3.3.4.1.2.1',
  signatory: '1.2.398.3.3.4.1.2.2',
  finance: '1.2.398.3.3.4.1.2.3',
  hr: '1.2.398.3.3.4.1.2.4',
  employee: '1.2.398.3.3.4.1.2.5',
  'information-system': '1.2.398.3.3.4.1.2.6',
  'civil-servant': '1.2.398.3.2.3.4',
};

/** Key-storage values: …5.1.x are files (PKCS#12, JKS), …5.2.x are cards and tokens. */
export const KEY_STORAGE_FILE_PREFIX = '1.2.398.3.3.5.1.';
export const KEY_STORAGE_TOKEN_PREFIX = '1.2.398.3.3.5.2.';
