// Reads an RFC 3161 time-stamp token: what it says of which hash, and the parts its signature is checked by.
import { DerError, readDer, sameBytes, type DerNode } from './der.ts';
import { child, expectTag, oidText, smallInteger, TAG } from './der-values.ts';
import { OID } from './oids.ts';
import { readSigner, type SignerParts } from './signed-data.ts';

/** A token with its TSA's chain is 3–6 KB. */
export const TOKEN_LIMITS = { maxBytes: 64 * 1024, maxDepth: 24, maxNodes: 4000 } as const;

export interface TimeStampToken {
  /** The bytes of TSTInfo that are signed. */
  readonly content: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly signer: SignerParts;
  readonly info: TimeStampInfo;
}

export interface TimeStampInfo {
  readonly policy: string;
  readonly hashOid: string;
  readonly imprint: Uint8Array;
  readonly serialHex: string;
  readonly at: Date;
  /** INTEGER as sent, or null. */
  readonly nonceDer: Uint8Array | null;
}

/** @throws DerError when the bytes are not one token with one signer. */
export function readTimeStampToken(der: Uint8Array): TimeStampToken {
  const outer = expectTag(readDer(der, TOKEN_LIMITS), TAG.sequence);
  if (oidText(outer.children[0]) !== OID.signedData) throw new DerError('not SignedData');
  const data = child(child(outer, 1, 0xa0), 0, TAG.sequence);
  // RFC 5652 5.1: content other than id-data means version 3.
  if (smallInteger(data.children[0]) !== 3) throw new DerError('token version');
  const encapsulated = child(data, 2, TAG.sequence);
  if (oidText(encapsulated.children[0]) !== OID.timeStampInfo) throw new DerError('not TSTInfo');
  const content = child(child(encapsulated, 1, 0xa0), 0, TAG.octetString).body;
  const rest = data.children.slice(3);
  const signers = expectTag(rest[rest.length - 1], TAG.set).children;
  const [only, ...others] = signers;
  const certificates = rest.length === 2 ? expectTag(rest[0], 0xa0).children : [];
  // CRLs ([1]) and further signers are not of this profile.
  if (!only || others.length > 0 || rest.length > 2) throw new DerError('parts of the token');
  if (outer.children.length !== 2 || encapsulated.children.length !== 2)
    throw new DerError('parts of the token');
  const signer = readSigner(only);
  const [declared, ...more] = child(data, 1, TAG.set).children;
  if (!declared || more.length > 0 || !sameBytes(declared.raw, signer.digestAlgorithm.raw))
    throw new DerError('digest algorithms differ');
  if (signer.hasUnsignedAttributes) throw new DerError('unsigned attributes');
  return {
    content,
    certificates: certificates.map(({ raw }) => raw),
    signer,
    info: readInfo(content),
  };
}

function readInfo(content: Uint8Array): TimeStampInfo {
  const info = expectTag(readDer(content, TOKEN_LIMITS), TAG.sequence);
  if (smallInteger(info.children[0]) !== 1) throw new DerError('TSTInfo version');
  const imprint = child(info, 2, TAG.sequence);
  const nonce = info.children.slice(5).find(({ tag }) => tag === TAG.integer);
  // An extension of the token marked critical would change what it says.
  const extensions = info.children.find(({ tag }) => tag === 0xa1)?.children ?? [];
  if (extensions.some((one) => one.children.length === 3)) throw new DerError('critical extension');
  return {
    policy: oidText(info.children[1]),
    hashOid: oidText(child(imprint, 0, TAG.sequence).children[0]),
    imprint: child(imprint, 1, TAG.octetString).body,
    serialHex: Buffer.from(child(info, 3, TAG.integer).body).toString('hex'),
    at: stampTime(info.children[4]),
    nonceDer: nonce?.raw ?? null,
  };
}

/** GeneralizedTime of RFC 3161: as in certificates, but a fraction of a second may follow. @throws DerError */
function stampTime(node: DerNode | undefined): Date {
  const text = Buffer.from(expectTag(node, TAG.generalizedTime).body).toString('latin1');
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,6}[1-9]|[1-9]))?Z$/.exec(text);
  if (!match) throw new DerError('time of the token');
  const [, year, month, day, hour, minute, second, fraction = '0'] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== iso)
    throw new DerError('time of the token');
  return at;
}
