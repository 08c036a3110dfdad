// Signing: prepare the exact bytes, show them in words, sign them with the token, take back while queued.
import { z } from 'zod';
import { instant, uuid } from '../central/common.ts';
import { actStatement, pictureBox } from '../central/statement.ts';
import { channel } from './channel.ts';
import { TOKEN_REFUSALS } from './token-refusals.ts';

export const intentDto = z.strictObject({
  intentId: uuid, // = the act id
  /** Parsed back from the bytes that will be signed, so what is shown is what is signed. */
  statement: actStatement,
  sha256: z.string(),
  /** What the citizen gets; null for a hand-over. */
  citizen: z.strictObject({ ru: z.string(), kz: z.string() }).nullable(),
  refundDue: z.boolean(),
  challengeExpiresAt: instant,
});
export type IntentDto = z.infer<typeof intentDto>;

const PREPARE_REFUSALS = [
  'not-in-cache',
  'wrong-stage',
  'not-held',
  'lease-expired',
  'claim-over', // the card's time at this counter
  'clock-went-back',
  'challenge-expired',
  'key-unusable', // params: reason
  'action-disabled', // params: code
  'reason-unknown',
  'reason-comment-missing', // params: code
  'picture-missing',
] as const;

export const actChannels = {
  'act.prepareApproval': channel(z.strictObject({ applicationId: uuid }), intentDto, [
    ...PREPARE_REFUSALS,
  ]),
  'act.prepareAnnulment': channel(
    z.strictObject({
      applicationId: uuid,
      reasons: z
        .array(
          z.strictObject({
            code: z.string().max(60),
            comment: z.string().max(500).nullable(),
            boxes: z.array(pictureBox).max(8),
          }),
        )
        .min(1)
        .max(10),
    }),
    intentDto,
    [...PREPARE_REFUSALS],
  ),
  /** The PIN lives for this one call; the intent stays when the token refuses. */
  'act.sign': channel(
    z.strictObject({ intentId: uuid, pin: z.string().min(1).max(128) }),
    z.strictObject({ actId: uuid, applicationId: uuid, nextApplicationId: uuid.nullable() }),
    [
      ...TOKEN_REFUSALS,
      'intent-gone',
      'key-unusable',
      'signature-not-made',
      'challenge-expired',
      'claim-over',
      'clock-went-back',
      'case-changed', // a finding came after the statement was written
    ],
  ),
  'act.cancel': channel(z.strictObject({ intentId: uuid }), z.strictObject({}), []),
  /** One signed act as a zip for an auditor; the officer learns where it lies. */
  'act.export': channel(z.strictObject({ actId: uuid }), z.strictObject({ path: z.string() }), [
    'intent-gone',
    'not-written',
  ]),
  /** Only while queued: what the node may have seen cannot be taken back. */
  'act.takeBack': channel(
    z.strictObject({ actId: uuid }),
    z.strictObject({ applicationId: uuid }),
    ['act-sent', 'intent-gone'],
  ),
} as const;
