// Certificates out of PEM files, split into anchors and the issuing CAs that stand beside them.
import { readCertificate } from './certificate.ts';
import type { NcaCertificate } from './certificate-types.ts';

export interface TrustMaterial {
  readonly anchors: readonly NcaCertificate[];
  readonly intermediates: readonly NcaCertificate[];
}

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/**
 * All certificates of a PEM text, in order.
 * @throws Error when a block is broken or none is there: the file is the administrator's, not a guest's.
 */
export function readPemCertificates(pem: string): NcaCertificate[] {
  const found = [...pem.matchAll(BLOCK)].map(([, body = ''], i) => {
    const read = readCertificate(Buffer.from(body, 'base64'));
    if (!read.ok) throw new Error(`certificate ${i + 1} of the PEM text: ${read.detail}`);
    return read.certificate;
  });
  if (found.length === 0) throw new Error('no certificate in the PEM text');
  return found;
}

/** A configured trust file: self-issued CA certificates are anchors, all others only help the path. */
export function readTrustPem(pem: string): TrustMaterial {
  const all = readPemCertificates(pem);
  const anchor = (c: NcaCertificate) => c.selfIssued && c.isCa;
  return { anchors: all.filter(anchor), intermediates: all.filter((c) => !anchor(c)) };
}
