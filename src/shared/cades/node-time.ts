// Opens the node's signed time: its signer is pinned, and it answers the very question that was asked.
import { nodeTime, type NodeTime } from '../central/node-time.ts';
import { canonicalText } from '../central/statement.ts';
import type { NcaCertificate } from './certificate-types.ts';
import { verifyDetachedCades } from './verify.ts';

export interface OpenNodeTimeInput {
  /** RFC 8785 bytes, as delivered. */
  readonly time: Uint8Array;
  /** Detached CAdES over them. */
  readonly cms: Uint8Array;
  /** The station's pin of the list signer: a certificate, or the CA kept for it alone. */
  readonly pins: readonly NcaCertificate[];
  readonly question: string;
}

export type OpenNodeTimeResult =
  | { readonly ok: true; readonly at: Date }
  | { readonly ok: false; readonly code: 'malformed' | 'signature-invalid' | 'other-question' };

/**
 * The certificates are judged at the time told, not by our clock: ours is the one in question. What is told
 * by a key that ran out can therefore not be recognised; who has that key can deceive about the time only.
 */
export function openNodeTime({ time, cms, pins, question }: OpenNodeTimeInput): OpenNodeTimeResult {
  const read = readTime(time);
  if (read === null) return { ok: false, code: 'malformed' };
  const at = new Date(read.at);
  const signed = verifyDetachedCades({
    cms,
    content: time,
    anchors: pins.filter(({ isCa }) => isCa),
    intermediates: [],
    pinned: pins.filter(({ isCa }) => !isCa),
    now: at,
    requireSigningCertificateV2: true,
  });
  if (!signed.ok) return { ok: false, code: 'signature-invalid' };
  return read.question === question ? { ok: true, at } : { ok: false, code: 'other-question' };
}

function readTime(bytes: Uint8Array): NodeTime | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    const parsed = nodeTime.safeParse(value);
    return parsed.success && canonicalText(value) === text ? parsed.data : null;
  } catch {
    return null;
  }
}
