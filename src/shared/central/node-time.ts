// The node's clock, signed: an answer to one question, so that an old one cannot be told again.
import { z } from 'zod';
import { base64, instant, sha256 } from './common.ts';

/** RFC 8785 bytes, detached CMS by the trust list's signer. */
export const nodeTime = z.strictObject({
  type: z.literal('kualik/node-time'),
  version: z.literal(1),
  /** As it was asked. */
  question: sha256,
  at: instant,
});
export type NodeTime = z.infer<typeof nodeTime>;

/** 32 random bytes of the station, hex. */
export const nodeTimeRequest = z.strictObject({ question: sha256 });
export const signedNodeTime = z.strictObject({ time: base64, cms: base64 });
export type SignedNodeTime = z.infer<typeof signedNodeTime>;
