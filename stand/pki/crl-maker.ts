// Revocation lists of the training CA: a base, and deltas that say what came after it.
import { createPrivateKey } from 'node:crypto';
import type { NcaCertificate } from '../../src/shared/cades/certificate-types.ts';
import {
  context,
  enumerated,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  time,
  unsigned,
  yes,
} from '../../src/shared/cades/der-write.ts';
import { OID } from '../../src/shared/cades/oids.ts';
import { CRL_REASONS } from '../../src/shared/cades/revocation.ts';
import { signatureOver } from './ocsp-responder.ts';
import type { BookEntry } from './status-book.ts';

export interface CrlOrder {
  readonly number: number;
  /** Present = a delta to this base. */
  readonly baseNumber?: number;
  readonly asOf: Date;
  readonly until: Date;
  readonly entries: ReadonlyMap<string, BookEntry>;
}

/** DER of a CertificateList signed by the CA itself. */
export function makeCrl(issuer: NcaCertificate, keyPem: string, order: CrlOrder): Uint8Array {
  const key = createPrivateKey(keyPem);
  const rows = [...order.entries].map(([serialHex, { at, reason }]) =>
    sequence(
      unsigned(Buffer.from(serialHex, 'hex')),
      time(at),
      sequence(sequence(oid(OID.crlReason), octets(enumerated(CRL_REASONS.indexOf(reason))))),
    ),
  );
  const numbers = [
    sequence(oid(OID.crlNumber), octets(integer(order.number))),
    ...(order.baseNumber === undefined
      ? []
      : [sequence(oid(OID.deltaCrl), yes(), octets(integer(order.baseNumber)))]),
  ];
  const algorithm =
    key.asymmetricKeyType === 'rsa'
      ? sequence(oid(OID.sha256WithRsa), nothing())
      : sequence(oid(OID.ecdsaWithSha256));
  const tbs = sequence(
    integer(1),
    algorithm,
    issuer.subjectDer,
    time(order.asOf),
    time(order.until),
    ...(rows.length === 0 ? [] : [sequence(...rows)]),
    context(0, sequence(...numbers)),
  );
  return sequence(tbs, ...signatureOver(tbs, key));
}
