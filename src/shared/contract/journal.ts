// The audit journal: hash-chained rows, filters, verification on demand.
import { z } from 'zod';
import { instant } from '../central/common.ts';
import { channel, nothing } from './channel.ts';

export const JOURNAL_KINDS = [
  'log-in',
  'log-in-refused',
  'log-out',
  'locked',
  'unlocked',
  'sync',
  'damaged-application',
  'picture-problem',
  'pictures-dropped',
  'case-opened',
  'claimed',
  'claim-refused',
  'released',
  'override',
  'confirmed',
  'answered',
  'lines-moved',
  'act-prepared',
  'act-signed',
  'act-not-signed',
  'act-accepted',
  'act-refused',
  'evidence-kept',
  'evidence-refused',
  'act-taken-back',
  'act-exported',
  'back-to-review',
  'hand-over-refused',
  'paper-made',
  'register-exported',
  'dispatch-told',
  'card-scanned',
  'card-marked',
  'card-placed',
  'count-begun',
  'count-closed',
  'lease-taken',
  'lease-renewed',
  'lease-given-back',
  'lease-broken',
  'lease-untrusted',
  'clock-went-back',
  'card-checked',
  'card-mismatch',
  'by-eye-allowed',
  'live-picture-compared',
  'investigation-seen',
  'outage',
  'outage-ended',
  'settings-changed',
  'update-begun',
  'journal-verified',
  'diagnostics-saved',
  'incident',
] as const;
export const journalKind = z.enum(JOURNAL_KINDS);
export type JournalKind = z.infer<typeof journalKind>;

export const journalRow = z.strictObject({
  n: z.int(),
  at: instant,
  officer: z.string(), // name as logged in; '' before log-in
  kind: journalKind,
  ticket: z.string().nullable(),
  /** Codes and numbers only, never names or full IINs. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  hash: z.string(),
});
export type JournalRow = z.infer<typeof journalRow>;

export const chainState = z.strictObject({
  ok: z.boolean(),
  rows: z.int(),
  brokenAt: z.int().nullable(),
  verifiedAt: instant,
});

export const journalChannels = {
  'journal.page': channel(
    z.strictObject({
      kinds: z.array(journalKind),
      text: z.string().max(200), // ticket
      before: z.int().nullable(),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      rows: z.array(journalRow),
      next: z.int().nullable(),
      chain: chainState.nullable(),
    }),
    [],
  ),
  'journal.verify': channel(nothing, chainState, []),
} as const;
