// Reads a detached CMS SignedData into the few parts a check needs; anything unexpected is refused.
import { DerError, isSorted, readDer, sameBytes, type DerNode } from './der.ts';
import { child, expectTag, oidText, smallInteger, TAG } from './der-values.ts';
import { OID } from './oids.ts';

/** A CAdES-B-B of ours is 4–6 KB; 256 KB leaves room for evidence of other makers. */
export const CMS_LIMITS = { maxBytes: 256 * 1024, maxDepth: 24, maxNodes: 8000 } as const;

export interface SignedDataParts {
  readonly digestAlgorithms: readonly DerNode[];
  readonly attached: boolean;
  readonly certificates: readonly Uint8Array[];
  readonly signers: readonly SignerParts[];
}

export interface SignerParts {
  readonly issuerDer: Uint8Array;
  readonly serialDer: Uint8Array;
  readonly digestAlgorithm: DerNode;
  /** Attribute type → its only value. */
  readonly attributes: ReadonlyMap<string, DerNode>;
  /** The bytes that were signed: the attributes under the SET tag instead of [0]. */
  readonly signedBytes: Uint8Array;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
  readonly hasUnsignedAttributes: boolean;
}

/** @throws DerError when the message is not a strict DER SignedData over id-data. */
export function readSignedData(cms: Uint8Array): SignedDataParts {
  const info = expectTag(readDer(cms, CMS_LIMITS), TAG.sequence);
  if (oidText(info.children[0]) !== OID.signedData) throw new DerError('not SignedData');
  const box = child(info, 1, 0xa0);
  if (info.children.length !== 2 || box.children.length !== 1) throw new DerError('content info');
  const data = child(box, 0, TAG.sequence);
  // RFC 5652 5.1: plain certificates, id-data and issuerAndSerialNumber mean version 1, nothing else.
  if (smallInteger(data.children[0]) !== 1) throw new DerError('version');
  const digestAlgorithms = child(data, 1, TAG.set).children;
  const encapsulated = child(data, 2, TAG.sequence);
  if (oidText(encapsulated.children[0]) !== OID.data) throw new DerError('content type');
  const [third, fourth, ...rest] = data.children.slice(3);
  const certificates = third?.tag === 0xa0 ? third : undefined;
  const signerInfos = certificates ? fourth : third;
  // CRLs ([1]) are evidence of another profile; they do not come here.
  if (rest.length > 0 || (!certificates && fourth)) throw new DerError('signed data');
  const bag = certificates?.children ?? [];
  if (!isSorted(bag)) throw new DerError('certificates not sorted');
  return {
    digestAlgorithms,
    attached: encapsulated.children.length !== 1,
    certificates: bag.map((node) => expectTag(node, TAG.sequence).raw),
    signers: expectTag(signerInfos, TAG.set).children.map(readSigner),
  };
}

/** One SignerInfo of version 1 with signed attributes. @throws DerError */
export function readSigner(node: DerNode): SignerParts {
  const parts = expectTag(node, TAG.sequence).children;
  const [version, sid, digestAlgorithm, attrs, signatureAlgorithm, signature, unsigned] = parts;
  if (smallInteger(version) !== 1 || parts.length > 7) throw new DerError('signer info');
  const [issuer, serial] = expectTag(sid, TAG.sequence).children;
  const box = expectTag(attrs, 0xa0);
  if (!isSorted(box.children)) throw new DerError('signed attributes not sorted');
  return {
    issuerDer: expectTag(issuer, TAG.sequence).raw,
    serialDer: expectTag(serial, TAG.integer).raw,
    digestAlgorithm: expectTag(digestAlgorithm, TAG.sequence),
    attributes: readAttributes(box),
    signedBytes: Buffer.concat([Uint8Array.of(TAG.set), box.raw.subarray(1)]),
    signatureAlgorithm: expectTag(signatureAlgorithm, TAG.sequence),
    signature: expectTag(signature, TAG.octetString).body,
    hasUnsignedAttributes: unsigned !== undefined,
  };
}

function readAttributes(box: DerNode): Map<string, DerNode> {
  const found = new Map<string, DerNode>();
  for (const attribute of box.children) {
    const type = oidText(expectTag(attribute, TAG.sequence).children[0]);
    const values = child(attribute, 1, TAG.set).children;
    const [value] = values;
    // RFC 5652 5.3: the attributes we read are single; a second one could be the one somebody else reads.
    if (!value || values.length !== 1 || attribute.children.length !== 2 || found.has(type))
      throw new DerError(`attribute ${type}`);
    found.set(type, value);
  }
  return found;
}

/** RFC 6211: the protected algorithm names must be the ones outside. */
export function algorithmsProtected(signer: SignerParts): boolean {
  const value = signer.attributes.get(OID.algorithmProtection);
  if (!value) return false;
  const [digest, signature, ...rest] = value.children;
  return (
    digest !== undefined &&
    signature?.tag === 0xa1 &&
    rest.length === 0 &&
    sameBytes(digest.raw, signer.digestAlgorithm.raw) &&
    sameBytes(signature.body, signer.signatureAlgorithm.body)
  );
}
