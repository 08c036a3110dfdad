// GOST certificates of the training stand in the layout of Kazakhstan's NCA, written byte by byte.
import { createHash, randomBytes } from 'node:crypto';
import {
  bits,
  context,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  time,
  tlv,
  unsigned,
  yes,
  integer,
} from '../../src/shared/cades/der-write.ts';
import { gostKey, type GostKey } from './gost-key.ts';
import type { Validity } from './issue.ts';

/** The NCA writes NULL after the name of the signature. */
export const GOST_SIGNATURE = sequence(oid('1.2.398.3.10.1.1.2.3.2'), nothing());

export interface GostAuthority {
  readonly certDer: Uint8Array;
  /** DER Name. */
  readonly name: Uint8Array;
  readonly key: GostKey;
}

const utf8 = (text: string): Uint8Array => tlv(0x0c, Buffer.from(text));
const printable = (text: string): Uint8Array => tlv(0x13, Buffer.from(text));
const rdn = (type: string, value: Uint8Array): Uint8Array => setOf(sequence(oid(type), value));
const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();

const extension = (type: string, value: Uint8Array, critical = false): Uint8Array =>
  sequence(oid(type), ...(critical ? [yes()] : []), octets(value));
/** KeyUsage bits with their count of unused ones. */
const usage = (flags: number, unused: number): Uint8Array =>
  extension('2.5.29.15', tlv(0x03, Uint8Array.of(unused, flags)), true);
const keyIds = (own: GostKey, issuer: GostKey): Uint8Array[] => [
  extension('2.5.29.14', octets(sha1(own.point))),
  extension('2.5.29.35', sequence(tlv(0x80, sha1(issuer.point)))),
];

function issue(given: {
  readonly issuer: { readonly name: Uint8Array; readonly key: GostKey };
  readonly subject: Uint8Array;
  readonly key: GostKey;
  readonly validity: Validity;
  readonly extensions: readonly Uint8Array[];
}): { readonly certDer: Uint8Array; readonly serial: Uint8Array } {
  const { issuer, subject, key, validity, extensions } = given;
  const raw = randomBytes(20);
  raw[0] = ((raw[0] ?? 0) & 0x3f) | 0x40;
  const serial = unsigned(raw);
  const tbs = sequence(
    context(0, integer(2)),
    serial,
    GOST_SIGNATURE,
    issuer.name,
    sequence(time(validity.notBefore), time(validity.notAfter)),
    subject,
    key.spkiDer,
    context(3, sequence(...extensions)),
  );
  return { certDer: sequence(tbs, GOST_SIGNATURE, bits(issuer.key.sign(tbs))), serial };
}

/** A root, or with `issuer` an issuing CA of path length 0. */
export function issueGostAuthority(
  commonName: string,
  validity: Validity,
  issuer?: GostAuthority,
): GostAuthority {
  const key = gostKey();
  const name = sequence(rdn('2.5.4.3', utf8(commonName)), rdn('2.5.4.6', printable('KZ')));
  const constraints = sequence(yes(), ...(issuer ? [integer(0)] : []));
  const { certDer } = issue({
    issuer: issuer ?? { name, key },
    subject: name,
    key,
    validity,
    extensions: [
      extension('2.5.29.19', constraints, true),
      usage(0x06, 1), // keyCertSign, cRLSign
      ...keyIds(key, issuer?.key ?? key),
    ],
  });
  return { certDer, name, key };
}

export interface GostPerson {
  readonly surname: string;
  readonly name: string;
  readonly patronymic: string | null;
  readonly iin: string;
}

/** An individual's signing certificate with its key in a PKCS#12 file, as most citizens have it. */
export function issueGostPerson(
  issuer: GostAuthority,
  person: GostPerson,
  validity: Validity,
): { readonly certDer: Uint8Array; readonly serial: Uint8Array; readonly key: GostKey } {
  const key = gostKey();
  const subject = sequence(
    rdn('2.5.4.3', utf8(`${person.surname} ${person.name}`)),
    rdn('2.5.4.4', utf8(person.surname)),
    rdn('2.5.4.5', printable(`IIN${person.iin}`)),
    rdn('2.5.4.6', printable('KZ')),
    ...(person.patronymic === null ? [] : [rdn('2.5.4.42', utf8(person.patronymic))]),
  );
  const extensions = [
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.4'), oid('1.2.398.3.3.4.1.1'))),
    usage(0xc8, 3), // digitalSignature, nonRepudiation, keyAgreement
    extension('2.5.29.32', sequence(sequence(oid('1.2.398.3.3.2')))),
    ...keyIds(key, issuer.key),
    extension('1.2.398.3.3.5', sequence(oid('1.2.398.3.3.5.1.1'))),
  ];
  return { ...issue({ issuer, subject, key, validity, extensions }), key };
}
