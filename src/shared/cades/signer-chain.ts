// The signer's certificate out of a CMS with those above it, as PEM: for people who check without us.
import { buildPemBlock } from './pem.ts';
import { readEmbedded, findSigner } from './signer-checks.ts';
import { readSignedData } from './signed-data.ts';
import { sameBytes } from './der.ts';
import type { NcaCertificate } from './certificate-types.ts';

const MOST = 5;

/**
 * Leaf first, then each issuer found among the CMS's own certificates and `known`, up to the root.
 * @throws DerError, Refused for a CMS that is not one of ours.
 */
export function findSignerChain(cms: Uint8Array, known: readonly NcaCertificate[]): string {
  const data = readSignedData(cms);
  const bag = data.certificates.map(readEmbedded);
  const [info] = data.signers;
  if (info === undefined) throw new Error('the CMS has no signer');
  const path: NcaCertificate[] = [findSigner(bag, info)];
  while (path.length < MOST) {
    const last = path[path.length - 1];
    if (last === undefined || last.selfIssued) break;
    const issuer = [...bag, ...known].find((one) => sameBytes(one.subjectDer, last.issuerDer));
    if (issuer === undefined) break;
    path.push(issuer);
  }
  return path.map(({ der }) => buildPemBlock('CERTIFICATE', der)).join('');
}
