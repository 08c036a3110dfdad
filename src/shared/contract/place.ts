// Where the officer is in the program, kept in the cache: the window that showed it does not outlive the lock.
import { z } from 'zod';
import { uuid } from '../central/common.ts';
import { channel, nothing } from './channel.ts';
import { queueQuery } from './queue.ts';
import { registerFilter } from './register.ts';

export const SCREENS = [
  'queue',
  'case',
  'batch',
  'issuance',
  'stock',
  'register',
  'monitoring',
  'outbox',
  'journal',
  'readiness',
  'settings',
] as const;
export type Screen = (typeof SCREENS)[number];

export const STOCK_TABS = ['dispatches', 'cards', 'count', 'lease'] as const;

export const place = z.strictObject({
  screen: z.enum(SCREENS),
  /** The case of the case screen. */
  applicationId: uuid.nullable(),
  queue: z
    .strictObject({
      question: queueQuery.omit({ after: true, limit: true }),
      pointed: z.string().max(100).nullable(),
      scrollTop: z.number(),
    })
    .optional(),
  register: registerFilter.optional(),
  stockTab: z.enum(STOCK_TABS).optional(),
  /** The card that lies on the counter. */
  counter: uuid.nullable().optional(),
});
export type Place = z.infer<typeof place>;

export const placeChannels = {
  'place.keep': channel(place, nothing, []),
} as const;
