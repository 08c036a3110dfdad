// The facts of a certificate that the workstation and the node decide by, in the NCA's layout.
import type { CertificateRole } from './oids.ts';

export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

export type PublicKeyKind = 'rsa' | 'ec-p256' | 'gost-512' | 'other';

export interface NcaCertificate {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string;
  /** Lower-case hex, without a leading sign byte. */
  readonly serialHex: string;
  readonly serialDer: Uint8Array;
  readonly subjectDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly subjectCommonName: string | null;
  readonly issuerCommonName: string | null;
  readonly surname: string | null;
  /** CN without the surname: the NCA writes surname and first name there. */
  readonly givenName: string | null;
  /** GN of the NCA layout. */
  readonly patronymic: string | null;
  readonly organisation: string | null;
  readonly email: string | null;
  /** 12 digits after `IIN` in serialNumber. */
  readonly iin: string | null;
  /** 12 digits after `BIN` in OU. */
  readonly bin: string | null;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyUsage: readonly KeyUsage[];
  readonly ekuOids: readonly string[];
  readonly roles: readonly CertificateRole[];
  readonly policies: readonly string[];
  readonly keyStorageOid: string | null;
  /** null: the extension is absent or names nothing we know. */
  readonly keyStorage: 'file' | 'token' | null;
  readonly publicKeyKind: PublicKeyKind;
  /** RSA modulus bits, 256 for P-256, 512 for GOST, else null. */
  readonly publicKeyBits: number | null;
  readonly spkiDer: Uint8Array;
  readonly isCa: boolean;
  readonly pathLength: number | null;
  readonly selfIssued: boolean;
  readonly subjectKeyId: Uint8Array | null;
  readonly authorityKeyId: Uint8Array | null;
  /** Critical extensions this reader does not know: such a certificate is not trusted (RFC 5280 4.2). */
  readonly unknownCritical: readonly string[];
  /** Every extension, and those marked critical: a TSA's purpose must be critical, a responder carries nocheck. */
  readonly extensionOids: readonly string[];
  readonly criticalOids: readonly string[];
  readonly tbsDer: Uint8Array;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signature: Uint8Array;
}
