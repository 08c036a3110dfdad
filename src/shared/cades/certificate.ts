// Reads an X.509 certificate of the NCA layout from DER: strict, bounded, names straight from ASN.1.
import { createHash } from 'node:crypto';
import { DerError, readDer, sameBytes } from './der.ts';
import { child, expectTag, smallInteger, TAG, timeValue, wholeBits } from './der-values.ts';
import { readExtensions } from './certificate-extensions.ts';
import { readName, type NcaName } from './certificate-name.ts';
import { readPublicKey } from './public-key.ts';
import type { NcaCertificate } from './certificate-types.ts';
import {
  KEY_STORAGE_FILE_PREFIX,
  KEY_STORAGE_TOKEN_PREFIX,
  ROLE_OIDS,
  type CertificateRole,
} from './oids.ts';

/** An officer's certificate is 1–2 KB; 32 KB leaves room for any CA. */
export const CERTIFICATE_LIMITS = { maxBytes: 32 * 1024, maxDepth: 16, maxNodes: 1000 } as const;

export type ReadCertificateResult =
  | { readonly ok: true; readonly certificate: NcaCertificate }
  | { readonly ok: false; readonly code: 'too-large' | 'malformed'; readonly detail: string };

/** Reads one DER certificate; never throws for bad bytes. Source: RFC 5280 and the NCA's layout. */
export function readCertificate(der: Uint8Array): ReadCertificateResult {
  if (der.length > CERTIFICATE_LIMITS.maxBytes)
    return { ok: false, code: 'too-large', detail: `${der.length} bytes` };
  try {
    return { ok: true, certificate: parse(Uint8Array.from(der)) };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { ok: false, code: 'malformed', detail: error.message };
  }
}

function parse(der: Uint8Array): NcaCertificate {
  const root = expectTag(readDer(der, CERTIFICATE_LIMITS), TAG.sequence);
  if (root.children.length !== 3) throw new DerError('certificate');
  const tbs = child(root, 0, TAG.sequence);
  const algorithm = child(root, 1, TAG.sequence);
  const [versionBox, serial, inner, issuer, validity, subject, spki, ...tail] = tbs.children;
  // Only version 3 has the extensions that every rule here is made of.
  if (versionBox?.tag !== 0xa0 || smallInteger(versionBox.children[0]) !== 2)
    throw new DerError('version');
  const serialDer = expectTag(serial, TAG.integer);
  if (!inner || !sameBytes(inner.raw, algorithm.raw)) throw new DerError('signature algorithm');
  const issuerNode = expectTag(issuer, TAG.sequence);
  const subjectNode = expectTag(subject, TAG.sequence);
  const name = readName(subjectNode);
  const extensions = readExtensions(tail.find((node) => node.tag === 0xa3));
  const key = readPublicKey(expectTag(spki, TAG.sequence));
  const dates = expectTag(validity, TAG.sequence);
  return {
    der,
    sha256: createHash('sha256').update(der).digest('hex'),
    serialHex: Buffer.from(serialDer.body)
      .toString('hex')
      .replace(/^00(?=.)/, ''),
    serialDer: serialDer.raw,
    subjectDer: subjectNode.raw,
    issuerDer: issuerNode.raw,
    ...personOf(name),
    issuerCommonName: readName(issuerNode).commonName,
    notBefore: timeValue(dates.children[0]),
    notAfter: timeValue(dates.children[1]),
    ...extensions,
    roles: rolesOf(extensions.ekuOids),
    keyStorage: storageOf(extensions.keyStorageOid),
    publicKeyKind: key.kind,
    publicKeyBits: key.bits,
    spkiDer: key.spkiDer,
    selfIssued: sameBytes(issuerNode.raw, subjectNode.raw),
    tbsDer: tbs.raw,
    signatureAlgorithmDer: algorithm.raw,
    signature: wholeBits(child(root, 2)),
  };
}

function personOf(name: NcaName) {
  const { commonName: cn, surname } = name;
  const rest = cn !== null && surname !== null && cn.startsWith(`${surname} `);
  return {
    subjectCommonName: cn,
    surname,
    givenName: rest ? cn.slice(surname.length).trim() || null : null,
    patronymic: name.givenName,
    organisation: name.organisation,
    email: name.email,
    iin: name.iin,
    bin: name.bin,
  };
}

const rolesOf = (ekuOids: readonly string[]): CertificateRole[] =>
  (Object.keys(ROLE_OIDS) as CertificateRole[]).filter((role) => ekuOids.includes(ROLE_OIDS[role]));

function storageOf(oid: string | null): 'file' | 'token' | null {
  if (oid?.startsWith(KEY_STORAGE_FILE_PREFIX)) return 'file';
  return oid?.startsWith(KEY_STORAGE_TOKEN_PREFIX) ? 'token' : null;
}
