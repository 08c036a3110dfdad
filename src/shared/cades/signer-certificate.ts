// The signer's certificate of a message that was verified before: no further check is made here.
import { readCertificate } from './certificate.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { DerError } from './der.ts';
import { readSignedData } from './signed-data.ts';
import { findSigner } from './signer-checks.ts';

/** @throws Error when the message was never one of those: a bug of the caller. */
export function signerCertificate(cms: Uint8Array): NcaCertificate {
  const data = readSignedData(cms);
  const [signer] = data.signers;
  if (!signer) throw new DerError('no signer');
  const bag = data.certificates.flatMap((der) => {
    const read = readCertificate(der);
    return read.ok ? [read.certificate] : [];
  });
  return findSigner(bag, signer);
}
