// What the demo PKI's folder says of itself: version, how long it may be used, the officers' keys.
import { createHash } from 'node:crypto';
import { z } from 'zod';

export const pinSha256 = (pin: string): string => createHash('sha256').update(pin).digest('hex');

export const demoManifest = z.object({
  /** Raised when the layout changes: an older folder is made again. */
  version: z.literal(3),
  validTo: z.iso.datetime(),
  /** SHA-256 of the training PIN: another PIN means other tokens. */
  pinSha256: z.string(),
  officers: z.array(
    z.object({
      id: z.enum(['reviewer-almaty', 'reviewer-astana', 'issuer-almaty', 'head-almaty']),
      tokenSerial: z.string(),
      keyId: z.string(),
      certSha256: z.string(),
      certDer: z.base64(),
    }),
  ),
});
export type DemoManifest = z.infer<typeof demoManifest>;
