// Detached CAdES-B-B of an applicant with a GOST key, written byte by byte as the NCA's software writes it.
import { createHash } from 'node:crypto';
import {
  context,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  time,
} from '../../src/shared/cades/der-write.ts';
import { streebog512 } from '../../src/shared/cades/gost/streebog.ts';
import { GOST_SIGNATURE, type GostAuthority } from './gost-issue.ts';
import type { GostKey } from './gost-key.ts';

const DIGEST = sequence(oid('1.2.398.3.10.1.3.3'), nothing());
const DATA = oid('1.2.840.113549.1.7.1');
const attribute = (type: string, value: Uint8Array): Uint8Array =>
  sequence(oid(type), setOf(value));

/** Signer's and issuing CA's certificates inside; signing-certificate-v2 by SHA-256. */
export function signGostCms(
  content: Uint8Array,
  signer: { readonly certDer: Uint8Array; readonly serial: Uint8Array; readonly key: GostKey },
  issuer: GostAuthority,
  signingTime: Date,
): Uint8Array {
  const sha256 = createHash('sha256').update(signer.certDer).digest();
  const attributes = setOf(
    attribute('1.2.840.113549.1.9.3', DATA),
    attribute('1.2.840.113549.1.9.4', octets(streebog512(content))),
    attribute('1.2.840.113549.1.9.5', time(signingTime)),
    attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octets(sha256))))),
  );
  const info = sequence(
    integer(1),
    sequence(issuer.name, signer.serial),
    DIGEST,
    // Signed under the SET tag, written under [0].
    Buffer.concat([Uint8Array.of(0xa0), attributes.subarray(1)]),
    GOST_SIGNATURE,
    octets(signer.key.sign(attributes)),
  );
  const certificates = Buffer.concat([setOf(signer.certDer, issuer.certDer)]);
  certificates[0] = 0xa0;
  const data = sequence(integer(1), setOf(DIGEST), sequence(DATA), certificates, setOf(info));
  return sequence(oid('1.2.840.113549.1.7.2'), context(0, data));
}
