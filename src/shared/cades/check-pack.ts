// Checks one exported act as an auditor would: the bytes, the signature, the signer, the evidence beside them.
import { createHash } from 'node:crypto';
import { custodyStatement, type CustodyStatement } from '../central/custody.ts';
import { actStatement, canonicalText, type ActStatement } from '../central/statement.ts';
import { signatureValue, splitCadesT, type SplitCades } from './cades-t.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { readCrlAnswer } from './crl.ts';
import { DerError } from './der.ts';
import { readOcspAnswer } from './ocsp.ts';
import type { RevocationAnswer, RevocationSource } from './revocation.ts';
import { OFFICER_POLICY } from './signability.ts';
import { verifyTimeStamp } from './timestamp.ts';
import { readTrustPem, type TrustMaterial } from './trust.ts';
import { verifyDetachedCades } from './verify.ts';

/** Files of a pack by their names inside it; `evidence/…` may be absent. */
export type PackFiles = ReadonlyMap<string, Uint8Array>;

export const PACK_STATEMENT = 'statement.json';
export const PACK_SIGNATURE = 'signature.p7s';
export const PACK_CHAIN = 'chain.pem';
export const PACK_README = 'README.txt';
export const PACK_OCSP = 'evidence/ocsp.der';
export const PACK_CRL = 'evidence/crl.der';
export const PACK_DELTA_CRL = 'evidence/delta-crl.der';

const MOST_BYTES = 1024 * 1024; // an act over 500 cards with a note each

/** What is wrong first, in the order of the checks; `detail` is technical English. */
export type PackVerdict =
  | {
      readonly ok: true;
      readonly statement: ActStatement | CustodyStatement;
      readonly statementSha256: string;
      readonly signer: NcaCertificate;
      readonly signingTime: Date | null;
      /** The anchor the path ends at: trust it only when its SHA-256 is one you know. */
      readonly anchor: NcaCertificate;
      /** Level T; null = the pack was made before the node's time-stamp came. */
      readonly timeStampedAt: Date | null;
      /** Which answer of the CA proves the certificate good at that time; null = none in the pack. */
      readonly revocation: RevocationSource | null;
    }
  | { readonly ok: false; readonly file: string; readonly code: string; readonly detail: string };

export interface PackCheck {
  /** PEM of the anchors the auditor trusts; absent = the pack's own, and then only its consistency is proved. */
  readonly trustPem?: string;
  /** Nothing may be stamped later than this. */
  readonly now: Date;
}

const bad = (file: string, code: string, detail: string): PackVerdict => ({
  ok: false,
  file,
  code,
  detail,
});

/** Never throws on bad files; reads nothing but the given bytes. */
export function checkPack(files: PackFiles, { trustPem, now }: PackCheck): PackVerdict {
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
  const split = splitSignature(files.get(PACK_SIGNATURE) ?? new Uint8Array());
  if (typeof split === 'string') return bad(PACK_SIGNATURE, 'malformed', split);
  const saidAt = new Date(read.at);
  const stamp = split.timeStamp === null ? null : stampOf(split, saidAt, now, trust);
  if (stamp !== null && !stamp.ok)
    return bad(PACK_SIGNATURE, `time-stamp-${stamp.code}`, stamp.detail);
  // The stamped time, else the act's own: a certificate that ended since does not undo what was signed before.
  const at = stamp?.at ?? saidAt;
  const verified = verifyDetachedCades({
    cms: split.basic,
    content: bytes,
    ...trust,
    now: at,
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
  const revocation = revocationOf(files, signer, chain[1] ?? signer, at);
  if (revocation !== null && revocation.status !== 'good')
    return bad(
      files.has(PACK_OCSP) ? PACK_OCSP : PACK_CRL,
      revocation.status === 'unavailable' ? revocation.why : revocation.status,
      revocation.status === 'unavailable' ? revocation.detail : 'the CA does not answer "good"',
    );
  return {
    ok: true,
    statement: read,
    statementSha256: createHash('sha256').update(bytes).digest('hex'),
    signer,
    signingTime,
    anchor: chain.at(-1) ?? signer,
    timeStampedAt: stamp?.at ?? null,
    revocation: revocation?.source ?? null,
  };
}

/** Clocks of token time, station, node and authority; an act may also have waited for the line. */
const SKEW_MS = 10 * 60_000;

function splitSignature(cms: Uint8Array): SplitCades | string {
  try {
    return splitCadesT(cms);
  } catch (error) {
    if (error instanceof DerError) return error.message;
    throw error;
  }
}

const stampOf = (split: SplitCades, saidAt: Date, now: Date, trust: TrustMaterial) =>
  verifyTimeStamp({
    token: split.timeStamp ?? new Uint8Array(),
    stamped: signatureValue(split.basic),
    nonce: null,
    ...trust,
    between: { from: new Date(saidAt.getTime() - SKEW_MS), to: now },
  });

function revocationOf(
  files: PackFiles,
  certificate: NcaCertificate,
  issuer: NcaCertificate,
  now: Date,
): RevocationAnswer | null {
  const response = files.get(PACK_OCSP);
  if (response !== undefined)
    return readOcspAnswer({ response, certificate, issuer, nonce: null, now });
  const base = files.get(PACK_CRL);
  if (base === undefined) return null;
  return readCrlAnswer({
    base,
    delta: files.get(PACK_DELTA_CRL) ?? null,
    certificate,
    issuer,
    now,
  });
}

/** The statement, or what is wrong with its bytes. */
function readStatement(bytes: Uint8Array): ActStatement | CustodyStatement | string {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return 'not JSON in UTF-8';
  }
  const custody = custodyStatement.safeParse(value);
  const parsed = custody.success ? custody : actStatement.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return `field ${issue?.path.join('.') ?? '?'}: ${issue?.code ?? 'shape'}`;
  }
  return canonicalText(value) === text ? parsed.data : 'not in canonical form (RFC 8785)';
}

function readTrust(trustPem: string | undefined, chain: Uint8Array): TrustMaterial | string {
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
