// Signed bytes as they arrive: size limits, canonical form, then CMS and certificate (order of signing.md).
import type { z } from 'zod';
import { CMS_LIMITS } from '../../src/shared/cades/signed-data.ts';
import type { NcaCertificate } from '../../src/shared/cades/certificate-types.ts';
import { verifyDetachedCades } from '../../src/shared/cades/verify.ts';
import { canonicalText } from '../../src/shared/central/statement.ts';
import type { NodeContext } from './context.ts';
import { refuse } from './refusal.ts';

export const MAX_STATEMENT_BYTES = 32 * 1024;
/** Of a custody act, which lists up to five hundred cards. */
export const MAX_CUSTODY_BYTES = 1024 * 1024;
export const MAX_CMS_BYTES = Math.min(64 * 1024, CMS_LIMITS.maxBytes);

export interface SignedBytes {
  readonly statement: Buffer;
  readonly cms: Buffer;
}

/** Base64 to bytes under the limits; refuses `too-large`. */
export function decodeSigned(
  request: { statement: string; cms: string },
  maxStatement = MAX_STATEMENT_BYTES,
): SignedBytes {
  const statement = Buffer.from(request.statement, 'base64');
  const cms = Buffer.from(request.cms, 'base64');
  if (statement.length > maxStatement) refuse('too-large', { field: 'statement' });
  if (cms.length > MAX_CMS_BYTES) refuse('too-large', { field: 'cms' });
  return { statement, cms };
}

/**
 * The statement these very bytes say. They must be UTF-8, of the schema, and equal to their own
 * RFC 8785 form, so that no second reading (duplicate keys, other numbers) exists.
 */
export function readCanonical<S extends z.ZodType>(schema: S, bytes: Buffer): z.infer<S> {
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('statement-malformed', { detail: 'not JSON' });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    return refuse('statement-malformed', {
      detail: (parsed.error.issues[0]?.path.join('.') ?? '') || 'shape',
    });
  if (!Buffer.from(canonicalText(value), 'utf8').equals(bytes))
    return refuse('statement-malformed', { detail: 'not canonical' });
  return parsed.data;
}

/** The certificate that signed these bytes, allowed to, with this IIN (and BIN); else a refusal. */
export function verifySigned(
  node: NodeContext,
  signed: SignedBytes,
  expected: { iin: string; bin?: string },
): NcaCertificate {
  const result = verifyDetachedCades({
    cms: signed.cms,
    content: signed.statement,
    ...node.trust.of('officer', node.now()),
    now: node.now(),
    requireSigningCertificateV2: true,
    policy: {
      ...node.trust.officerPolicy,
      expectedIin: expected.iin,
      ...(expected.bin === undefined ? {} : { expectedBin: expected.bin }),
    },
  });
  if (result.ok) return result.signer;
  const params = { reason: result.reason ?? result.code, detail: result.detail.slice(0, 200) };
  return CERTIFICATE_FAULTS.has(result.code)
    ? refuse('certificate-refused', params)
    : refuse('signature-invalid', params);
}

const CERTIFICATE_FAULTS = new Set<string>([
  'chain-untrusted',
  'expired',
  'not-yet-valid',
  'key-usage',
  'signer-not-allowed',
]);
