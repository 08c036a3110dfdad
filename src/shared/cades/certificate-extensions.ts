// Extensions of a certificate: usages, constraints, NCA key storage; unknown critical ones are listed.
import { DerError, readDer, type DerNode } from './der.ts';
import { expectTag, oidText, smallInteger, TAG } from './der-values.ts';
import { KEY_USAGES, type KeyUsage, type NcaCertificate } from './certificate-types.ts';
import { OID } from './oids.ts';

type Extensions = Pick<
  NcaCertificate,
  | 'keyUsage'
  | 'ekuOids'
  | 'policies'
  | 'keyStorageOid'
  | 'isCa'
  | 'pathLength'
  | 'subjectKeyId'
  | 'authorityKeyId'
  | 'unknownCritical'
  | 'extensionOids'
  | 'criticalOids'
>;

const LIMITS = { maxBytes: 16 * 1024, maxDepth: 10, maxNodes: 400 } as const;
const UNDERSTOOD: readonly string[] = [
  OID.keyUsage,
  OID.basicConstraints,
  OID.certificatePolicies,
  OID.extendedKeyUsage,
];

/** Reads the [3] extensions box; absent means none. @throws DerError */
export function readExtensions(box: DerNode | undefined): Extensions {
  const values = new Map<string, DerNode>();
  const criticalOids: string[] = [];
  for (const extension of box ? expectTag(box.children[0], TAG.sequence).children : []) {
    const parts = expectTag(extension, TAG.sequence).children;
    const oid = oidText(parts[0]);
    const critical = parts.length === 3;
    // DER: DEFAULT FALSE is not written, so a written flag is TRUE.
    if (critical && expectTag(parts[1], TAG.boolean).body[0] !== 0xff) throw new DerError('flag');
    const octets = expectTag(parts[parts.length - 1], TAG.octetString);
    if (values.has(oid)) throw new DerError(`extension ${oid} stands twice`);
    if (critical) criticalOids.push(oid);
    // What is not read here may hold anything: only the known ones are parsed.
    values.set(oid, KNOWN.has(oid) ? readDer(octets.body, LIMITS) : octets);
  }
  const constraints = values.get(OID.basicConstraints)?.children ?? [];
  const isCa = constraints[0]?.tag === TAG.boolean && constraints[0].body[0] === 0xff;
  return {
    keyUsage: usagesOf(values.get(OID.keyUsage)),
    ekuOids: (values.get(OID.extendedKeyUsage)?.children ?? []).map(oidText),
    policies: (values.get(OID.certificatePolicies)?.children ?? []).map((p) =>
      oidText(p.children[0]),
    ),
    keyStorageOid: storageOid(values.get(OID.ncaKeyStorage)),
    isCa,
    pathLength: isCa && constraints[1] ? smallInteger(constraints[1]) : null,
    subjectKeyId: values.get(OID.subjectKeyId)?.body ?? null,
    authorityKeyId:
      values.get(OID.authorityKeyId)?.children.find((n) => n.tag === 0x80)?.body ?? null,
    unknownCritical: criticalOids.filter((oid) => !UNDERSTOOD.includes(oid)),
    extensionOids: [...values.keys()],
    criticalOids,
  };
}

const KNOWN: ReadonlySet<string> = new Set([
  ...UNDERSTOOD,
  OID.subjectKeyId,
  OID.authorityKeyId,
  OID.ncaKeyStorage,
]);

function usagesOf(node: DerNode | undefined): KeyUsage[] {
  if (!node) return [];
  const bits = expectTag(node, TAG.bitString).body.subarray(1);
  return KEY_USAGES.filter((_, i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0);
}

/** SEQUENCE { OID } or a bare OID: both layouts were seen. */
const storageOid = (node: DerNode | undefined): string | null =>
  node ? oidText(node.tag === TAG.oid ? node : node.children[0]) : null;
