// The line to the central node, sync progress and the counters of the top line.
import { z } from 'zod';
import { instant } from '../central/common.ts';
import { channel, nothing } from './channel.ts';

export const syncProgress = z.strictObject({
  phase: z.enum(['applications', 'pictures']),
  first: z.boolean(),
  done: z.int(),
  total: z.int(),
  bytes: z.int(),
  secondsLeft: z.int().nullable(),
});
export type SyncProgress = z.infer<typeof syncProgress>;

export const lineDto = z.strictObject({
  state: z.enum(['online', 'offline', 'unknown']),
  /** Why the line is not there, a code with a text in both languages. */
  because: z.string().nullable(),
  since: instant.nullable(),
  lastSyncAt: instant.nullable(),
  syncing: syncProgress.nullable(),
  clockDriftSeconds: z.int().nullable(),
  outboxWaiting: z.int(),
  outboxNeedsYou: z.int(),
  /** Applications that came in a form the workstation cannot read; kept aside, counted, journaled. */
  damaged: z.int(),
});
export type LineDto = z.infer<typeof lineDto>;

export const lineChannels = {
  'line.read': channel(nothing, lineDto, []),
  /** Starts a sync at once and answers when it ended; a running one is joined. */
  'line.syncNow': channel(nothing, lineDto, []),
} as const;
