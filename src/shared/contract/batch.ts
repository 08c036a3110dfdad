// Batch: approvals of several reviewed cases prepared together, looked through and signed with one PIN.
import { z } from 'zod';
import { uuid } from '../central/common.ts';
import { intentDto } from './act.ts';
import { channel, nothing } from './channel.ts';
import { timeLeft } from './queue.ts';
import { TOKEN_REFUSALS } from './token-refusals.ts';

/** A case held here that may be approved now: opened, every group confirmed, nothing open. */
export const batchReady = z.strictObject({
  applicationId: uuid,
  ticket: z.string(),
  name: z.string(),
  timeLeft,
  /** Checks overridden and findings answered with a reason: worth a look before signing. */
  withReason: z.int(),
});
export type BatchReady = z.infer<typeof batchReady>;

export const BATCH_ITEM_STATES = ['waiting', 'signing', 'signed', 'not-signed'] as const;

export const batchItem = z.strictObject({
  applicationId: uuid,
  /** The act id; null when no statement could be prepared. */
  intentId: uuid.nullable(),
  ticket: z.string(),
  name: z.string(),
  sha256: z.string().nullable(),
  state: z.enum(BATCH_ITEM_STATES),
  /** Refusal code of an item that was not signed. */
  code: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type BatchItem = z.infer<typeof batchItem>;

/** `stopped`: by the officer; `locked`: the screen; else a refusal code of what ended it. */
export const batchRun = z.strictObject({
  running: z.boolean(),
  done: z.int(),
  all: z.int(),
  /** Estimate from the items done; null before the first. */
  secondsLeft: z.int().nullable(),
  stopping: z.boolean(),
  ended: z.string().nullable(), // null = every item had its turn
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type BatchRun = z.infer<typeof batchRun>;

export const batchDto = z.strictObject({
  ready: z.array(batchReady),
  items: z.array(batchItem),
  run: batchRun.nullable(),
  /** The token wants its PIN for each signature: one item a call. */
  pinAlways: z.boolean(),
});
export type BatchDto = z.infer<typeof batchDto>;

/** Said of an item (`not-opened`, `case-changed`) or of why the run ended, beside the refusals of one signature. */
const ENDING_CODES = ['not-opened', 'case-changed', 'other-token'] as const;

export const BATCH_LIMIT = 500;

export const batchChannels = {
  'batch.read': channel(nothing, batchDto, []),
  /** Writes the statement of each case; one that cannot be approved now says why. */
  'batch.prepare': channel(
    z.strictObject({ applicationIds: z.array(uuid).min(1).max(BATCH_LIMIT) }),
    batchDto,
    ['batch-running'],
  ),
  /** The whole statement of an item, read back from the bytes that will be signed. */
  'batch.statement': channel(z.strictObject({ intentId: uuid }), intentDto, ['intent-gone']),
  /**
   * One PIN, one log-in. Answers when the PIN was taken; items follow by push. A token that wants its
   * PIN each time signs the first of the items only. A wrong PIN signs nothing.
   */
  'batch.sign': channel(
    z.strictObject({
      intentIds: z.array(uuid).min(1).max(BATCH_LIMIT),
      pin: z.string().min(1).max(128),
    }),
    batchDto,
    [...TOKEN_REFUSALS, ...ENDING_CODES, 'intent-gone', 'key-unusable', 'batch-running'],
  ),
  /** Ends the run after the item that is being signed. */
  'batch.stop': channel(nothing, batchDto, []),
  /** Drops what was prepared and not signed. */
  'batch.drop': channel(nothing, batchDto, ['batch-running']),
} as const;
