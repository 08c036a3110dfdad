// The one map of channels: the renderer's call(), the preload's allow-list and the router come from it.
import { z } from 'zod';
import type { Result } from '../kernel/result.ts';
import { actChannels } from './act.ts';
import { batchChannels, batchItem, batchRun } from './batch.ts';
import { caseChannels } from './case.ts';
import type { CommonRefusal } from './channel.ts';
import { draftChannels } from './draft.ts';
import { diagnosticsChannels } from './diagnostics.ts';
import { issuanceChannels } from './issuance.ts';
import { journalChannels } from './journal.ts';
import { lineChannels, lineDto } from './line.ts';
import { outboxChannels } from './outbox.ts';
import { paperChannels } from './papers.ts';
import { placeChannels } from './place.ts';
import { queueChannels } from './queue.ts';
import { registerChannels } from './register.ts';
import { serviceChannels } from './services.ts';
import { sessionChannels, sessionDto } from './session.ts';
import { settingsChannels } from './settings.ts';
import { stockChannels } from './stock.ts';
import { updateChannels } from './updates.ts';

export const channels = {
  ...sessionChannels,
  ...lineChannels,
  ...queueChannels,
  ...caseChannels,
  ...actChannels,
  ...draftChannels,
  ...placeChannels,
  ...batchChannels,
  ...issuanceChannels,
  ...paperChannels,
  ...registerChannels,
  ...stockChannels,
  ...serviceChannels,
  ...outboxChannels,
  ...journalChannels,
  ...settingsChannels,
  ...diagnosticsChannels,
  ...updateChannels,
} as const;

export type Channels = typeof channels;
export type ChannelName = keyof Channels;
export type RequestOf<N extends ChannelName> = z.input<Channels[N]['request']>;
export type ReplyOf<N extends ChannelName> = z.output<Channels[N]['reply']>;
export type RefusalOf<N extends ChannelName> = Channels[N]['refusals'][number] | CommonRefusal;
export type ResultOf<N extends ChannelName> = Result<ReplyOf<N>, RefusalOf<N>>;

/** Pushed without being asked; a gap in `revision` means: read again. */
export const push = z.discriminatedUnion('topic', [
  z.strictObject({ topic: z.literal('session'), revision: z.int(), session: sessionDto }),
  z.strictObject({ topic: z.literal('line'), revision: z.int(), line: lineDto }),
  /** Cases changed; `ids` null = many, read what is on the screen again. */
  z.strictObject({
    topic: z.literal('cases'),
    revision: z.int(),
    ids: z.array(z.string()).nullable(),
  }),
  z.strictObject({ topic: z.literal('outbox'), revision: z.int() }),
  z.strictObject({ topic: z.literal('tokens'), revision: z.int() }),
  /** An outside service began or ceased to fail: read the services again. */
  z.strictObject({ topic: z.literal('services'), revision: z.int() }),
  /** A new version of the program came, or is refused: read it again. */
  z.strictObject({ topic: z.literal('updates'), revision: z.int() }),
  /** Dispatches, scans, counts or issue leases changed: read them again. */
  z.strictObject({ topic: z.literal('stock'), revision: z.int() }),
  /** How the batch goes on: the items that changed since the last word. */
  z.strictObject({
    topic: z.literal('batch'),
    revision: z.int(),
    run: batchRun,
    items: z.array(batchItem),
  }),
]);
export type Push = z.infer<typeof push>;

/** What preload exposes as `window.kualik`: exactly these two. */
export interface Bridge {
  call<N extends ChannelName>(name: N, request: RequestOf<N>): Promise<ResultOf<N>>;
  on(listener: (message: Push) => void): () => void;
}
