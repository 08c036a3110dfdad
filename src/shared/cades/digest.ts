// The digests a signature may be made with, by name and by AlgorithmIdentifier.
import { createHash } from 'node:crypto';
import { DerError, type DerNode } from './der.ts';
import { expectTag, oidText, TAG } from './der-values.ts';
import { streebog512 } from './gost/streebog.ts';
import { OID } from './oids.ts';
import type { SignatureAlgorithm } from './public-key.ts';

export type DigestName = 'sha256' | 'streebog512';

export const digestOf = (name: DigestName, data: Uint8Array): Uint8Array =>
  name === 'sha256' ? createHash('sha256').update(data).digest() : streebog512(data);

const BY_OID: Readonly<Record<string, DigestName>> = {
  [OID.sha256]: 'sha256',
  [OID.streebog512]: 'streebog512',
};

/** The digest named, with no or NULL parameters; null for one we do not compute. @throws DerError */
export function readDigest(node: DerNode): DigestName | null {
  const [oid, parameters, ...rest] = expectTag(node, TAG.sequence).children;
  const found = BY_OID[oidText(oid)];
  if (!found) return null;
  if (rest.length > 0 || (parameters && parameters.tag !== TAG.null))
    throw new DerError('digest parameters');
  return found;
}

/** Which digest a CMS made with this algorithm must use; null where we take none. */
export const DIGEST_OF: Readonly<Partial<Record<SignatureAlgorithm, DigestName>>> = {
  'rsa-sha256': 'sha256',
  'ecdsa-sha256': 'sha256',
  'gost-512': 'streebog512',
};
