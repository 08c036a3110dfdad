// Certificate revocation lists of RFC 5280: a fresh base, a fresh delta when one is given, both of this CA.
import type { NcaCertificate } from './certificate-types.ts';
import { DerError, readDer, sameBytes, type DerNode } from './der.ts';
import { child, expectTag, oidText, TAG, timeValue, wholeBits } from './der-values.ts';
import { OID } from './oids.ts';
import {
  answered,
  CRL_REASONS,
  NotAvailable,
  REVOCATION_SKEW_MS,
  type RevocationAnswer,
  type RevocationReason,
} from './revocation.ts';
import { signedBy } from './signed-by.ts';

/** A CA of a country: some hundred thousand rows of 40 bytes. */
export const CRL_LIMITS = {
  maxBytes: 15 * 1024 * 1024,
  maxDepth: 12,
  maxNodes: 4_000_000,
} as const;

export interface CrlInput {
  readonly base: Uint8Array;
  readonly delta: Uint8Array | null;
  readonly certificate: NcaCertificate;
  readonly issuer: NcaCertificate;
  readonly now: Date;
}

interface Entry {
  readonly at: Date;
  readonly reason: RevocationReason | null;
}

interface Crl {
  readonly number: bigint;
  /** Of a delta: the base it starts from. */
  readonly baseNumber: bigint | null;
  readonly asOf: Date;
  readonly until: Date;
  readonly entry: Entry | null;
}

/** What base and delta say of a certificate; never throws for bad bytes. */
export function readCrlAnswer(input: CrlInput): RevocationAnswer {
  return answered(
    'crl-malformed',
    (error) => error instanceof DerError,
    () => read(input),
  );
}

function read({ base, delta, certificate, issuer, now }: CrlInput): RevocationAnswer {
  const whole = readCrl(base, certificate, issuer, now);
  if (whole.baseNumber !== null) throw new NotAvailable('crl-malformed', 'a delta stands as base');
  const change = delta === null ? null : readCrl(delta, certificate, issuer, now);
  if (change !== null) {
    if (change.baseNumber === null) throw new NotAvailable('crl-malformed', 'the delta is a base');
    // RFC 5280 5.2.4: the delta must start at or before this base and reach at least as far.
    if (change.baseNumber > whole.number || change.number < whole.number)
      throw new NotAvailable('crl-stale', 'the delta does not fit the base');
  }
  const newest = change ?? whole;
  const entry = change?.entry ?? whole.entry;
  if (entry === null || entry.reason === 'remove-from-crl')
    return { status: 'good', source: 'crl', asOf: newest.asOf, until: newest.until };
  return {
    status: 'revoked',
    source: 'crl',
    at: entry.at,
    reason: entry.reason,
    asOf: newest.asOf,
  };
}

function readCrl(
  der: Uint8Array,
  certificate: NcaCertificate,
  issuer: NcaCertificate,
  now: Date,
): Crl {
  const root = expectTag(readDer(der, CRL_LIMITS), TAG.sequence);
  const tbs = child(root, 0, TAG.sequence);
  const [version, inner, name, thisNode, ...rest] = tbs.children;
  if (root.children.length !== 3 || version?.tag !== TAG.integer || version.body[0] !== 1)
    throw new DerError('CRL version');
  if (inner === undefined || !sameBytes(inner.raw, child(root, 1).raw)) throw new DerError('CRL');
  if (name === undefined || !sameBytes(name.raw, issuer.subjectDer))
    throw new NotAvailable('crl-foreign', 'the list is of another CA');
  if (!issuer.keyUsage.includes('cRLSign'))
    throw new NotAvailable('crl-foreign', 'the CA may not sign lists');
  if (!signedBy(issuer, child(root, 1), tbs.raw, wholeBits(root.children[2])))
    throw new NotAvailable('signature-invalid', 'the list is not signed with the key of the CA');
  const nextNode = rest.find(({ tag }) => tag === TAG.utcTime || tag === TAG.generalizedTime);
  if (nextNode === undefined) throw new NotAvailable('crl-stale', 'the list has no next update');
  const asOf = timeValue(thisNode);
  const until = timeValue(nextNode);
  if (asOf.getTime() > now.getTime() + REVOCATION_SKEW_MS)
    throw new NotAvailable('crl-stale', 'the list is of the future');
  if (until.getTime() < now.getTime() - REVOCATION_SKEW_MS)
    throw new NotAvailable('crl-stale', 'the list has run out');
  const numbers = readNumbers(rest.find(({ tag }) => tag === 0xa0)?.children[0]);
  const rows = rest.find(({ tag }) => tag === TAG.sequence)?.children ?? [];
  return { ...numbers, asOf, until, entry: entryOf(rows, certificate) };
}

/** CRLNumber and the base of a delta; another critical extension changes what the list means. */
function readNumbers(extensions: DerNode | undefined): Pick<Crl, 'number' | 'baseNumber'> {
  let number: bigint | null = null;
  let baseNumber: bigint | null = null;
  for (const one of extensions?.children ?? []) {
    const type = oidText(one.children[0]);
    const value = expectTag(one.children[one.children.length - 1], TAG.octetString);
    if (type === OID.crlNumber) number = bigOf(value);
    else if (type === OID.deltaCrl) baseNumber = bigOf(value);
    else if (one.children.length === 3) throw new DerError(`critical extension ${type}`);
  }
  if (number === null) throw new DerError('CRL number');
  return { number, baseNumber };
}

function bigOf(octets: DerNode): bigint {
  const { body } = expectTag(
    readDer(octets.body, { maxBytes: 32, maxDepth: 1, maxNodes: 1 }),
    TAG.integer,
  );
  if ((body[0] ?? 0x80) >= 0x80) throw new DerError('CRL number');
  return BigInt(`0x${Buffer.from(body).toString('hex')}`);
}

function entryOf(rows: readonly DerNode[], { serialDer }: NcaCertificate): Entry | null {
  let found: Entry | null = null;
  for (const row of rows) {
    const [serial, at, extensions] = row.children;
    let reason: RevocationReason | null = null;
    for (const one of extensions?.children ?? []) {
      const type = oidText(one.children[0]);
      if (type === OID.crlReason) {
        const { body } = expectTag(one.children[one.children.length - 1], TAG.octetString);
        const code = readDer(body, { maxBytes: 8, maxDepth: 1, maxNodes: 1 });
        reason = CRL_REASONS[expectTag(code, 0x0a).body[0] ?? 0] ?? null;
      } else if (one.children.length === 3) {
        // certificateIssuer: an indirect list speaks of other CAs' certificates.
        throw new DerError(`critical entry extension ${type}`);
      }
    }
    if (sameBytes(expectTag(serial, TAG.integer).raw, serialDer))
      found = { at: timeValue(at), reason };
  }
  return found;
}
