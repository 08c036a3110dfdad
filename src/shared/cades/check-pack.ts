// Checks one exported act as an auditor would: the bytes, the signature, the signer, the evidence beside them.
import { createHash } from 'node:crypto';
import { actStatement, canonicalText, type ActStatement } from '../central/statement.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { OFFICER_POLICY } from './signability.ts';
import { readTrustPem } from './trust.ts';
import { verifyDetachedCades } from './verify.ts';

/** Files of a pack by their names inside it; `evidence/…` may be absent. */
export type PackFiles = ReadonlyMap<string, Uint8Array>;

export const PACK_STATEMENT = 'statement.json';
export const PACK_SIGNATURE = 'signature.p7s';
export const PACK_CHAIN = 'chain.pem';
export const PACK_README = 'README.txt';

const MOST_BYTES = 256 * 1024;

/** What is wrong first, in the order of the checks; `detail` is technical English. */
export type PackVerdict =
  | {
      readonly ok: true;
      readonly statement: ActStatement;
      readonly statementSha256: string;
      readonly signer: NcaCertificate;
      readonly signingTime: Date | null;
      /** The anchor the path ends at: trust it only when its SHA-256 is one you know. */
      readonly anchor: NcaCertificate;
    }
  | { readonly ok: false; readonly file: string; readonly code: string; readonly detail: string };

export interface PackCheck {
  /** PEM of the anchors the auditor trusts; absent = the pack's own, and then only its consistency is proved. */
  readonly trustPem?: string;
}

const bad = (file: string, code: string, detail: string): PackVerdict => ({
  ok: false,
  file,
  code,
  detail,
});

/** Never throws on bad files; reads nothing but the given bytes. */
export function checkPack(files: PackFiles, { trustPem }: PackCheck = {}): PackVerdict {
  for (const name of [PACK_STATEMENT, PACK_SIGNATURE, PACK_CHAIN]) {
    const bytes = files.get(name);
    if (bytes === undefined) return bad(name, 'missing', 'the file is not in the pack');
    if (bytes.length > MOST_BYTES) return bad(name, 'too-large', `${bytes.length} bytes`);
  }
  const bytes = files.get(PACK_STATEMENT) ?? new Uint8Array();
  const read = readStatement(bytes);
  if (typeof read === 'string') return bad(PACK_STATEMENT, 'malformed', read);
  const trust = readTrust(trustPem, files.get(PACK_CHAIN) ?? new Uint8Array());
  if (typeof trust === 'string') return bad(PACK_CHAIN, 'malformed', trust);
  const verified = verifyDetachedCades({
    cms: files.get(PACK_SIGNATURE) ?? new Uint8Array(),
    content: bytes,
    ...trust,
    // The act's own time: a certificate that ended since does not undo what was signed within its days.
    now: new Date(read.at),
    requireSigningCertificateV2: true,
    policy: {
      ...OFFICER_POLICY,
      expectedIin: read.officerIin,
      expectedBin: read.departmentBin,
    },
  });
  if (!verified.ok) {
    const why = verified.reason === undefined ? '' : ` (${verified.reason})`;
    return bad(PACK_SIGNATURE, verified.code, `${verified.detail}${why}`);
  }
  const { signer, signingTime, chain } = verified;
  return {
    ok: true,
    statement: read,
    statementSha256: createHash('sha256').update(bytes).digest('hex'),
    signer,
    signingTime,
    anchor: chain.at(-1) ?? signer,
  };
}

/** The statement, or what is wrong with its bytes. */
function readStatement(bytes: Uint8Array): ActStatement | string {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return 'not JSON in UTF-8';
  }
  const parsed = actStatement.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return `field ${issue?.path.join('.') ?? '?'}: ${issue?.code ?? 'shape'}`;
  }
  return canonicalText(value) === text ? parsed.data : 'not in canonical form (RFC 8785)';
}

function readTrust(trustPem: string | undefined, chain: Uint8Array) {
  try {
    const own = readTrustPem(new TextDecoder().decode(chain));
    if (trustPem === undefined) return own;
    const known = readTrustPem(trustPem);
    return {
      anchors: known.anchors,
      intermediates: [...known.intermediates, ...own.intermediates],
    };
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  }
}
