// Opens an issue lease as the node signed it: its signer is pinned, its words are canonical and meant for us.
import { issueLease, type IssueLease } from '../central/issue-lease.ts';
import { canonicalText } from '../central/statement.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { verifyDetachedCades } from './verify.ts';

export interface OpenIssueLeaseInput {
  /** RFC 8785 bytes, as delivered. */
  readonly lease: Uint8Array;
  /** Detached CAdES over them. */
  readonly cms: Uint8Array;
  /** The station's pin of the list signer: a certificate, or the CA kept for it alone. */
  readonly pins: readonly NcaCertificate[];
  readonly now: Date;
  readonly stationId: string;
  readonly officerIin: string;
}

export type OpenIssueLeaseResult =
  | { readonly ok: true; readonly lease: IssueLease }
  | {
      readonly ok: false;
      readonly code: 'signature-invalid' | 'malformed' | 'not-ours';
      readonly detail: string;
    };

/** Signature first, then form, then whose it is. */
export function openIssueLease(input: OpenIssueLeaseInput): OpenIssueLeaseResult {
  const { lease, cms, pins, now } = input;
  const signed = verifyDetachedCades({
    cms,
    content: lease,
    anchors: pins.filter(({ isCa }) => isCa),
    intermediates: [],
    pinned: pins.filter(({ isCa }) => !isCa),
    now,
    requireSigningCertificateV2: true,
  });
  if (!signed.ok)
    return { ok: false, code: 'signature-invalid', detail: `${signed.code}: ${signed.detail}` };
  const read = readLease(lease);
  if (typeof read === 'string') return { ok: false, code: 'malformed', detail: read };
  const ours = read.stationId === input.stationId && read.officerIin === input.officerIin;
  return ours
    ? { ok: true, lease: read }
    : { ok: false, code: 'not-ours', detail: 'another officer or station' };
}

/** The lease, or what is wrong with its form. */
function readLease(bytes: Uint8Array): IssueLease | string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    const parsed = issueLease.safeParse(value);
    if (!parsed.success) return parsed.error.issues[0]?.path.join('.') || 'shape';
    if (canonicalText(value) !== text) return 'not canonical';
    const ids = new Set(parsed.data.cards.map(({ claim }) => claim.applicationId));
    return ids.size === parsed.data.cards.length ? parsed.data : 'a card stands twice';
  } catch {
    return 'not JSON';
  }
}
