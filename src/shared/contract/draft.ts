// What is half done on a case, kept in the cache as the officer works; read back after lock, crash and restart.
import { z } from 'zod';
import { uuid } from '../central/common.ts';
import { pictureBox, QUESTION_CODES } from '../central/statement.ts';
import { channel, nothing } from './channel.ts';

const sha256 = z.string().length(64);
/** Longer than any field of the screens lets in. */
const words = z.string().max(2_000);
const code = z.string().max(60);
/** More reasons than any dictionary has: a draft does not fill the disk. */
const byCode = <T extends z.ZodType>(value: T) =>
  z.record(code, value).refine((one) => Object.keys(one).length <= 60);

/** A review: reasons of an annulment, and the reason being written beside a finding. */
const reviewDraft = z.strictObject({
  kind: z.literal('review'),
  codes: z.array(code).max(10),
  comments: byCode(words),
  boxes: byCode(z.array(pictureBox).max(8)),
  /** The pictures the places were marked on: on others they say nothing. */
  drawnOn: z.strictObject({ photo: sha256, signature: sha256 }).nullable(),
  /** The composer stood open. */
  composing: z.boolean(),
  /** The field beside a finding that stood open, with what was written in it. */
  writing: z.strictObject({ code, text: words }).nullable(),
});

/**
 * A hand-over half made: what was asked and answered. Who stands here and which card is in the hand is not
 * kept: after a lock both are seen anew (cl. 4.3).
 */
const counterDraft = z.strictObject({
  kind: z.literal('counter'),
  answers: z.partialRecord(z.enum(QUESTION_CODES), z.enum(['right', 'wrong', 'skipped'])),
  /** `surrendered` only where it was seen by eye: a card that was read is read again. */
  oldCard: z.enum(['surrendered', 'not-presented']).nullable(),
  oldCardReason: words,
});

export const caseDraft = z.discriminatedUnion('kind', [reviewDraft, counterDraft]);
export type CaseDraft = z.infer<typeof caseDraft>;
export type ReviewDraft = z.infer<typeof reviewDraft>;
export type CounterDraft = z.infer<typeof counterDraft>;

export const draftChannels = {
  'draft.read': channel(
    z.strictObject({ applicationId: uuid }),
    z.strictObject({ draft: caseDraft.nullable() }),
    [],
  ),
  /** null drops it. Not kept for a case that this officer may not decide: `not-held`. */
  'draft.keep': channel(
    z.strictObject({ applicationId: uuid, draft: caseDraft.nullable() }),
    nothing,
    ['not-in-cache', 'not-held'],
  ),
} as const;
