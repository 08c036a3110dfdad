// Subject and issuer names: the parts the NCA writes, read as text from ASN.1 (quotes kept as they are).
import { DerError, type DerNode } from './der.ts';
import { child, expectTag, oidText, stringText, TAG } from './der-values.ts';
import { OID } from './oids.ts';

export interface NcaName {
  readonly commonName: string | null;
  readonly surname: string | null;
  readonly givenName: string | null;
  readonly organisation: string | null;
  readonly email: string | null;
  readonly iin: string | null;
  readonly bin: string | null;
}

/** Reads a Name; a part that stands twice is ambiguous and refused. @throws DerError */
export function readName(node: DerNode): NcaName {
  const texts = new Map<string, string[]>();
  for (const rdn of node.children) {
    for (const pair of expectTag(rdn, TAG.set).children) {
      const type = oidText(expectTag(pair, TAG.sequence).children[0]);
      const value = child(pair, 1);
      texts.set(type, [...(texts.get(type) ?? []), stringText(value)]);
    }
  }
  const one = (type: string): string | null => {
    const found = texts.get(type) ?? [];
    if (found.length > 1) throw new DerError(`name part ${type} stands twice`);
    return found[0] ?? null;
  };
  const numbered = (type: string, prefix: string): string | null => {
    const found = (texts.get(type) ?? [])
      .map((text) => new RegExp(`^${prefix}(\\d{12})$`).exec(text)?.[1])
      .filter((digits) => digits !== undefined);
    // Two different numbers would let the holder choose who he is.
    if (new Set(found).size > 1) throw new DerError(`${prefix} stands twice`);
    return found[0] ?? null;
  };
  return {
    commonName: one(OID.commonName),
    surname: one(OID.surname),
    givenName: one(OID.givenName),
    organisation: one(OID.organisation),
    email: one(OID.email),
    iin: numbered(OID.serialNumber, 'IIN'),
    bin: numbered(OID.organisationalUnit, 'BIN'),
  };
}
